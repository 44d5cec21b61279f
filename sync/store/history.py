"""What earlier runs saw, kept small: one row of figures a run and the backlog's order a day.

Trends and the "emergent" letter of DEEP are computed from it. Losing it costs the trend line, nothing else.
"""

import json
from datetime import datetime, timedelta

from rules.deep.model import BacklogState, Deep, Trend
from rules.model import Snapshot, Unit
from rules.verdict import Judgement
from sync.store.database import Database

FIGURES = ("issues", "ready", "score", "runway", "near", "near_ready")
KEEP_FIGURES = timedelta(days=400)
KEEP_BACKLOGS = timedelta(days=130)  # DEEP looks back over three sprints, and the longest is a month


class History:
    """The figures of earlier runs. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def trend(self, count: int = 60) -> tuple[Trend, ...]:
        """The last runs in figures, oldest first."""
        query = f"SELECT at, {', '.join(FIGURES)} FROM run_figures ORDER BY at DESC LIMIT ?"  # noqa: S608 - constants
        return tuple(
            Trend(at=datetime.fromisoformat(at), **dict(zip(FIGURES, figures, strict=True)))
            for at, *figures in reversed(self._db.rows(query, (count,)))
        )

    def backlogs(self, before: datetime) -> tuple[BacklogState, ...]:
        """The backlog as it was on days before that of this moment, oldest first."""
        span = (before.date().isoformat(), (before - KEEP_BACKLOGS).isoformat())
        rows = self._db.rows("SELECT at, items FROM backlogs WHERE day < ? AND at >= ? ORDER BY at", span)
        return tuple(
            BacklogState(at=datetime.fromisoformat(at), items=tuple(tuple(item) for item in json.loads(items)))
            for at, items in rows
        )

    def add(self, run: str, snapshot: Snapshot, judgement: Judgement, deep: Deep) -> None:
        """Keep one run; of each day, the backlog order of the last run is kept."""
        runway = next((runway.sprints for runway in deep.runways if not runway.team), None)
        at = snapshot.taken_at
        ready = sum(verdict.ready for verdict in judgement.near)
        counts = (len(snapshot.issues), len(judgement.ready), deep.score, runway, len(judgement.near), ready)
        figures = dict(zip(FIGURES, counts, strict=True))
        backlog = {"day": at.date().isoformat(), "at": at.isoformat(), "items": json.dumps(_items(snapshot))}
        with self._db.transaction():
            self._db.put("run_figures", {"run": run, "at": at.isoformat(), **figures}, key=("run",))
            self._db.put("backlogs", backlog, key=("day",))
            self._db.write("DELETE FROM run_figures WHERE at < ?", ((at - KEEP_FIGURES).isoformat(),))
            self._db.write("DELETE FROM backlogs WHERE at < ?", ((at - KEEP_BACKLOGS).isoformat(),))

    def repeat(self, run: str, at: datetime, former: str) -> None:
        """Keep a run that found what a former one had found; without that one there is nothing to keep."""
        self._db.write(
            f"INSERT INTO run_figures (run, at, {', '.join(FIGURES)}) "  # noqa: S608 - constants
            f"SELECT ?, ?, {', '.join(FIGURES)} FROM run_figures WHERE run = ?",
            (run, at.isoformat(), former),
        )


def _items(snapshot: Snapshot) -> list[tuple[str, float | None, int]]:
    estimates = snapshot.unit is not Unit.ISSUES  # one is not an estimate
    return [(issue.key, issue.points if estimates else None, index) for index, issue in enumerate(snapshot.issues)]
