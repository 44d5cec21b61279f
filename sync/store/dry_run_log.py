"""The dry-run log: what would have been written, kept as the journal keeps what was.

It has a file of its own next to the store, so that planned writes are not mixed with real ones. The file may be deleted
at any time. The same classes keep it: that is why replaying it gives exactly its writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rules.model import NO_MARKS, OwnMarks, Snapshot
from rules.plan.dry_run import Page, overlay
from rules.plan.marks import marks_of
from rules.plan.outcome import Result
from sync.store.command_log import CommandLog
from sync.store.database import Database, Place
from sync.store.human_edits import HumanEdits
from sync.store.journal import Journal
from sync.store.mail_log import MailLog
from sync.store.places import place
from sync.store.schema import DRY_RUN_LOG
from sync.store.serialization import marks_from_json, marks_to_json


@dataclass(frozen=True, slots=True)
class DryRunLog:
    """The log in a SQLite file. Every error is a `StoreError` that names the file."""

    database: Database
    journal: Journal
    commands: CommandLog
    mails: MailLog
    human_edits: HumanEdits

    @classmethod
    def open(cls, store: Place | Path, started: datetime) -> "DryRunLog":
        """Open the log that belongs to this store, or begin it at this moment. Raises `StoreError`."""
        log = cls._over(place_of(store).open(DRY_RUN_LOG))
        log.database.write("INSERT INTO log SELECT ? WHERE NOT EXISTS (SELECT 1 FROM log)", (started.isoformat(),))
        return log

    @classmethod
    def copy_of(cls, store: Place | Path) -> "DryRunLog":
        """A copy in memory of the log that belongs to this store, which must exist. Raises `StoreError`."""
        return cls._over(place_of(store).copy_of(DRY_RUN_LOG))

    @classmethod
    def _over(cls, database: Database) -> "DryRunLog":
        return cls(database, Journal(database), CommandLog(database), MailLog(database), HumanEdits(database))

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    @property
    def since(self) -> datetime:
        """When it was begun."""
        return datetime.fromisoformat(self.database.rows("SELECT since FROM log")[0][0])

    def overlay(self, snapshot: Snapshot, memory: Mapping[str, OwnMarks]) -> Snapshot:
        """The snapshot as it would be by now.

        `memory` is what is really ours, from before writing was switched off: what is found of it begins as ours in
        the log too.
        """
        real = self._real_marks()
        ours = {issue.id: marks_of(issue, memory) for issue in snapshot.by_id.values()}
        fresh = {issue: marks for issue, marks in ours.items() if marks != NO_MARKS and issue not in real}
        self.journal.remember(fresh)
        with self.database.transaction():
            for issue, marks in fresh.items():
                self.database.write("INSERT INTO real_marks VALUES (?, ?)", (issue, marks_to_json(marks)))
        return overlay(snapshot, real | fresh, self.journal.memory())

    def pages(self) -> tuple[Page, ...]:
        """The runs that would have written something, oldest first."""
        written: dict[str, list[tuple[datetime, str]]] = {}
        for write in self.journal.writes():
            if write.result is Result.DONE:
                written.setdefault(write.run, []).append((write.at, write.change.issue))
        return tuple(
            Page(at=rows[0][0], changes=len(rows), issues=len({issue for _, issue in rows}))
            for rows in written.values()
        )

    def _real_marks(self) -> dict[str, OwnMarks]:
        rows = self.database.rows("SELECT issue, marks FROM real_marks")
        return {issue: marks_from_json(text) for issue, text in rows}


def place_of(store: Place | Path) -> Place:
    """Where the dry-run log of a store is."""
    return place(store).beside("shadow")


def archive(store: Place | Path) -> Place | None:
    """Move the log away, now that plans are really written; where it is now, `None` if there was none.

    Raises `StoreError`.
    """
    log = place_of(store)
    if not log.exists():
        return None
    ended = log.beside("ended")
    log.move(DRY_RUN_LOG, ended)
    return ended
