"""Undoes a run: reads what it wrote from the journal, reads the issues as they are, and writes the inverse."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from rules.commands.answers import Commands
from rules.model import Issue, OwnMarks
from rules.plan.changes import Change, ChangePlan, LeftAsIs, PutPage, identity_of, mark_of
from rules.plan.left_alone import wish_of
from rules.plan.marks import marks_of
from rules.plan.not_written import not_written
from rules.plan.outcome import Outcome, Result
from rules.plan.pauses import pauses_of
from rules.plan.policy import Policy
from rules.plan.undo import Written, plan_undo
from rules.verdict import Judgement
from sync.errors import UsageError
from sync.run.context import RunContext, run_id
from sync.run.limits import count_mails
from sync.run.writeback import WriteContext, apply_plan, recover_interrupted_writes
from sync.store import Store
from sync.store.journal import WIKI, Journal
from sync.trackers.base import Tracker

Inverse = Callable[[Mapping[str, Issue], Mapping[str, OwnMarks]], ChangePlan]

NOT_CONFIGURED = "[living_page.confluence] no longer names this page"


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoResult:
    """An undone run: the run that did it, the plan (its `left_as_is` are the conflicts), and how each change ended."""

    run: str
    undoes: str
    plan: ChangePlan
    outcomes: tuple[Outcome, ...]


def undo_run(context: RunContext, run: str, *, pause_until: datetime | None = None, force: bool = False) -> UndoResult:
    """Undo what `run` wrote where nobody changed it since; doing so is itself a run.

    What was undone is not written again until `pause_until`, without it until somebody resumes. An undo that is itself
    undone ends its pauses. Raises `UsageError` when no run of that name ever wrote, and where writing is off unless
    `force` is set.
    """
    journal = context.store.journal
    if not context.writes and not force:
        raise UsageError("[write_back] enabled is false, so nothing was undone; to undo all the same, add --force")
    if not journal.has_run(run):
        last_runs = ", ".join(journal.last_runs(3)) or "none"
        raise UsageError(f'no run "{run}" ever wrote anything; the last ones were: {last_runs}')
    recover_interrupted_writes(context.tracker, journal)
    not_undone = _not_undone(journal, run)
    on_wiki = tuple(one for one in not_undone if one.change.issue.startswith(WIKI))
    on_issues = tuple(one for one in not_undone if one not in on_wiki)
    issues = _read(context.tracker, {one.change.issue for one in on_issues})
    inverse = _inverse(context, run, on_issues)
    plan = inverse(issues, journal.memory())
    name = run_id(context.clock())
    outcomes: tuple[Outcome, ...] = ()
    if plan.changes:
        writing = WriteContext(
            tracker=context.tracker,
            journal=journal,
            clock=context.clock,
            replan=lambda issue: inverse({issue.id: issue}, journal.memory_of(issue.id)),
            stopping=context.stopping,
        )
        with count_mails(name, plan, issues, context.store, context.tracker, context.clock):
            outcomes = apply_plan(plan, issues, name, writing, undoes=run)
    restored, left = _restore_wiki(on_wiki, context, run, name)
    outcomes, plan = (*outcomes, *restored), replace(plan, left_as_is=(*plan.left_as_is, *left))
    journalled = {identity_of(write.change) for write in journal.writes_of(name)}
    kept = not_written(plan, issues.values(), Judgement(), outcomes=outcomes, journalled=journalled)
    context.store.run_log.add(name, context.clock(), plan.digest, kept)
    _pause(context.store, name, run, outcomes, pause_until)
    return UndoResult(run=name, undoes=run, plan=plan, outcomes=outcomes)


def _inverse(context: RunContext, run: str, written: Sequence[Written]) -> Inverse:
    """Makes the plan that undoes these writes, of issues as they are, by id, with what is ours on each now."""
    journal = context.store.journal
    notes, pages, later = journal.comment_bodies(), journal.page_bodies(), journal.later_runs(run)
    hands_off = Commands(answers=context.store.commands.answers()).hands_off
    unwanted = partial(_unwanted, context.policy, hands_off, journal.memory())
    return lambda issues, memory: plan_undo(
        run, written, issues, memory, notes, pages=pages, unwanted=unwanted, later=later
    )


def _restore_wiki(
    written: Sequence[Written], context: RunContext, run: str, name: str
) -> tuple[tuple[Outcome, ...], tuple[LeftAsIs, ...]]:
    """Restore our part of pages in Confluence: how that ended, and what was left as it is. Raises `ConfigError`."""
    wiki = context.wiki() if written else None
    ended: list[Outcome | LeftAsIs] = []
    for one in written:
        if not isinstance(one.change, PutPage) or wiki is None or wiki.id != one.change.issue:
            ended.append(LeftAsIs(key=one.change.key, what=mark_of(one.change), why=NOT_CONFIGURED))
        else:
            ended.append(wiki.restore(one.change, one.before.page, run, name))
    outcomes = tuple(one for one in ended if isinstance(one, Outcome))
    return outcomes, tuple(one for one in ended if isinstance(one, LeftAsIs))


def _unwanted(policy: Policy, hands_off: Mapping[str, bool], memory: Mapping[str, OwnMarks], issue: Issue) -> str:
    """Why people want nothing to be written to an issue, "" where they do not."""
    wish = wish_of(issue, policy, hands_off, marks_of(issue, memory))
    return wish.why if wish is not None else ""


def _pause(store: Store, name: str, run: str, outcomes: Sequence[Outcome], until: datetime | None) -> None:
    """Pause what was undone; an undo of an undo asks for the opposite."""
    if _brings_back(store.journal, run):
        store.pauses.end_of(run)
        return
    undone = (outcome.change for outcome in outcomes if outcome.result in {Result.DONE, Result.ALREADY_SO})
    store.pauses.add(pauses_of(undone, name, until))


def _brings_back(journal: Journal, run: str) -> bool:
    """Whether undoing a run brings back what was written before: it is an undo, but not the undo of an undo."""
    undone = journal.undone_by(run)
    return bool(undone) and not _brings_back(journal, undone)


def _not_undone(journal: Journal, run: str) -> tuple[Written, ...]:
    """What the run wrote and no earlier undo of it has undone."""
    undone = {_place(write.change) for write in journal.writes_undoing(run) if write.result is Result.DONE}
    writes = [write for write in journal.writes_of(run) if write.result is Result.DONE]
    return tuple(Written(write.change, write.before) for write in writes if _place(write.change) not in undone)


def _place(change: Change) -> tuple[str, str]:
    """What a write and its inverse have in common: the issue and the mark on it."""
    return (change.issue, mark_of(change))


def _read(tracker: Tracker, ids: set[str]) -> dict[str, Issue]:
    issues = ((issue_id, tracker.read(issue_id)) for issue_id in sorted(ids))
    return {issue_id: issue for issue_id, issue in issues if issue is not None}
