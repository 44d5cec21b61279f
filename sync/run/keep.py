"""What a run keeps in the store for later runs: its day, its reactions, what it did not write and why."""

from collections.abc import Mapping
from contextlib import closing
from datetime import datetime

from rules.capacity.record import to_keep
from rules.learning.reactions import Look, followed
from rules.learning.trends import sprint_starts
from rules.model import NO_MARKS
from rules.plan.changes import identity_of
from rules.plan.left_alone import held_by_baseline
from rules.plan.marks import after
from rules.plan.not_written import Decision, not_written
from rules.plan.outcome import Result
from rules.plan.preview import verdict_of
from rules.verdict import Judgement
from sync.errors import StoreError
from sync.logs import get_logger
from sync.reports.base import RunReport
from sync.run.context import RunContext
from sync.run.recorded import reading_of
from sync.run.refinement import follow_refinement
from sync.store import Store
from sync.store.day_parts import Answers, StoredDay, is_complete, parts_of
from sync.store.days import Days

log = get_logger()


def keep_unwritten(report: RunReport, store: Store, obstacle: tuple[Decision, str] | None = None) -> None:
    """Log the run with the writes that it did not make; `obstacle` is what kept the whole plan from being written.

    The findings of the report name people, because the log shows them.
    """
    entries = not_written(
        report.plan,
        report.snapshot.by_id.values(),
        report.judgement,
        outcomes=report.outcomes,
        journalled={identity_of(write.change) for write in store.journal.writes_of(report.run)},
        obstacle=obstacle,
    )
    store.run_log.add(report.run, report.started, report.plan.digest, entries)


def keep_results(report: RunReport, context: RunContext) -> None:
    """Keep what later runs compare with. Without a team the figures are not comparable, and nothing of it is known."""
    store, taken_at = context.store, report.snapshot.taken_at
    store.forecasts.keep(to_keep(store.forecasts.all(), report.snapshot, report.capacities))
    if report.snapshot.stopped:
        return
    _follow_reactions(report, context)
    follow_refinement(report, context)
    store.history.add(report.run, report.snapshot, report.judgement, report.deep)
    starts = sprint_starts(report.snapshot, report.judgement, report.deep, report.capacities)
    store.sprint_starts.keep(starts, taken_at)
    marks = held_by_baseline(report.judgement, report.proposal)
    store.baseline.shrink(_fingerprints(report.judgement), marks)


def _follow_reactions(report: RunReport, context: RunContext) -> None:
    """Keep which findings are on the tracker now, and how earlier ones ended, before the history gets this run."""
    store, earlier = context.store, context.store.history.trend(1)
    marks = dict(report.plan.marks)
    for outcome in report.outcomes:
        if outcome.result in {Result.DONE, Result.ALREADY_SO}:
            issue = outcome.change.issue
            marks[issue] = after(marks.get(issue, NO_MARKS), outcome.change, outcome.comment)
    look = Look(
        snapshot=report.snapshot,
        judgement=report.judgement,
        marks=marks,
        not_ready=context.policy.not_ready,
        since=earlier[-1].at if earlier else None,
    )
    store.reactions.keep(followed(store.reactions.waiting(), look), report.snapshot.taken_at)


def keep_plan_ahead(report: RunReport, store: Store) -> None:
    """Keep the look-ahead where a report showed it: the next one stays close to what people saw."""
    shown = report.plan_ahead.shown if report.plan_ahead is not None else None
    if shown is not None and not report.snapshot.stopped:
        store.planned_ahead.keep(shown.planned)


def keep_day(
    report: RunReport, context: RunContext, answers: Answers, held: Mapping[tuple[str, str], bytes], looked: datetime
) -> None:
    """Keep what this run was given and found, for `--as-of` and `preview`; `held` is what the store held before.

    A run with a team left out takes no complete run's place. A file that cannot be written does not fail the run.
    """
    if not context.keep_days:
        return
    day = StoredDay(
        run=report.run,
        started=report.started,
        looked=looked,
        finished=report.finished,
        requests=report.requests,
        answers=answers,
        rows=held,
        verdicts={verdict.issue.id: verdict_of(verdict) for verdict in report.judgement.verdicts},
        changes=(*report.plan.changes, *report.plan.held),
        order=tuple((issue.key, issue.points) for issue in report.snapshot.issues),
        reading=reading_of(context.scope),
        go_live=report.go_live,
    )
    taken_at = report.snapshot.taken_at
    try:
        with closing(Days.open(context.store.place)) as days:
            if not report.snapshot.stopped or not is_complete(days, taken_at.date()):
                days.add(taken_at, parts_of(day), keep_days=context.keep_days)
    except StoreError as error:
        log.warning("day.not_kept", why=str(error))


def _fingerprints(judgement: Judgement) -> frozenset[str]:
    return frozenset(finding.fingerprint for verdict in judgement.verdicts for finding in verdict.findings)
