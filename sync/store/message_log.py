"""The messages that went out, so that nobody gets one twice, also when a worker dies while it sends."""

import json
from datetime import datetime, timedelta

from rules.messages import Sent
from sync.store.database import Database

KEEP_DAYS = 400


class MessageLog:
    """The messages that went out. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def rows(self) -> tuple[Sent, ...]:
        """Everything that went out, oldest first."""
        rows = self._db.rows("SELECT at, recipient, occasions FROM messages ORDER BY seq")
        return tuple(
            Sent(at=datetime.fromisoformat(at), recipient=recipient, occasions=tuple(json.loads(occasions)))
            for at, recipient, occasions in rows
        )

    def add(self, sent: Sent) -> int:
        """Note a message before it goes out, and return its number; what is over a year old is dropped."""
        oldest = (sent.at - timedelta(days=KEEP_DAYS)).isoformat()
        with self._db.transaction():
            self._db.write("DELETE FROM messages WHERE at < ?", (oldest,))
            return self._db.write(
                "INSERT INTO messages (at, recipient, occasions) VALUES (?, ?, ?)",
                (sent.at.isoformat(), sent.recipient, json.dumps(sent.occasions)),
            )

    def take_back(self, number: int) -> None:
        """Drop a message that no channel took: a later run tries again."""
        self._db.write("DELETE FROM messages WHERE seq = ?", (number,))
