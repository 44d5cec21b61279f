"""What we wrote: every intent before its write, every outcome after it, and what we know to be ours.

The tracker is the truth; the journal saves work and noise and answers "who did this". Each intent and each
outcome is one transaction, so a worker may die between any two statements: an intent without an outcome is
settled at the next run by looking at the issue (`settled_by_looking`).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.model import NO_MARKS, Issue, OwnMarks
from rules.plan.changes import (
    KINDS,
    AddLabel,
    Change,
    DeleteComment,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    PutPage,
    RemoveLabel,
    kind_of,
    mark_of,
)
from rules.plan.comment import CommentBody
from rules.plan.marks import after
from rules.plan.outcome import GONE, Outcome, Result
from rules.plan.page_body import PageBody
from rules.plan.write_loop_guard import PastWrite
from sync.store.database import Database
from sync.store.serialization import change_from_json, change_to_json, marks_from_json, marks_to_json

SECOND_WORKER = "a second worker had created this comment at the same moment"
DOUBLES = "-doubles"
"""What the name of a run ends in that deleted comments of a second worker, ahead of the run of that name."""
WIKI = "confluence:"
"""What the id of a page in Confluence begins with, in the place of an issue's id: no tracker has such ids."""
NOT_ON_PAGE = "the page does not have it: somebody saved another version first, or it was not reached"
COLUMNS = "seq, run, kind, change, before, at, result, reason, after, status, restricted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One row of the journal: what was intended, in which run, and how it ended (`result` None: unknown).

    `status` is the HTTP status of the answer. `restricted` is whether only some people may see the issue.
    """

    seq: int
    run: str
    change: Change
    before: OwnMarks
    at: datetime
    result: Result | None
    reason: str
    after: OwnMarks | None
    status: int | None = None
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingRun:
    """A run that wrote: its start and end (`None`: it was cut off), its plan's digest, and the run it undid, if any."""

    run: str
    started: datetime
    finished: datetime | None
    digest: str
    undoes: str | None


class Journal:
    """The journal. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def memory(self) -> dict[str, OwnMarks]:
        """Everything known to be ours, by issue id."""
        return {issue: marks_from_json(text) for issue, text in self._db.rows("SELECT issue, marks FROM marks")}

    def memory_of(self, issue: str) -> dict[str, OwnMarks]:
        """The same for one issue (by id), read alone; empty where nothing there is ours."""
        rows = self._db.rows("SELECT issue, marks FROM marks WHERE issue = ?", (issue,))
        return {where: marks_from_json(text) for where, text in rows}

    def remember(self, marks: Mapping[str, OwnMarks]) -> None:
        """Keep what is known of these issues, in one transaction; an issue with nothing of ours is forgotten."""
        with self._db.transaction():
            for issue, own in marks.items():
                self._keep(issue, own)

    def open_run(self, run: str, *, started: datetime, digest: str, undoes: str | None = None) -> None:
        """Begin a run that is going to write; `undoes` names the run it takes back."""
        self._db.write(
            "INSERT INTO runs (id, started, digest, undoes) VALUES (?, ?, ?, ?)",
            (run, started.isoformat(), digest, undoes),
        )

    def close_run(self, run: str, *, finished: datetime) -> None:
        """Note that a run has ended."""
        self._db.write("UPDATE runs SET finished = ? WHERE id = ?", (finished.isoformat(), run))

    def intend(
        self,
        run: str,
        batch: Sequence[Change],
        marks: Mapping[str, OwnMarks],
        at: datetime,
        restricted: Collection[str] = (),
    ) -> tuple[int, ...]:
        """Write down what is about to be sent, in one transaction, and return the rows' numbers.

        `restricted` are ids of issues that only some people may see.
        """
        with self._db.transaction():
            return tuple(
                self._intend(run, change, marks.get(change.issue, NO_MARKS), at, change.issue in restricted)
                for change in batch
            )

    def record_double(self, run: str, change: DeleteComment, marks: OwnMarks, at: datetime) -> None:
        """Record a comment that a second worker had created next to ours and that was deleted; `marks` is what is left.

        It is not counted as a change of ours: there is nothing to undo.
        """
        [row] = self.intend(run, [change], {change.issue: marks}, at)
        self.settle([(row, Outcome(change=change, result=Result.ALREADY_SO, reason=SECOND_WORKER), marks)])

    def doubles(self) -> tuple[Write, ...]:
        """The comments of a second worker that were deleted, in order."""
        return self._writes("WHERE reason = ? ORDER BY seq", SECOND_WORKER)

    def settle(self, settled: Sequence[tuple[int, Outcome, OwnMarks]]) -> None:
        """Write down how the changes of a batch ended and what is ours on their issues now, in one transaction."""
        with self._db.transaction():
            for seq, outcome, marks in settled:
                self._db.write(
                    "UPDATE writes SET result = ?, reason = ?, after = ?, status = ? WHERE seq = ?",
                    (outcome.result.value, outcome.reason, marks_to_json(marks), outcome.status, seq),
                )
                self._keep(outcome.change.issue, marks)

    def unsettled(self) -> tuple[Write, ...]:
        """Intents on issues without an outcome: the worker died, or the tracker's answer was lost."""
        writes = self._writes("WHERE result IS NULL ORDER BY seq")
        return tuple(write for write in writes if not write.change.issue.startswith(WIKI))

    def settle_wiki(self, page: str, digest: str) -> None:
        """Write down how the intents on a page in Confluence ended, which has a part of this digest now."""
        for write in self._writes("WHERE result IS NULL AND issue = ? ORDER BY seq", page):
            is_there = isinstance(write.change, PutPage) and write.change.page.digest == digest
            result, reason = (Result.DONE, "") if is_there else (Result.SKIPPED, NOT_ON_PAGE)
            self._db.write(
                "UPDATE writes SET result = ?, reason = ?, after = ? WHERE seq = ?",
                (result.value, reason, marks_to_json(OwnMarks(page=digest)), write.seq),
            )

    def writes_of(self, run: str) -> tuple[Write, ...]:
        """Everything one run intended, in order."""
        return self._writes("WHERE run = ? ORDER BY seq", run)

    def writes_undoing(self, run: str) -> tuple[Write, ...]:
        """Everything that runs which take this one back intended, in order."""
        return self._writes("WHERE run IN (SELECT id FROM runs WHERE undoes = ?) ORDER BY seq", run)

    def writes(self) -> tuple[Write, ...]:
        """Everything ever intended, in order."""
        return self._writes("ORDER BY seq")

    def later_runs(self, run: str) -> dict[tuple[str, str], str]:
        """The newest run after this one that wrote each mark, by issue id and mark."""
        rows = self._writes(
            "WHERE result = ? AND run <> ? AND seq > (SELECT max(seq) FROM writes WHERE run = ?) ORDER BY seq",
            *(Result.DONE.value, run, run),
        )
        return {(write.change.issue, mark_of(write.change)): write.run for write in rows}

    def undone_by(self, run: str) -> str:
        """The run that this one undid, "" if it was a run of another kind."""
        rows = self._db.rows("SELECT undoes FROM runs WHERE id = ? AND undoes IS NOT NULL", (run,))
        return next((str(undoes) for (undoes,) in rows), "")

    def past_writes(self, moment: datetime) -> tuple[PastWrite, ...]:
        """Every write that succeeded on the issues written to after this moment, in order."""
        undoing = {run for (run,) in self._db.rows("SELECT id FROM runs WHERE undoes IS NOT NULL")}
        writes = self._writes(
            "WHERE result = ? AND issue IN (SELECT issue FROM writes WHERE at > ?) ORDER BY seq",
            Result.DONE.value,
            moment.isoformat(),
        )
        return tuple(PastWrite(at=write.at, change=write.change, undoes=write.run in undoing) for write in writes)

    def has_run(self, run: str) -> bool:
        """Whether a run of this id ever wrote."""
        return bool(self._db.rows("SELECT 1 FROM runs WHERE id = ?", (run,)))

    def last_runs(self, count: int) -> tuple[str, ...]:
        """The ids of the newest runs that wrote, newest first."""
        rows = self._db.rows("SELECT id FROM runs ORDER BY started DESC, id DESC LIMIT ?", (count,))
        return tuple(run for (run,) in rows)

    def runs(self) -> tuple[WritingRun, ...]:
        """Every run that ever wrote, oldest first."""
        rows = self._db.rows("SELECT id, started, finished, digest, undoes FROM runs ORDER BY started, id")
        return tuple(
            WritingRun(
                run=run,
                started=datetime.fromisoformat(started),
                finished=datetime.fromisoformat(finished) if finished else None,
                digest=digest,
                undoes=undoes,
            )
            for run, started, finished, digest, undoes in rows
        )

    def results(self) -> dict[str, Counter[Result | None]]:
        """How the writes of each run ended, by run; `None` counts those of which that is not known."""
        counts: dict[str, Counter[Result | None]] = {}
        for run, result, count in self._db.rows("SELECT run, result, count(*) FROM writes GROUP BY run, result"):
            counts.setdefault(run, Counter())[Result(result) if result else None] = count
        return counts

    def comment_bodies(self) -> dict[str, CommentBody]:
        """Every comment that was ever to be written, by its digest."""
        comments = self._writes("WHERE kind = ?", KINDS[PutComment])
        changes = (write.change for write in comments)
        return {change.note.digest: change.note for change in changes if isinstance(change, PutComment)}

    def page_bodies(self) -> dict[str, PageBody]:
        """Every text that our part of the living page was ever to have, by its digest."""
        changes = (write.change for write in self._writes("WHERE kind = ?", KINDS[PutPage]))
        return {change.page.digest: change.page for change in changes if isinstance(change, PutPage)}

    def _intend(self, run: str, change: Change, before: OwnMarks, at: datetime, restricted: bool) -> int:  # noqa: FBT001
        values = (run, change.issue, change.key, kind_of(change), change_to_json(change), marks_to_json(before))
        [(seq,)] = self._db.rows(
            "INSERT INTO writes (run, issue, key, kind, change, before, at, restricted) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq",
            (*values, at.isoformat(), int(restricted)),
        )
        return int(seq)

    def _keep(self, issue: str, marks: OwnMarks) -> None:
        if marks == NO_MARKS:
            self._db.write("DELETE FROM marks WHERE issue = ?", (issue,))
            return
        self._db.write(
            "INSERT INTO marks (issue, marks) VALUES (?, ?) ON CONFLICT (issue) DO UPDATE SET marks = excluded.marks",
            (issue, marks_to_json(marks)),
        )

    def _writes(self, where: str, *values: str) -> tuple[Write, ...]:
        rows = self._db.rows(f"SELECT {COLUMNS} FROM writes {where}", values)  # noqa: S608 - constants
        return tuple(
            Write(
                seq=seq,
                run=run,
                change=change_from_json(kind, change),
                before=marks_from_json(before),
                at=datetime.fromisoformat(at),
                result=Result(result) if result else None,
                reason=reason or "",
                after=marks_from_json(later) if later else None,
                status=status,
                restricted=bool(restricted),
            )
            for seq, run, kind, change, before, at, result, reason, later, status, restricted in rows
        )


def settled_by_looking(write: Write, issue: Issue | None, marks: OwnMarks) -> tuple[Outcome, OwnMarks]:
    """How an unsettled write ended, seen from the issue itself, and what is ours there now.

    `issue` is as it is this moment (its own `marks` name our comment), `None` if it is gone.
    """
    change = write.change
    if issue is None:
        return Outcome(change=change, result=Result.SKIPPED, reason=GONE), NO_MARKS
    if not _took_hold(change, issue):
        return Outcome(change=change, result=Result.SKIPPED, reason="found undone after a cut run"), marks
    outcome = Outcome(change=change, result=Result.DONE, reason="found done after a cut run")
    return outcome, after(marks, change, issue.marks.comment)


def _took_hold(change: Change, issue: Issue) -> bool:  # noqa: PLR0911 - one for each kind
    match change:
        case AddLabel(label=label, reason=reason):
            # Our property of the issue went in the same request: a label without it is a person's, and the property
            # without the label means that a person took it off since.
            return (label, reason) in issue.marks.reasons
        case RemoveLabel(label=label):
            return label not in issue.labels
        case PutComment(note=note):
            return issue.marks.comment is not None and issue.marks.comment_digest == note.digest
        case DeleteComment(comment=comment):
            return issue.marks.comment != comment
        case MoveToSprint(sprint=sprint):
            return sprint in (issue.sprint, issue.marks.sprint)
        case MoveToBacklog(sprint=sprint):
            return issue.sprint != sprint
        case PutPage(page=page):
            return issue.marks.page == page.digest  # the property goes in the same request
