"""The forecast made before each sprint, and what came, so that the record is not fitted afterwards."""

from collections.abc import Iterable
from datetime import datetime

from rules.capacity.model import Range, StoredForecast
from rules.model import Unit
from sync.store.database import Database

COLUMNS = "team, sprint, name, made, unit, p15, p50, p85, is_guess, came, ended"


class Forecasts:
    """One forecast for each team and sprint. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> tuple[StoredForecast, ...]:
        """Every forecast, the oldest first."""
        rows = self._db.rows(f"SELECT {COLUMNS} FROM forecasts ORDER BY made, team, sprint")  # noqa: S608 - constants
        return tuple(
            StoredForecast(
                team=team,
                sprint=sprint,
                name=name,
                made=datetime.fromisoformat(made),
                unit=Unit(unit),
                expected=Range(*ends),
                is_guess=bool(is_guess),
                came=came,
                ended=datetime.fromisoformat(ended) if ended else None,
            )
            for team, sprint, name, made, unit, *ends, is_guess, came, ended in rows
        )

    def keep(self, forecasts: Iterable[StoredForecast]) -> None:
        """Keep these, in place of earlier ones for the same sprints."""
        with self._db.transaction():
            for one in forecasts:
                row = {
                    "team": one.team,
                    "sprint": one.sprint,
                    "name": one.name,
                    "made": one.made.isoformat(),
                    "unit": one.unit.value,
                    "p15": one.expected.p15,
                    "p50": one.expected.p50,
                    "p85": one.expected.p85,
                    "is_guess": int(one.is_guess),
                    "came": one.came,
                    "ended": one.ended.isoformat() if one.ended else None,
                }
                self._db.put("forecasts", row, key=("team", "sprint"))
