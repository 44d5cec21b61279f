"""The messages that went out, so that nobody gets one twice, also when a worker dies while it sends."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from rules.messages import Sent, Target, Undelivered
from sync.store.database import Database

KEEP_DAYS = 400


class MessageLog:
    """The messages that went out. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def rows(self) -> tuple[Sent, ...]:
        """Everything that went out, oldest first."""
        rows = self._db.rows("SELECT at, recipient, occasions, reached FROM messages ORDER BY seq")
        return tuple(_sent(*row) for row in rows)

    def undelivered(self) -> tuple[Undelivered, ...]:
        """The messages that some channels or recipients did not take, oldest first."""
        rows = self._db.rows(
            "SELECT seq, missing, tries, next_try, at, recipient, occasions, reached FROM messages"
            " WHERE missing <> '' ORDER BY seq"
        )
        return tuple(
            Undelivered(
                number=number,
                sent=_sent(*sent),
                missing={Target(channel, address): why for channel, address, why in json.loads(missing)},
                tries=tries,
                next_try=datetime.fromisoformat(moment),
            )
            for number, missing, tries, moment, *sent in rows
        )

    def add(self, sent: Sent) -> int:
        """Note a message before it goes out, and return its number; what is over a year old is dropped."""
        oldest = (sent.at - timedelta(days=KEEP_DAYS)).isoformat()
        with self._db.transaction():
            self._db.write("DELETE FROM messages WHERE at < ?", (oldest,))
            [(number,)] = self._db.rows(
                "INSERT INTO messages (at, recipient, occasions) VALUES (?, ?, ?) RETURNING seq",
                (sent.at.isoformat(), sent.recipient, json.dumps(sent.occasions)),
            )
        return int(number)

    def tried(self, number: int, missing: Mapping[Target, str], *, tries: int, next_try: datetime) -> None:
        """Keep who did not take a message after so many attempts, each with the reason, and when it is sent again."""
        rows = [[target.channel, target.address, why] for target, why in missing.items()]
        self._db.write(
            "UPDATE messages SET missing = ?, tries = ?, next_try = ? WHERE seq = ?",
            (json.dumps(rows) if rows else "", tries, next_try.isoformat(), number),
        )

    def reached(self, number: int, at: datetime | None) -> None:
        """Keep when somebody first got a message, `None` for nobody yet; its week counts from then."""
        self._db.write(
            "UPDATE messages SET reached = ?, at = coalesce(?, at) WHERE seq = ?",
            (int(at is not None), at.isoformat() if at else None, number),
        )

    def let_go(self, late: Undelivered) -> None:
        """Send a message no more. One that nobody got is forgotten: it is news when it is true again."""
        if late.sent.is_reached:
            self.tried(late.number, {}, tries=late.tries, next_try=late.next_try)
        else:
            self._db.write("DELETE FROM messages WHERE seq = ?", (late.number,))


def _sent(at: str, recipient: str, occasions: str, reached: int) -> Sent:
    about = tuple(json.loads(occasions))
    return Sent(at=datetime.fromisoformat(at), recipient=recipient, occasions=about, is_reached=bool(reached))
