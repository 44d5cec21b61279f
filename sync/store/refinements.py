"""The agendas of sessions of refinement, and when each issue on them was settled."""

from collections.abc import Iterable
from datetime import datetime

from rules.refinement.layers import Layer
from rules.refinement.sessions import PlannedItem
from sync.store.database import Database


class Refinements:
    """The issues of all agendas. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> tuple[PlannedItem, ...]:
        """Every issue of every agenda, by session and in the order of the agenda."""
        rows = self._db.rows(
            "SELECT at, layer, team, issue, key, base, minutes, points, settled FROM refinements ORDER BY at, place"
        )
        return tuple(
            PlannedItem(
                at=datetime.fromisoformat(at),
                layer=Layer(layer),
                team=team,
                issue=issue,
                key=key,
                base=base,
                minutes=minutes,
                points=points,
                settled=datetime.fromisoformat(settled) if settled else None,
            )
            for at, layer, team, issue, key, base, minutes, points, settled in rows
        )

    def keep(self, layer: Layer, team: str, at: datetime, items: Iterable[PlannedItem]) -> None:
        """Keep the agenda of a session; an earlier agenda of the same session is replaced."""
        with self._db.transaction():
            self._db.write(
                "DELETE FROM refinements WHERE layer = ? AND team = ? AND at = ?", (layer.value, team, at.isoformat())
            )
            for place, one in enumerate(items):
                self._db.write(
                    "INSERT INTO refinements (at, layer, team, place, issue, key, base, minutes, points) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        at.isoformat(),
                        layer.value,
                        team,
                        place,
                        one.issue,
                        one.key,
                        one.base,
                        one.minutes,
                        one.points,
                    ),
                )

    def settle(self, items: Iterable[PlannedItem]) -> None:
        """Keep when these were settled."""
        with self._db.transaction():
            for one in items:
                if one.settled is not None:
                    self._db.write(
                        "UPDATE refinements SET settled = ? WHERE at = ? AND layer = ? AND team = ? AND issue = ?",
                        (one.settled.isoformat(), one.at.isoformat(), one.layer.value, one.team, one.issue),
                    )
