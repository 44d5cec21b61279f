"""Every run, also one that wrote nothing, and the writes that each did not make.

Most of these are the same run after run: a run every 15 minutes would keep the same hundred entries 96 times a day. An
entry is therefore kept once, with the numbers of the first and the last run in a row that it holds for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rules.plan.not_written import NotWritten
from sync.store.database import Database
from sync.store.history import KEEP_FIGURES
from sync.store.serialization import not_written_from_json, not_written_to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedRun:
    """A run: when it started, the digest of its plan, and how many writes it did not make."""

    run: str
    at: datetime
    digest: str
    not_written: int


class RunLog:
    """The log of runs. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, run: str, at: datetime, digest: str, entries: Iterable[NotWritten]) -> None:
        """Keep one run, in one transaction; what is older than the figures of runs is dropped."""
        with self._db.transaction():
            number = self._begin(run, at, digest)
            self._keep(dict.fromkeys(map(not_written_to_json, entries)), number)
            self._drop_before(at - KEEP_FIGURES)

    def repeat(self, run: str, at: datetime, digest: str) -> None:
        """Keep a run that did not make the same writes as the one before it."""
        with self._db.transaction():
            number = self._begin(run, at, digest)
            self._db.write("UPDATE not_written SET last = ? WHERE last = ?", (number, number - 1))
            self._drop_before(at - KEEP_FIGURES)

    def _begin(self, run: str, at: datetime, digest: str) -> int:
        """Number a run: an entry holds for runs in a row, so there is no gap."""
        [(number,)] = self._db.rows(
            "INSERT INTO run_log (number, run, at, digest) SELECT coalesce(max(number), 0) + 1, ?, ?, ? FROM run_log "
            "RETURNING number",
            (run, at.isoformat(), digest),
        )
        return int(number)

    def _keep(self, entries: Iterable[str], number: int) -> None:
        known = dict(self._db.rows("SELECT entry, rowid FROM not_written WHERE last = ?", (number - 1,)))
        for entry in entries:
            if entry in known:
                self._db.write("UPDATE not_written SET last = ? WHERE rowid = ?", (number, known[entry]))
            else:
                self._db.write("INSERT INTO not_written VALUES (?, ?, ?)", (entry, number, number))

    def _drop_before(self, moment: datetime) -> None:
        self._db.write("DELETE FROM run_log WHERE at < ?", (moment.isoformat(),))
        self._db.write("DELETE FROM not_written WHERE last < (SELECT min(number) FROM run_log)")

    def not_written(self, run: str) -> tuple[NotWritten, ...] | None:
        """The writes that a run did not make, in order; `None` where the log does not know the run."""
        numbers = self._db.rows("SELECT number FROM run_log WHERE run = ?", (run,))
        if not numbers:
            return None
        query = "SELECT entry FROM not_written WHERE first <= ? AND last >= ? ORDER BY rowid"
        return tuple(not_written_from_json(entry) for (entry,) in self._db.rows(query, numbers[0] * 2))

    def runs(self, most: int) -> tuple[LoggedRun, ...]:
        """The latest runs, the newest first."""
        return self._runs("ORDER BY number DESC LIMIT ?", most)

    def run(self, run: str) -> LoggedRun | None:
        """One run, `None` where the log does not know it."""
        return next(iter(self._runs("WHERE run = ?", run)), None)

    def _runs(self, where: str, value: str | int) -> tuple[LoggedRun, ...]:
        count = "SELECT count(*) FROM not_written WHERE first <= number AND last >= number"
        query = f"SELECT run, at, digest, ({count}) FROM run_log {where}"  # noqa: S608 - constants
        rows = self._db.rows(query, (value,))
        return tuple(
            LoggedRun(run=run, at=datetime.fromisoformat(at), digest=digest, not_written=count)
            for run, at, digest, count in rows
        )
