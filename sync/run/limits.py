"""What keeps a plan from being too much for people: the loop guard and the weekly mails, counted from the store."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from rules.backlog.own_edits import last_human_edit
from rules.commands import Commands
from rules.model import Snapshot
from rules.plan.changes import Change, ChangePlan
from rules.plan.mail_budget import WEEK, about, hold_mails, mails_of
from rules.plan.outcome import Result
from rules.plan.policy import Policy
from rules.plan.write_loop_guard import WINDOW, hold_contested
from sync.reports.base import RunReport
from sync.store import Store


def hold_back(
    plan: ChangePlan, snapshot: Snapshot, commands: Commands, policy: Policy, store: Store, now: datetime
) -> ChangePlan:
    """The plan without what has to wait: marks that something else keeps reversing, and mails over the weekly limit."""
    hands_off = {issue.id for issue in snapshot.issues if policy.hands_off in issue.labels}
    asking = {issue.id for issue in snapshot.issues if commands.is_waiting(issue.id)}
    plan = hold_contested(plan, store.journal.written_since(now - WINDOW), hands_off)
    return hold_mails(
        plan,
        snapshot,
        store.mails.since(now - WEEK),
        per_week=policy.mails_per_week,
        silent_labels=policy.silent_labels,
        asked=hands_off | asking,
    )


@contextmanager
def track_mails(report: RunReport, policy: Policy, store: Store, clock: Callable[[], datetime]) -> Iterator[None]:
    """Count the plan's mails before they are sent; afterwards only those of changes that were written.

    A run that is cut off in between is settled by the next one. The last human edit of each issue is kept, too.
    """
    _keep_human_edits(report, policy, store, clock())
    mails = mails_of(report.plan.changes, report.snapshot, silent_labels=policy.silent_labels)
    store.mails.expect(report.run, mails, clock())
    yield
    _keep_human_edits(report, policy, store, clock())  # again, because writing may have taken long
    _settle(store, report.run)


def _keep_human_edits(report: RunReport, policy: Policy, store: Store, now: datetime) -> None:
    written = {change.issue for change in report.plan.changes}
    issues = (issue for issue in (*report.snapshot.history, *report.snapshot.issues) if issue.id in written)
    store.human_edits.keep({issue.id: last_human_edit(issue, policy.prefix, now) for issue in issues})


def recover_interrupted_mails(store: Store) -> None:
    """Count of runs that were cut off what the journal, settled itself, knows to be written."""
    for run in store.mails.unsettled():
        _settle(store, run)


def _settle(store: Store, run: str) -> None:
    store.mails.settle(run, _requests(w.change for w in store.journal.writes_of(run) if w.result is Result.DONE))


def _requests(changes: Iterable[Change]) -> frozenset[tuple[str, str]]:
    return frozenset((change.issue, about(change)) for change in changes)
