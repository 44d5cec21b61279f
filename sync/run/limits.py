"""What keeps a plan from being too much for people: the loop guard and the week's mails, counted from the store."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rules.backlog.own_edits import last_human_edit
from rules.commands import Commands
from rules.model import Snapshot
from rules.plan.changes import Change, ChangePlan
from rules.plan.mail_budget import WEEK, about, hold_mails, mails_of
from rules.plan.outcome import Result
from rules.plan.write_loop_guard import WINDOW, hold_contested
from sync.reports.base import RunReport
from sync.run.context import RunContext
from sync.store import Store


def hold_back(plan: ChangePlan, context: RunContext, snapshot: Snapshot, commands: Commands) -> ChangePlan:
    """The plan without what has to wait: on issues that something else fights over, and over the week's mails."""
    now, policy = context.clock(), context.policy
    spared = {issue.id for issue in snapshot.issues if policy.hands_off in issue.labels}
    asking = {issue.id for issue in snapshot.issues if commands.is_waiting(issue.id)}
    plan = hold_contested(plan, context.store.journal.written_since(now - WINDOW), spared)
    return hold_mails(
        plan,
        snapshot,
        context.store.mails.since(now - WEEK),
        per_week=policy.mails_per_week,
        silent_labels=policy.silent_labels,
        asked=spared | asking,
    )


@contextmanager
def track_mails(report: RunReport, context: RunContext) -> Iterator[None]:
    """Count the plan's mails before they are sent; afterwards only those of changes that took hold.

    A run that is cut off in between is settled by the next pass. What people had made of the issues is remembered, too.
    """
    _remember_people(report, context)
    mails = mails_of(report.plan.changes, report.snapshot, silent_labels=context.policy.silent_labels)
    context.store.mails.expect(report.run, mails, context.clock())
    yield
    _remember_people(report, context)  # again, because writing may have taken long
    _settle(context.store, report.run)


def _remember_people(report: RunReport, context: RunContext) -> None:
    written = {change.issue for change in report.plan.changes}
    issues = (issue for issue in (*report.snapshot.history, *report.snapshot.issues) if issue.id in written)
    now, prefix = context.clock(), context.policy.prefix
    context.store.activity.keep({issue.id: last_human_edit(issue, prefix, now) for issue in issues})


def recover_interrupted_mails(store: Store) -> None:
    """Count of runs that were cut off what the journal, settled itself, knows to have taken hold."""
    for run in store.mails.unsettled():
        _settle(store, run)


def _settle(store: Store, run: str) -> None:
    store.mails.settle(run, _requests(w.change for w in store.journal.writes_of(run) if w.result is Result.DONE))


def _requests(changes: Iterable[Change]) -> frozenset[tuple[str, str]]:
    return frozenset((change.issue, about(change)) for change in changes)
