"""The findings that people were shown, and how each ended: what says whether a rule is worth its findings."""

from collections.abc import Iterable
from datetime import datetime

from rules.learning.reactions import Reaction, ShownFinding
from sync.store.database import Database
from sync.store.history import KEEP_FIGURES


class Reactions:
    """The findings of the last 400 days. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> tuple[ShownFinding, ...]:
        """Every finding that is kept, in the order of its first day."""
        return self._rows("")

    def waiting(self) -> tuple[ShownFinding, ...]:
        """Those that nobody reacted to yet."""
        return self._rows("WHERE reaction IS NULL")

    def _rows(self, where: str) -> tuple[ShownFinding, ...]:
        query = f"SELECT issue, rule, first, reaction, at FROM shown_findings {where} ORDER BY first, issue, rule"  # noqa: S608 - constants
        return tuple(
            ShownFinding(
                issue=issue,
                rule=rule,
                first=datetime.fromisoformat(first),
                reaction=None if reaction is None else Reaction(reaction),
                at=None if at is None else datetime.fromisoformat(at),
            )
            for issue, rule, first, reaction, at in self._db.rows(query)
        )

    def keep(self, changed: Iterable[ShownFinding], now: datetime) -> None:
        """Keep new findings and how others ended, in one transaction; what began more than 400 days ago is dropped."""
        with self._db.transaction():
            for one in changed:
                row = {
                    "issue": one.issue,
                    "rule": one.rule,
                    "first": one.first.isoformat(),
                    "reaction": one.reaction,
                    "at": one.at.isoformat() if one.at else None,
                }
                self._db.put("shown_findings", row, key=("issue", "rule", "first"))
            self._db.write("DELETE FROM shown_findings WHERE first < ?", ((now - KEEP_FIGURES).isoformat(),))
