"""The seventh stop of a run: write the plan. An issue that somebody changed meanwhile is judged and planned again."""

from dataclasses import replace

from rules.capacity.periods import in_period, periods_by_team
from rules.capacity.unit import sized
from rules.commands.answers import Answer
from rules.evaluate import judge_alone
from rules.model import NO_MARKS, Issue
from rules.plan.changes import ChangePlan, DeleteComment, PutComment
from rules.plan.compare import plan_changes
from rules.plan.grounds import DOUBLE, Ground
from rules.plan.outcome import Outcome, Result
from rules.plan.pauses import ended_places, hold_paused, lost_pauses, resumed_issue, resumed_memory
from rules.plan.release_label import releases
from rules.verdict import Judgement
from sync.errors import Stopped
from sync.logs import get_logger
from sync.reports.base import RunReport
from sync.reports.names import with_named_grounds
from sync.run.context import RunContext
from sync.run.decisions import rules_today
from sync.run.limits import track_mails
from sync.run.living_page import paged_again
from sync.run.writeback import STOPPED, WriteContext, apply_plan
from sync.store.journal import DOUBLES, SECOND_WORKER
from sync.trackers.base import RemovesDoubles

log = get_logger()


def apply(report: RunReport, context: RunContext) -> RunReport:
    """The report with what became of each change. Raises `Stopped` where the run was asked to stop."""
    store = context.store
    writing = WriteContext(
        tracker=context.tracker,
        journal=store.journal,
        clock=context.clock,
        replan=lambda issue: _replan(issue, report, context),
        stopping=context.stopping,
    )
    _remove_doubles(report, context)
    with track_mails(report, context.policy, store, context.tracker, context.clock):
        outcomes = apply_plan(report.plan, report.snapshot.by_id, report.run, writing) if report.plan.changes else ()
    store.commands.add(_given(report, outcomes))
    store.commands.bind(report.commands.answers)
    if any(outcome.reason == STOPPED for outcome in outcomes):
        raise Stopped("the run was asked to stop")
    return replace(report, outcomes=outcomes, finished=context.clock(), requests=context.tracker.requests)


def _remove_doubles(report: RunReport, context: RunContext) -> None:
    """Keep one comment an issue where two workers with two stores ran at the same moment and both created one."""
    tracker, journal = context.tracker, context.store.journal
    if not isinstance(tracker, RemovesDoubles):
        return
    memory = journal.memory()
    run = report.run + DOUBLES
    for issue in report.snapshot.issues:
        marks = memory.get(issue.id, NO_MARKS)
        is_left_alone = issue.key in report.plan.unwanted or report.snapshot.why_stopped(issue)
        if len(issue.own_comments) < 2 or marks.comment is None or is_left_alone:
            continue
        doubles = tracker.remove_doubles(issue)
        if doubles is None:
            continue
        if not journal.has_run(run):
            journal.open_run(run, started=context.clock(), digest=report.plan.digest)
        left = replace(marks, comment=doubles.kept, comment_digest=doubles.digest)
        for comment in doubles.deleted:
            grounds = (Ground(rule=DOUBLE, says=SECOND_WORKER),)
            change = DeleteComment(issue=issue.id, key=issue.key, why=SECOND_WORKER, comment=comment, grounds=grounds)
            journal.record_double(run, change, left, context.clock())


def _replan(issue: Issue, report: RunReport, context: RunContext) -> ChangePlan:
    """Judge one issue that changed during the run, and plan for it alone."""
    ruleset, policy, store = context.ruleset, context.policy, context.store
    store.pauses.add(lost_pauses((issue,), store.journal.memory_of(issue.id), store.pauses.all()))
    places = ended_places(store.pauses.all(), report.started)
    resumed_one = resumed_issue(issue, places)
    placed = in_period(resumed_one, report.snapshot, periods_by_team(report.snapshot))
    issue = sized(placed, report.snapshot)
    backlog = report.backlog.with_issue(issue)
    rules = rules_today(ruleset, report.commands.waivers, store, report.snapshot)
    judged = (judge_alone(backlog, issue, rules),) if issue.key in backlog.rank else ()
    memory = resumed_memory(store.journal.memory_of(issue.id), places)
    alone = Judgement(verdicts=judged)
    held, commands = store.baseline.marks(), report.commands
    commands = replace(commands, released=releases(backlog.snapshot, commands, memory, policy))
    plan = plan_changes(backlog.snapshot, alone, report.proposal, policy, memory, commands, baseline=held)
    plan = paged_again(plan, issue, report, backlog.snapshot, memory, policy)
    asked = {issue.id} if commands.is_waiting(issue.id) else set()
    plan = hold_paused(plan, store.pauses.all(), report.started, plan.released | asked)
    return with_named_grounds(plan, backlog.snapshot.names)


def _given(report: RunReport, outcomes: tuple[Outcome, ...]) -> tuple[Answer, ...]:
    """The answers that were written; the others stay open and are given by a later run."""
    unwritten = {o.change.issue for o in outcomes if isinstance(o.change, PutComment) and o.result is not Result.DONE}
    unwritten |= {change.issue for change in report.plan.held if isinstance(change, PutComment)}
    return tuple(answer for answer in report.commands.fresh if answer.issue not in unwritten)
