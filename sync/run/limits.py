"""What keeps a plan from being too much for people: the loop guard and the weekly mails, counted from the store."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from rules.backlog.own_edits import last_human_edit
from rules.commands.answers import Commands
from rules.model import Issue, Snapshot
from rules.plan.changes import Change, ChangePlan
from rules.plan.mail_budget import (
    NO_AUDIENCE,
    WEEK,
    Audience,
    MailCount,
    Urgency,
    hold_mails,
    mails_of,
    requests_of,
)
from rules.plan.opt_out import spare_opted_out
from rules.plan.outcome import Result
from rules.plan.pauses import hold_paused
from rules.plan.policy import Policy
from rules.plan.write_loop_guard import WINDOW, hold_contested, reversals
from sync.reports.base import RunReport
from sync.store import Store
from sync.store.mail_log import MailLog
from sync.trackers.base import Tracker


def hold_back(  # noqa: PLR0913, PLR0917 - a plan, and all that may make it wait
    plan: ChangePlan,
    snapshot: Snapshot,
    commands: Commands,
    policy: Policy,
    store: Store,
    tracker: Tracker,
    now: datetime,
    elsewhere: MailLog | None = None,
) -> ChangePlan:
    """The plan without what has to wait: marks that somebody keeps reversing, and mails over the weekly limit.

    What would send mail to people who opted out is not written at all. `elsewhere` holds more mails that people got: in
    a dry run the real ones.
    """
    asking = {issue.id for issue in snapshot.issues if commands.is_waiting(issue.id)}
    issues, opt_out = snapshot.by_id, policy.opt_out
    counts = policy.mails_per_week or opt_out.people
    audience = audience_of(plan.changes, issues, tracker) if counts else NO_AUDIENCE
    plan = spare_opted_out(plan, issues, audience, opt_out, {**audience.names, **snapshot.names})
    plan = hold_paused(plan, store.pauses.all(), now, plan.released | asking)
    again = reversals(store.journal.past_writes(now - WINDOW), now - WINDOW)
    plan = hold_contested(plan, again, plan.released)
    before = frozenset(plan.held)
    store.mails.learn(audience.addresses)
    sent = (*store.mails.since(now - WEEK), *(elsewhere.since(now - WEEK) if elsewhere is not None else ()))
    plan = hold_mails(
        plan,
        issues,
        audience,
        MailCount(sent, {**store.mails.accounts(), **policy.accounts}),
        per_week=policy.mails_per_week,
        now=now,
        urgency=Urgency(exempt=plan.released, asked=frozenset(asking), since=store.mails.waiting()),
    )
    store.mails.wait(requests_of(change for change in plan.held if change not in before), now)
    return plan


def audience_of(changes: Iterable[Change], issues: Mapping[str, Issue], tracker: Tracker) -> Audience:
    """Who gets mail about the issues that these changes write to."""
    touched = dict.fromkeys(change.issue for change in changes)
    written = [issues[issue] for issue in touched if issue in issues]
    return tracker.audience(written) if written else NO_AUDIENCE


@contextmanager
def track_mails(
    report: RunReport, policy: Policy, store: Store, tracker: Tracker, clock: Callable[[], datetime]
) -> Iterator[None]:
    """Count the plan's mails before they are sent; afterwards only those of changes that were written.

    A run that is cut off in between is settled by the next one. The last human edit of each issue is kept, too.
    """
    _keep_human_edits(report, policy, store, clock())
    with count_mails(report.run, report.plan, report.snapshot.by_id, store, tracker, clock):
        yield
    _keep_human_edits(report, policy, store, clock())  # again, because writing may have taken long


@contextmanager
def count_mails(
    run: str,
    plan: ChangePlan,
    issues: Mapping[str, Issue],
    store: Store,
    tracker: Tracker,
    clock: Callable[[], datetime],
) -> Iterator[None]:
    """Count a plan's mails before they are sent, and only those of written changes afterwards."""
    mails = mails_of(plan.changes, issues, audience_of(plan.changes, issues, tracker))
    store.mails.expect(run, mails, clock())
    yield
    _settle(store, run, clock())


def _keep_human_edits(report: RunReport, policy: Policy, store: Store, now: datetime) -> None:
    written = {change.issue for change in report.plan.changes}
    issues = (issue for issue in report.snapshot.by_id.values() if issue.id in written)
    store.human_edits.keep({issue.id: last_human_edit(issue, policy.prefix, now) for issue in issues})


def recover_interrupted_mails(store: Store, now: datetime) -> None:
    """Count of runs that were cut off what the journal, settled itself, knows to be written."""
    for run in store.mails.unsettled():
        _settle(store, run, now)


def _settle(store: Store, run: str, now: datetime) -> None:
    written = (write.change for write in store.journal.writes_of(run) if write.result is Result.DONE)
    store.mails.settle(run, requests_of(written), now)
