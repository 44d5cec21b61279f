"""The commands that were read in comments and our answers to them, so that each is answered once."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from pydantic import TypeAdapter

from rules.commands.answers import Answer
from rules.promise import Promise
from rules.release import Stay
from rules.verdict import Waiver
from sync.store.database import Database
from sync.store.serialization import text_from_json, text_to_json

_STAY = TypeAdapter(Stay)
_PROMISE = TypeAdapter(Promise)


class CommandLog:
    """Our answers to commands. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def answers(self) -> tuple[Answer, ...]:
        """Every answer given so far, oldest first."""
        rows = self._db.rows(
            "SELECT comment, issue, text, wording, waiver, accepts, sprint, hands_off, team, rejects, "
            "stay, scope, promise FROM answers ORDER BY seq"
        )
        return tuple(
            Answer(
                comment=comment,
                issue=issue,
                text=text_from_json(wording) if wording else text,  # none in a row of an earlier version
                waiver=_waiver(waiver),
                accepts=bool(accepts),
                sprint=sprint,
                hands_off=None if hands_off is None else bool(hands_off),
                team=team,
                rejects=bool(rejects),
                stay=_STAY.validate_json(stay) if stay else None,
                scope=scope,
                promise=_PROMISE.validate_json(promise) if promise else None,
            )
            for (
                comment,
                issue,
                text,
                wording,
                waiver,
                accepts,
                sprint,
                hands_off,
                team,
                rejects,
                stay,
                scope,
                promise,
            ) in rows
        )

    def add(self, answers: Iterable[Answer]) -> None:
        """Keep these answers, in one transaction; one that is kept already stays as it is."""
        with self._db.transaction():
            for answer in answers:
                waiver = json.dumps(asdict(answer.waiver), default=str, sort_keys=True) if answer.waiver else None
                self._db.write(
                    "INSERT INTO answers (comment, issue, text, wording, waiver, accepts, sprint, hands_off, "
                    "team, rejects, stay, scope, promise) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                    "ON CONFLICT DO NOTHING",
                    (
                        answer.comment,
                        answer.issue,
                        str(answer.text),
                        text_to_json(answer.text),
                        waiver,
                        int(answer.accepts),
                        answer.sprint,
                        None if answer.hands_off is None else int(answer.hands_off),
                        answer.team,
                        int(answer.rejects),
                        _STAY.dump_json(answer.stay).decode() if answer.stay else None,
                        answer.scope,
                        _PROMISE.dump_json(answer.promise).decode() if answer.promise else None,
                    ),
                )

    def bind(self, answers: Iterable[Answer]) -> None:
        """Keep the sprints of acceptances that had none when they were given."""
        with self._db.transaction():
            for answer in answers:
                if answer.accepts and answer.sprint:
                    self._db.write(
                        "UPDATE answers SET sprint = ? WHERE comment = ? AND accepts = 1 AND sprint = ''",
                        (answer.sprint, answer.comment),
                    )


def _waiver(text: str | None) -> Waiver | None:
    if text is None:
        return None
    data = json.loads(text)
    until = date.fromisoformat(data.pop("until")) if data["until"] else None
    return Waiver(**{key: value for key, value in data.items() if key != "until"}, until=until)
