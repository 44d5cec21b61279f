"""What people had made of the issues we wrote to, from before we wrote: so that our edits do not look like theirs."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from rules.backlog.own_edits import LastHumanEdit
from sync.store.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS touches (
    issue TEXT PRIMARY KEY, content TEXT NOT NULL, at TEXT NOT NULL, wrote TEXT NOT NULL
) STRICT;
"""


class Activity:
    """The last touches by people in a SQLite file. Every error is a `StoreError` that names the file."""

    def __init__(self, path: Path | str) -> None:
        self._db = Database(path, SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def touches(self) -> dict[str, LastHumanEdit]:
        """What is known, by issue id."""
        return {
            issue: LastHumanEdit(content=content, at=datetime.fromisoformat(at), wrote=datetime.fromisoformat(wrote))
            for issue, content, at, wrote in self._db.rows("SELECT issue, content, at, wrote FROM touches")
        }

    def keep(self, touches: Mapping[str, LastHumanEdit]) -> None:
        """Keep these, by issue id, in place of what was known of the same issues."""
        with self._db.transaction():
            for issue, last_human_edit in touches.items():
                values = (
                    issue,
                    last_human_edit.content,
                    last_human_edit.at.isoformat(),
                    last_human_edit.wrote.isoformat(),
                )
                self._db.write("INSERT OR REPLACE INTO touches VALUES (?, ?, ?, ?)", values)
