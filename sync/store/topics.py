"""What people want to discuss, and what came of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rules.refinement.topics import Topic, TopicMeeting
from sync.store.database import Database


class Topics:
    """All topics. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> tuple[Topic, ...]:
        """Every topic, by number."""
        rows = self._db.rows(
            "SELECT number, at, meeting, team, text, minutes, asked_by, closed, closed_by, result FROM topics "
            "ORDER BY number"
        )
        return tuple(map(_topic, rows))

    def add(self, at: datetime, meeting: TopicMeeting, team: str, text: str, *, minutes: int, by: str) -> Topic:
        """Keep a new topic, with the next number."""
        with self._db.transaction():
            number = 1 + max((one.number for one in self.all()), default=0)
            self._db.write(
                "INSERT INTO topics (number, at, meeting, team, text, minutes, asked_by, closed_by, result) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, '', '')",
                (number, at.isoformat(), meeting.value, team, text, minutes, by),
            )
        return Topic(number=number, at=at, meeting=meeting, team=team, text=text, minutes=minutes, by=by)

    def close(self, number: int, at: datetime, *, by: str, result: str) -> None:
        """Keep when a topic was closed, who did it, and the result."""
        with self._db.transaction():
            self._db.write(
                "UPDATE topics SET closed = ?, closed_by = ?, result = ? WHERE number = ?",
                (at.isoformat(), by, result, number),
            )


def _topic(row: Sequence[Any]) -> Topic:
    number, at, meeting, team, text, minutes, by, closed, closed_by, result = row
    return Topic(
        number=number,
        at=datetime.fromisoformat(at),
        meeting=TopicMeeting(meeting),
        team=team,
        text=text,
        minutes=minutes,
        by=by,
        closed=datetime.fromisoformat(closed) if closed else None,
        closed_by=closed_by,
        result=result,
    )
