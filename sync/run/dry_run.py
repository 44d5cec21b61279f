"""The dry run: while writing is off, every run is also applied to what would be there by now, and kept in a log.

A tracker that takes every change and sends none replaces the real one, and the dry-run log replaces the journal.
Everything else is the very code of a run, so that a replay with writing on gives exactly what the log says. The run is
judged once: labels and comments of ours change no verdict.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace

import structlog

from rules.backlog.own_edits import without_own_edits
from rules.capacity.compute import capacities
from rules.commands.answers import Commands
from rules.evaluate import evaluate
from rules.model import Issue, OwnMarks, Snapshot
from rules.plan.changes import Change, PutComment
from rules.plan.decisions import (
    choices_of,
    with_rejections,
)
from rules.plan.dry_run import GoLive, go_live
from rules.plan.outcome import Outcome, Result
from rules.plan.pauses import ended_places, resumed_memory
from rules.plan.release_label import releases
from rules.planning.proposal import propose
from rules.verdict import Judgement
from sync.logs import get_logger
from sync.progress import followed_by, unheard
from sync.reports.base import RunReport
from sync.run.apply import apply
from sync.run.context import RunContext
from sync.run.decisions import counted_commands, given_commands, known_marks, rules_today
from sync.run.left_issues import with_left
from sync.run.limits import hold_back, recover_interrupted_mails
from sync.run.living_page import paged
from sync.run.look import planned, running_of
from sync.run.names import names_of
from sync.run.writeback import recover_interrupted_writes
from sync.store import Store
from sync.store.database import Place
from sync.store.dry_run_log import DryRunLog, archive, place_of
from sync.trackers.base import Scope, Tracker


class DryRunTracker:
    """A tracker that shows a snapshot, takes every change, and sends none of them anywhere; `real` knows its people."""

    def __init__(self, snapshot: Snapshot, real: Tracker) -> None:
        self.requests = 0
        self.audience = real.audience
        self.snapshot = snapshot
        self._issues = snapshot.by_id

    def pull(self, _scope: Scope) -> Snapshot:
        """The snapshot."""
        return self.snapshot

    def read(self, issue_id: str) -> Issue | None:
        """One issue of it."""
        return self._issues.get(issue_id)

    def apply(self, batch: Sequence[Change], _marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:
        """Every change as done; a comment gets an id that no tracker would give."""
        return tuple(
            Outcome(
                change=change,
                result=Result.DONE,
                comment=(change.comment or f"would-be-{change.issue}") if isinstance(change, PutComment) else None,
            )
            for change in batch
        )


def in_dry_run(report: RunReport, context: RunContext) -> RunReport:
    """The report with what the dry-run log says by now: this run is planned and applied to what would be there by now.

    The limits do not stop it: the summary says which ones would have let it pass.
    """
    policy = context.policy
    with _would_be(report, context.store, context.tracker, stays=policy.released) as (tracker, store, dry_log):
        recover_interrupted_writes(tracker, store.journal)
        recover_interrupted_mails(store, context.clock())
        human = without_own_edits(tracker.snapshot, store.human_edits.by_issue(), policy.prefix)
        read = given_commands(human, context, store)
        memory = resumed_memory(
            known_marks(human, policy, store, tracker), ended_places(store.pauses.all(), report.started)
        )
        read = replace(read, released=releases(human, read, memory, policy))
        released = frozenset(read.released)
        snapshot = replace(human, takers=read.takers, promises=read.promises, released=released)
        texts_read = replace(report.backlog, snapshot=snapshot, same_texts=report.backlog.near_duplicates)
        commands = counted_commands(read, texts_read, context, store)
        commands = with_rejections(commands, texts_read, lambda choices: propose(texts_read, report.judgement, choices))
        commanded_alike = _effects(commands) == _effects(report.commands)
        if commanded_alike and is_judged_alike(snapshot, report.snapshot):
            backlog, judgement, proposal = texts_read, relabelled(report.judgement, snapshot), report.proposal
        else:  # an earlier dry run moved issues or answered commands: this is judged as it would be by now
            backlog = replace(texts_read, capacities=capacities(snapshot, context.capacity, store.forecasts.all()))
            judgement = evaluate(backlog, rules_today(context.ruleset, commands.waivers, store, snapshot))
            proposal = propose(backlog, judgement, choices_of(commands))
        running = running_of(backlog, proposal.capacities, context, store)
        commands, plan = planned(commands, running, snapshot, judgement, proposal, policy, memory, store)
        plan = paged(plan, snapshot, judgement, report.deep, proposal, commands, memory, context)
        plan = hold_back(
            plan, snapshot, commands, policy, store, tracker, context.clock(), elsewhere=context.store.mails
        )
        if report.quiet_until is None:
            would_be = replace(
                report,
                backlog=backlog,
                judgement=judgement,
                proposal=proposal,
                plan=plan,
                commands=commands,
            )
            apply(would_be, replace(context, tracker=tracker, store=store))
        return replace(report, go_live=go_live_summary(report, dry_log, context.tracker))


def _effects(commands: Commands) -> tuple[object, ...]:
    """What commands change about verdicts and the proposal."""
    return commands.waivers, commands.takers, commands.promises, choices_of(commands)


@contextmanager
def _would_be(
    report: RunReport, store: Store, real: Tracker, *, stays: str
) -> Iterator[tuple[DryRunTracker, Store, DryRunLog]]:
    """The tracker as it would be by now, the store that the dry run writes to, and its log. Raises `StoreError`.

    `stays` is the label of released issues.
    """
    with (
        closing(DryRunLog.open(store.place, report.started)) as dry_log,
        structlog.contextvars.bound_contextvars(dry_run=True),
        followed_by(unheard),
    ):
        dry_log.commands.add(store.commands.answers())
        memory = store.journal.memory()
        snapshot = with_left(report.snapshot, {**memory, **dry_log.journal.memory()}, real, stays=stays)
        tracker = DryRunTracker(dry_log.overlay(snapshot, memory), real)
        would_be = replace(
            store,
            journal=dry_log.journal,
            commands=dry_log.commands,
            mails=dry_log.mails,
            human_edits=dry_log.human_edits,
        )
        yield tracker, would_be, dry_log


def is_judged_alike(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots of the same issues differ in nothing but what we leave on issues without moving them."""
    pairs = zip((*one.issues, *one.history), (*other.issues, *other.history), strict=True)
    return all(_is_alike(mine, theirs) for mine, theirs in pairs)


def _is_alike(one: Issue, other: Issue) -> bool:
    relabelled = replace(one, labels=other.labels, marks=other.marks, human_updated=other.human_updated)
    return relabelled == other and one.last_human_edit == other.last_human_edit


def relabelled(judgement: Judgement, snapshot: Snapshot) -> Judgement:
    """The same verdicts on the issues of another snapshot."""
    issues = {issue.id: issue for issue in snapshot.issues}
    return replace(
        judgement, verdicts=tuple(replace(verdict, issue=issues[verdict.issue.id]) for verdict in judgement.verdicts)
    )


def go_live_summary(report: RunReport, dry_log: DryRunLog, tracker: Tracker) -> GoLive:
    """What the dry-run log shows up to this run; `tracker` knows the names of people who are on no issue."""
    mails = dry_log.mails.rows()
    busiest = Counter(account for _, account in mails).most_common()
    findings = {finding.fingerprint for verdict in report.judgement.verdicts for finding in verdict.findings}
    return go_live(
        dry_log.pages(),
        mails,
        names=names_of([account for account, _ in busiest], report.snapshot, tracker),
        since=dry_log.since,
        until=report.started,
        in_scope=report.plan.in_scope,
        findings=len(findings),
        wave=(len(report.plan.changes), len(report.plan.touched)),
    )


def go_live_summary_so_far(report: RunReport, store: Place, tracker: Tracker) -> GoLive | None:
    """What the dry-run log shows after earlier runs, `None` where there is none. The log is only read."""
    if not place_of(store).exists():
        return None
    with closing(DryRunLog.copy_of(store)) as dry_log:
        return go_live_summary(report, dry_log, tracker)


def end_dry_run_log(store: Place) -> None:
    """Move the dry-run log away: from now on plans start from the tracker as it is."""
    archived = archive(store)
    if archived is not None:
        get_logger().info("dry_run.ended", kept=str(archived))
