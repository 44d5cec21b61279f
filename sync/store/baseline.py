"""The findings that a person accepted together, why, and what issues were like then. It only shrinks by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from rules.rule import Finding
from sync.store.database import Database


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted finding: its fingerprint, what was missing where, and who accepts it when for which reason.

    In a baseline of the first releases all but the fingerprint is "".
    """

    fingerprint: str
    key: str = ""
    rule: str = ""
    phrase: str = ""
    because: str = ""
    at: str = ""


class Baseline:
    """Accepted findings, and the marks that issues had or would have got. Every error is a `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def accepted(self) -> tuple[Accepted, ...]:
        """Every accepted finding, by issue and rule."""
        query = "SELECT fingerprint, key, rule, phrase, because, at FROM baseline ORDER BY key, rule, fingerprint"
        rows = self._db.rows(query)
        return tuple(Accepted(*row) for row in rows)

    def reasons(self) -> Mapping[str, str]:
        """Fingerprint to the reason for which it is accepted, "" in a baseline of the first releases."""
        return dict(self._db.rows("SELECT fingerprint, because FROM baseline"))

    def marks(self) -> frozenset[tuple[str, str, str]]:
        """Issue id, mark and reason of every mark that is not written as long as its reason is the same."""
        return frozenset(self._db.rows("SELECT issue, mark, reason FROM baseline_marks"))

    def accept(self, findings: Iterable[Finding], because: str, at: datetime) -> None:
        """Add these findings to what is accepted; one that is accepted already keeps its reason."""
        with self._db.transaction():
            for one in findings:
                row = (one.fingerprint, one.subject, one.rule, one.phrase, because, at.isoformat(timespec="seconds"))
                self._db.write(
                    "INSERT INTO baseline (fingerprint, key, rule, phrase, because, at) "
                    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    row,
                )

    def hold(self, marks: Iterable[tuple[str, str, str]]) -> None:
        """Replace the marks that are not written: issue id, mark and reason."""
        with self._db.transaction():
            self._db.write("DELETE FROM baseline_marks")
            for mark in marks:
                self._db.write("INSERT INTO baseline_marks VALUES (?, ?, ?) ON CONFLICT DO NOTHING", mark)

    def shrink(self, findings: frozenset[str], marks: frozenset[tuple[str, str, str]]) -> None:
        """Drop what is no longer so, so that a finding or a verdict that comes back is a new one."""
        with self._db.transaction():
            for fingerprint in sorted(self.reasons().keys() - findings):
                self._db.write("DELETE FROM baseline WHERE fingerprint = ?", (fingerprint,))
            for mark in sorted(self.marks() - marks):
                self._db.write("DELETE FROM baseline_marks WHERE issue = ? AND mark = ? AND reason = ?", mark)

    def clear(self) -> None:
        """Accept nothing any more."""
        with self._db.transaction():
            self._db.write("DELETE FROM baseline")
            self._db.write("DELETE FROM baseline_marks")
