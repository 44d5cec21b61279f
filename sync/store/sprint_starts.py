"""What the last run before each sprint knew of its team, for the trends by sprint. Losing it costs these trends."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from rules.learning.trends import SprintStart
from sync.store.database import Database
from sync.store.history import KEEP_FIGURES


class SprintStarts:
    """One row a team and sprint. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> tuple[SprintStart, ...]:
        """What is kept, oldest first."""
        query = "SELECT team, sprint, at, near, ready, runway, accepted FROM sprint_starts ORDER BY at, team"
        return tuple(
            SprintStart(
                team=team,
                sprint=sprint,
                at=datetime.fromisoformat(at),
                near=near,
                ready=ready,
                runway=runway,
                accepted=accepted,
            )
            for team, sprint, at, near, ready, runway, accepted in self._db.rows(query)
        )

    def keep(self, starts: Iterable[SprintStart], now: datetime) -> None:
        """Keep these in place of what earlier runs knew of the same sprints, and drop what is too old."""
        with self._db.transaction():
            for one in starts:
                row = asdict(one) | {"at": one.at.isoformat()}
                self._db.put("sprint_starts", row, key=("team", "sprint"))
            self._db.write("DELETE FROM sprint_starts WHERE at < ?", ((now - KEEP_FIGURES).isoformat(),))
