"""Applies a ChangePlan, one request at a time, and records each outcome.

Every issue is read again just before its write: if it changed since the snapshot it is judged again and only
what is still true is written. The intent is on disk before the request goes out, the outcome after it, so a
worker may die anywhere between.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from rules.model import NO_MARKS, Issue, OwnMarks
from rules.plan.changes import (
    Change,
    ChangePlan,
    DeleteComment,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    RemoveLabel,
    batches,
    identity_of,
    kind_of,
)
from rules.plan.marks import after, completed, refused
from rules.plan.outcome import GONE, Outcome, Result
from sync import progress
from sync.errors import LoggedOut, TrackerError, Unreachable, WebPage
from sync.logs import get_logger
from sync.store.journal import Journal, settled_by_looking
from sync.trackers.base import Tracker

log = get_logger()

CHANGED = "the issue changed after it was read, and this is no longer true of it"
STOPPED = "the worker was asked to stop"


@dataclass(frozen=True, kw_only=True)
class WriteContext:
    """What writing needs: the tracker, the journal, the time, whether to stop, and how to plan for one issue again."""

    tracker: Tracker
    journal: Journal
    clock: Callable[[], datetime]
    replan: Callable[[Issue], ChangePlan]
    stopping: Callable[[], bool] = field(default=lambda: False)


def apply_plan(
    plan: ChangePlan, seen: Mapping[str, Issue], run: str, writing: WriteContext, *, undoes: str | None = None
) -> tuple[Outcome, ...]:
    """Write the plan and return an outcome a change, in the plan's order.

    `seen` is, by issue id, what the plan was made from. Raises `LoggedOut`, `Unreachable` and `StoreError`: these
    stop the whole run; everything else is one failed outcome.
    """
    writing.journal.open_run(run, started=writing.clock(), digest=plan.digest, undoes=undoes)
    writing.journal.remember(plan.marks)
    marks, seen = dict(plan.marks), dict(seen)
    restricted = frozenset(issue.id for issue in seen.values() if issue.restricted)
    outcomes: dict[tuple[str, str, str], Outcome] = {}
    for together in _by_subject(plan):
        if writing.stopping():
            ended = [Outcome(change=change, result=Result.SKIPPED, reason=STOPPED) for change in together]
        else:
            still, ended = _still_true(together, seen, marks, writing)
            for batch in batches(ChangePlan(changes=still)):
                ended += _write(batch, marks, run, writing, restricted)
        outcomes |= {identity_of(outcome.change): outcome for outcome in ended}
        progress.report("Writing", len(outcomes), len(plan.changes))
    writing.journal.close_run(run, finished=writing.clock())
    return tuple(outcomes[identity_of(change)] for change in plan.changes)


def recover_interrupted_writes(tracker: Tracker, journal: Journal) -> None:
    """Settle writes without an outcome in the journal, by reading their issues."""
    for write in journal.unsettled():
        issue = tracker.read(write.change.issue)
        known = journal.memory_of(write.change.issue).get(write.change.issue, write.before)
        outcome, marks = settled_by_looking(write, issue, known)
        journal.settle([(write.seq, outcome, marks)])
        log.info("change.settled", key=write.change.key, kind=kind_of(write.change), result=outcome.result.value)


def _by_subject(plan: ChangePlan) -> Iterator[tuple[Change, ...]]:
    """All changes of one issue together, so that it is read once; moves into one sprint together."""
    for _, group in groupby(plan.changes, key=_subject):
        yield tuple(group)


def _subject(change: Change) -> tuple[str, str]:
    return ("sprint", change.sprint) if isinstance(change, MoveToSprint | MoveToBacklog) else ("issue", change.issue)


def _still_true(
    changes: Sequence[Change], seen: dict[str, Issue], marks: dict[str, OwnMarks], writing: WriteContext
) -> tuple[tuple[Change, ...], list[Outcome]]:
    """Read each issue again; the changes that still hold, and the others as skipped, with the reason.

    What is kept is as it is planned now, with the reasons of this moment; `marks` is updated from what was read, and
    `seen` loses the issues of which the plan knew too little.
    """
    still: list[Change] = []
    skipped: list[Outcome] = []
    for issue_id, group in groupby(changes, key=lambda change: change.issue):
        fresh = writing.tracker.read(issue_id)
        wanted = _wanted(tuple(group), fresh, seen, marks, writing)
        still += [change for change in wanted.values() if change is not None]
        reason = CHANGED if fresh else GONE
        gone = (change for change in changes if change.issue == issue_id and wanted.get(identity_of(change)) is None)
        skipped += [Outcome(change=change, result=Result.SKIPPED, reason=reason) for change in gone]
    return tuple(still), skipped


def _wanted(
    changes: Sequence[Change],
    fresh: Issue | None,
    seen: dict[str, Issue],
    marks: dict[str, OwnMarks],
    writing: WriteContext,
) -> Mapping[tuple[str, str, str], Change | None]:
    """What is still wanted of these changes of one issue now that it was read again, `None` for what is not."""
    if fresh is None:
        return {}
    mine, known = marks.get(fresh.id, NO_MARKS), seen.get(fresh.id)
    as_planned = completed(mine, fresh.marks) == mine
    theirs = any(_is_theirs(change, fresh) for change in changes)
    if (
        as_planned
        and not theirs
        and known is not None
        and (fresh.updated, fresh.labels) == (known.updated, known.labels)
    ):
        return {identity_of(change): change for change in changes}
    replanned = writing.replan(fresh)
    if theirs or not as_planned:  # also where the store was lost, and our property says what we had left there
        marks[fresh.id] = replanned.marks.get(fresh.id, NO_MARKS)
        writing.journal.remember({fresh.id: marks[fresh.id]})
        seen.pop(fresh.id, None)  # its later changes, such as a move into a sprint, are planned again too
    wanted = {identity_of(change): change for change in replanned.changes}
    return {identity_of(change): wanted.get(identity_of(change)) for change in changes}


def _is_theirs(change: Change, issue: Issue) -> bool:
    """Whether a change would take away what a person set again, edited or answered."""
    match change:
        case RemoveLabel(label=label):
            return label in issue.changed_by
        case PutComment(comment=str() as comment) | DeleteComment(comment=comment):
            return comment in issue.changed_by
        case _:
            return False


def _write(
    batch: Sequence[Change], marks: dict[str, OwnMarks], run: str, writing: WriteContext, restricted: frozenset[str]
) -> tuple[Outcome, ...]:
    """Note the intent, send one request, note the outcome; `marks` is updated.

    `restricted` are ids of issues that only some people may see; the journal keeps that with their writes.
    """
    rows = writing.journal.intend(run, batch, marks, writing.clock(), restricted)
    intended = dict(marks)
    for change in batch:
        intended[change.issue] = after(intended.get(change.issue, NO_MARKS), change)
    try:
        outcomes = writing.tracker.apply(batch, {change.issue: intended[change.issue] for change in batch})
    except (Unreachable, WebPage):
        raise  # whether it was written is unknown: the intent stays open and the next run settles it
    except LoggedOut as error:
        _settle(rows, _all_failed(batch, error), marks, writing)
        raise
    except TrackerError as error:
        outcomes = _all_failed(batch, error)
    _settle(rows, outcomes, marks, writing)
    return outcomes


def _all_failed(batch: Sequence[Change], error: TrackerError) -> tuple[Outcome, ...]:
    reason, status = str(error), error.status
    return tuple(Outcome(change=change, result=Result.FAILED, reason=reason, status=status) for change in batch)


def _settle(
    rows: Sequence[int], outcomes: Sequence[Outcome], marks: dict[str, OwnMarks], writing: WriteContext
) -> None:
    settled = []
    for row, outcome in zip(rows, outcomes, strict=True):
        change = outcome.change
        before = marks.get(change.issue, NO_MARKS)
        marks[change.issue] = _marks_after(before, outcome)
        settled.append((row, outcome, marks[change.issue]))
        report = log.warning if outcome.result is Result.FAILED else log.debug
        report("change.written", key=change.key, kind=kind_of(change), result=outcome.result.value, why=outcome.reason)
    writing.journal.settle(settled)


def _marks_after(marks: OwnMarks, outcome: Outcome) -> OwnMarks:
    match outcome.result:
        case Result.ALREADY_SO if isinstance(outcome.change, DeleteComment):
            return refused(marks, outcome.change)  # a person deleted it first
        case Result.DONE | Result.ALREADY_SO:
            return after(marks, outcome.change, outcome.comment)
        case Result.SKIPPED if outcome.reason != GONE:
            return refused(marks, outcome.change)
        case _:
            return marks
