"""What people were told, so that nobody hears the same thing twice, whatever becomes of the worker."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from rules.messages import Sent
from sync.store.database import Database

KEEP_DAYS = 400
SCHEMA = """
CREATE TABLE IF NOT EXISTS sent (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, recipient TEXT NOT NULL, occasions TEXT NOT NULL
) STRICT;
"""


class MessageLog:
    """The messages that went out, in a SQLite file. Every error is a `StoreError` that names the file."""

    def __init__(self, path: Path | str) -> None:
        self._db = Database(path, SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def rows(self) -> tuple[Sent, ...]:
        """Everything that went out, oldest first."""
        found = self._db.rows("SELECT at, recipient, occasions FROM sent ORDER BY seq")
        return tuple(
            Sent(at=datetime.fromisoformat(at), recipient=recipient, occasions=tuple(json.loads(occasions)))
            for at, recipient, occasions in found
        )

    def add(self, sent: Sent) -> int:
        """Note a message before it goes out, and return its number; what is over a year old is let go."""
        oldest = (sent.at - timedelta(days=KEEP_DAYS)).isoformat()
        with self._db.transaction():
            self._db.write("DELETE FROM sent WHERE at < ?", (oldest,))
            return self._db.write(
                "INSERT INTO sent (at, recipient, occasions) VALUES (?, ?, ?)",
                (sent.at.isoformat(), sent.recipient, json.dumps(sent.occasions)),
            )

    def take_back(self, number: int) -> None:
        """Forget a message that no channel took: a later pass tries again."""
        self._db.write("DELETE FROM sent WHERE seq = ?", (number,))
