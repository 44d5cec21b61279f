"""When each team last saw its next sprints, and who said so."""

from collections.abc import Mapping
from datetime import datetime

from rules.refinement.look_ahead import Seen
from sync.store.database import Database


class SeenAhead:
    """The latest acknowledgement of each team. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> Mapping[str, Seen]:
        """By team."""
        rows = self._db.rows("SELECT team, at, seen_by FROM seen_ahead ORDER BY team")
        return {team: Seen(at=datetime.fromisoformat(at), by=by) for team, at, by in rows}

    def keep(self, team: str, seen: Seen) -> None:
        """Keep this one instead of an earlier one."""
        with self._db.transaction():
            self._db.write("DELETE FROM seen_ahead WHERE team = ?", (team,))
            self._db.write(
                "INSERT INTO seen_ahead (team, at, seen_by) VALUES (?, ?, ?)", (team, seen.at.isoformat(), seen.by)
            )
