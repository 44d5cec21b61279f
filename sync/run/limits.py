"""What keeps a plan from being too much for people: the loop guard and the week's mails, counted from the store."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rules.backlog.own_edits import touch
from rules.commands import Heard
from rules.model import Snapshot
from rules.plan.changes import Change, ChangePlan
from rules.plan.mail_budget import WEEK, about, hold_mails, mails_of
from rules.plan.outcome import Result
from rules.plan.write_loop_guard import WINDOW, park
from sync.reports.base import RunReport
from sync.run.context import Desk
from sync.store import Store


def restrained(plan: ChangePlan, desk: Desk, snapshot: Snapshot, heard: Heard) -> ChangePlan:
    """The plan without what has to wait: on issues that something else fights over, and over the week's mails."""
    now, policy = desk.clock(), desk.policy
    spared = {issue.id for issue in snapshot.issues if policy.hands_off in issue.labels}
    asking = {issue.id for issue in snapshot.issues if heard.is_waiting(issue.id)}
    plan = park(plan, desk.store.journal.written_since(now - WINDOW), spared)
    return hold_mails(
        plan,
        snapshot,
        desk.store.mails.since(now - WEEK),
        per_week=policy.mails_per_week,
        silent_labels=policy.silent_labels,
        asked=spared | asking,
    )


@contextmanager
def accounted(report: RunReport, desk: Desk) -> Iterator[None]:
    """Count the plan's mails before they are sent; afterwards only those of changes that took hold.

    A run that is cut off in between is settled by the next pass. What people had made of the issues is remembered, too.
    """
    _remember_people(report, desk)
    mails = mails_of(report.plan.changes, report.snapshot, silent_labels=desk.policy.silent_labels)
    desk.store.mails.expect(report.run, mails, desk.clock())
    yield
    _remember_people(report, desk)  # again, because writing may have taken long
    _settle(desk.store, report.run)


def _remember_people(report: RunReport, desk: Desk) -> None:
    written = {change.issue for change in report.plan.changes}
    issues = (issue for issue in (*report.snapshot.history, *report.snapshot.issues) if issue.id in written)
    now, prefix = desk.clock(), desk.policy.prefix
    desk.store.activity.keep({issue.id: touch(issue, prefix, now) for issue in issues})


def settle_cut_mails(store: Store) -> None:
    """Count of runs that were cut off what the journal, settled itself, knows to have taken hold."""
    for run in store.mails.unsettled():
        _settle(store, run)


def _settle(store: Store, run: str) -> None:
    store.mails.settle(run, _requests(w.change for w in store.journal.writes_of(run) if w.result is Result.DONE))


def _requests(changes: Iterable[Change]) -> frozenset[tuple[str, str]]:
    return frozenset((change.issue, about(change)) for change in changes)
