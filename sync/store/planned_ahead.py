"""Where the last look-ahead that people saw had each issue. Losing it costs the stability of the next one."""

from collections.abc import Iterable
from datetime import date

from rules.planning.look_ahead import PlannedBefore
from sync.store.database import Database


class PlannedAhead:
    """One row an issue. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> tuple[PlannedBefore, ...]:
        """What is kept, by the issues' ids."""
        rows = self._db.rows("SELECT issue, team, first FROM planned_ahead ORDER BY issue")
        return tuple(PlannedBefore(issue, team, date.fromisoformat(first)) for issue, team, first in rows)

    def keep(self, planned: Iterable[PlannedBefore]) -> None:
        """Keep these in place of all that is kept."""
        with self._db.transaction():
            self._db.write("DELETE FROM planned_ahead")
            for one in planned:
                row = (one.issue, one.team, one.first.isoformat())
                self._db.write("INSERT INTO planned_ahead VALUES (?, ?, ?)", row)
