"""The diary of shadow mode: what would have been written, kept as the journal keeps what was.

It has a file of its own beside the store, so that what never happened is not mixed with what did, and may be deleted at
any time. The same classes keep it: that is why replaying a diary gives exactly its writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rules.model import NO_MARKS, OwnMarks, Snapshot
from rules.plan.dry_run import Page, overlay
from rules.plan.marks import marks_of
from rules.plan.outcome import Result
from sync.errors import StoreError
from sync.store.command_log import Answers
from sync.store.database import Database
from sync.store.human_edits import Activity
from sync.store.journal import Journal
from sync.store.mail_log import MailLog
from sync.store.serialization import marks_from_json, marks_to_json

SCHEMA = """
CREATE TABLE IF NOT EXISTS diary (since TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS found (issue TEXT PRIMARY KEY, marks TEXT NOT NULL) STRICT;
"""


@dataclass(frozen=True, slots=True)
class DryRunLog:
    """The diary in a SQLite file. Every error is a `StoreError` that names the file."""

    journal: Journal
    answers: Answers
    mails: MailLog
    activity: Activity
    db: Database

    @classmethod
    def open(cls, store: Path, started: datetime) -> "DryRunLog":
        """Open the diary that belongs to this store, or begin it at this moment. Raises `StoreError`."""
        path = beside(store)
        diary = cls(Journal(path), Answers(path), MailLog(path), Activity(path), Database(path, SCHEMA))
        diary.db.write("INSERT INTO diary SELECT ? WHERE NOT EXISTS (SELECT 1 FROM diary)", (started.isoformat(),))
        return diary

    def close(self) -> None:
        """Close the file."""
        for part in (self.journal, self.answers, self.mails, self.activity, self.db):
            part.close()

    @property
    def since(self) -> datetime:
        """When it was begun."""
        return datetime.fromisoformat(self.db.rows("SELECT since FROM diary")[0][0])

    def overlay(self, snapshot: Snapshot, memory: Mapping[str, OwnMarks]) -> Snapshot:
        """The snapshot as it would be by now.

        `memory` is what is really ours, from before writing was switched off: what is found of it begins as ours in
        the diary too.
        """
        found = self._found()
        ours = {issue.id: marks_of(issue, memory) for issue in (*snapshot.history, *snapshot.issues)}
        fresh = {issue: marks for issue, marks in ours.items() if marks != NO_MARKS and issue not in found}
        self.journal.remember(fresh)
        with self.db.transaction():
            for issue, marks in fresh.items():
                self.db.write("INSERT INTO found VALUES (?, ?)", (issue, marks_to_json(marks)))
        return overlay(snapshot, found | fresh, self.journal.memory())

    def pages(self) -> tuple[Page, ...]:
        """The passes that would have written something, oldest first."""
        written: dict[str, list[tuple[datetime, str]]] = {}
        for write in self.journal.writes():
            if write.result is Result.DONE:
                written.setdefault(write.run, []).append((write.at, write.change.issue))
        return tuple(
            Page(at=rows[0][0], changes=len(rows), issues=len({issue for _, issue in rows}))
            for rows in written.values()
        )

    def _found(self) -> dict[str, OwnMarks]:
        return {issue: marks_from_json(text) for issue, text in self.db.rows("SELECT issue, marks FROM found")}


def beside(store: Path) -> Path:
    """Where the diary of a store lies."""
    return store.with_name(f"{store.name}.shadow")


def end(store: Path) -> bool:
    """Put the diary away, now that what is planned is also written; whether there was one. Raises `StoreError`."""
    path = beside(store)
    if not path.exists():
        return False
    Database(path, "").close()  # after a crash, what SQLite keeps beside the file goes into it first
    try:
        path.replace(path.with_name(f"{path.name}.ended"))
    except OSError as error:
        raise StoreError(f'the diary "{path}" cannot be put away ({error.strerror}); move or delete it') from error
    return True
