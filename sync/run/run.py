"""One run through the eight stops: the file to read first.

    begin     a schedule or a command      a run id bound to the logs
    pull      scope                        Snapshot
    evaluate  snapshot, rules              Judgement, Deep
    allocate  snapshot, judgement          capacities, SprintProposal
    plan      all of these, policy         ChangePlan
    guard     plan, limits                 go on, or a refusal
    apply     plan                         outcomes, each in the journal
    publish   everything                   reports and messages

The files follow the stops: `look.py` takes pull to guard, `apply.py` the writes, `keep.py` what later runs compare
with, `publish.py` the reports. `plan_run` takes the first six stops; with a copy of the store it writes nothing
anywhere. `execute_run` takes all eight.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache, partial

from rules.learning.learn import Kept, learn
from rules.plan.not_written import Decision
from rules.plan.outcome import Result
from sync.collector import no_search_for_cycles
from sync.errors import CUTS, DigestMismatch
from sync.logs import get_logger
from sync.reports.base import CutRun, RunReport
from sync.reports.names import with_names
from sync.run.apply import apply
from sync.run.context import RunContext, begin
from sync.run.cut import cut_short
from sync.run.dry_run import end_dry_run_log, go_live_summary_so_far, in_dry_run
from sync.run.keep import keep_day, keep_plan_ahead, keep_results, keep_unwritten
from sync.run.limits import recover_interrupted_mails
from sync.run.look import look
from sync.run.recorded import Recorder
from sync.run.refinement import with_escalated
from sync.run.writeback import recover_interrupted_writes
from sync.store.day_parts import StoredDay
from sync.store.day_rows import rows_of

log = get_logger()


def plan_run(context: RunContext) -> RunReport:
    """Pull, evaluate, allocate, plan, and ask the guard: everything short of writing to the tracker."""
    run, started = begin(context.clock)
    _recover(context, started)
    report = with_names(look(context, run, started))
    if context.writes:
        return report
    return replace(report, go_live=go_live_summary_so_far(report, context.store.place, context.tracker))


@no_search_for_cycles()
def execute_run(
    context: RunContext,
    *,
    expect: str | None = None,
    on_cut: Callable[[CutRun], None] = lambda _: None,
    begun: tuple[str, datetime] | None = None,
) -> RunReport:
    """Take all eight stops; writes only where the configuration allows it and the guard lets it pass.

    Where writing is off, what would be written goes to the dry-run log instead. Raises `DigestMismatch` when the plan
    is not the one named by `expect`. Where the site or a stop cuts the run short, `on_cut` gets what it had done until
    then, and the error is raised. `begun` is what `begin` gave, where the run has begun already.
    """
    publish = context.publisher()
    run, started = begun or begin(context.clock)
    report: RunReport | None = None
    recorder = Recorder(context.tracker)
    try:
        _recover(context, started)
        held = rows_of(context.store.database) if context.keep_days else {}
        looked = report = look(replace(context, tracker=recorder), run, started)
        report = _execute(report, context, expect)
    except CUTS as error:
        cut_short(run, report, error, context.store, on_cut)
        raise
    named = with_names(report)
    keep_unwritten(named, context.store, _obstacle(report))
    keep_results(report, context)
    keep_day(report, context, recorder.answers, held, looked.finished)
    report = with_escalated(with_learned(named, context), context)
    publish(report)
    keep_plan_ahead(report, context.store)
    _log_run(report)
    return report


def replay_run(context: RunContext, day: StoredDay) -> RunReport:
    """The report of an earlier day's run before it wrote, made again from what that run was given.

    The context holds its answers, the store of that moment and the configuration of today; nothing is asked or kept.
    """
    report = with_names(look(context, day.run, day.started))
    return replace(report, finished=day.finished, requests=day.requests, go_live=day.go_live)


def with_learned(report: RunReport, context: RunContext) -> RunReport:
    """The report with what the past teaches the teams, which is worked out once a whole report shows it."""
    kept = Kept(shown=context.store.reactions.all(), starts=context.store.sprint_starts.all())
    lesson = partial(learn, report.backlog, context.ruleset, context.capacity, kept, context.learning)
    return replace(report, learn=cache(lesson))


def _execute(report: RunReport, context: RunContext, expect: str | None) -> RunReport:
    """Write the plan, or the dry-run log where writing is off."""
    if expect is not None and report.plan.digest != expect:
        mismatch = DigestMismatch(
            f"the plan's digest is {report.plan.digest}, not {expect}: something changed since the review; "
            "look at `readyline plan` again"
        )
        keep_unwritten(with_names(report), context.store, (Decision.REFUSED, str(mismatch)))
        raise mismatch
    if not context.writes:
        return in_dry_run(report, context)
    if report.refused or report.quiet_until is not None:
        return report
    end_dry_run_log(context.store.place)
    return apply(report, context)


def _obstacle(report: RunReport) -> tuple[Decision, str] | None:
    """What kept the whole plan from being written."""
    if not report.writes:
        return Decision.OFF, "[write_back] enabled is false"
    if report.refused:
        return Decision.REFUSED, report.refused
    if report.quiet_until is not None:
        return Decision.QUIET_HOURS, f"quiet hours until {report.quiet_until:%Y-%m-%d %H:%M}"
    return None


def _recover(context: RunContext, started: datetime) -> None:
    """Learn how the writes and mails of a run that was cut off ended."""
    recover_interrupted_writes(context.tracker, context.store.journal)
    recover_interrupted_mails(context.store, started)


def _log_run(report: RunReport) -> None:
    failed = sum(outcome.result is Result.FAILED for outcome in report.outcomes)
    log.info(
        "run.finished",
        issues=len(report.snapshot.issues),
        ready=len(report.judgement.ready),
        planned=len(report.plan.changes),
        written=sum(outcome.result is Result.DONE for outcome in report.outcomes),
        failed=failed,
        refused=bool(report.refused),
        left_out=list(report.snapshot.stopped),
        requests=report.requests,
        seconds=round((report.finished - report.started).total_seconds(), 3),
    )
