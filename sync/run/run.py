"""One pass through the eight stops: the file to read first.

    wake      a schedule or a command      a run id bound to the logs
    pull      scope                        Snapshot
    evaluate  snapshot, rules              Judgement, Deep
    allocate  snapshot, judgement          capacities, SprintProposal
    plan      all of these, policy         ChangePlan
    guard     plan, limits                 go on, or a refusal
    apply     plan                         outcomes, each journalled
    tell      everything                   reports and messages

`plan_run` takes the first six and writes nothing anywhere but in our own store; `execute_run` goes on.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import structlog

from rules.backlog.index import Backlog
from rules.backlog.own_edits import without_own_edits
from rules.capacity import capacities
from rules.commands import Answer, Commands, read_commands
from rules.deep import score
from rules.evaluate import evaluate, judge_alone
from rules.model import Issue, OwnMarks, Snapshot
from rules.plan.changes import ChangePlan, PutComment
from rules.plan.compare import plan_changes
from rules.plan.guard import UnsafePlan, guard
from rules.plan.outcome import Outcome, Result
from rules.planning import propose
from rules.ruleset import Ruleset
from rules.verdict import Judgement
from sync.errors import DigestMismatch
from sync.reports.base import RunReport
from sync.run.context import RunContext
from sync.run.dry_run import dry_run, end_dry_run_log, go_live_summary, go_live_summary_so_far
from sync.run.limits import hold_back, recover_interrupted_mails, track_mails
from sync.run.writeback import WriteContext, apply_plan, recover_interrupted_writes

log = structlog.get_logger()


def plan_run(context: RunContext) -> RunReport:
    """Pull, evaluate, allocate, plan, and ask the guard: everything short of writing."""
    report = _look(context, *_wake(context))
    return report if context.writes else replace(report, shadow=go_live_summary_so_far(report, context.store))


def _look(context: RunContext, run: str, started: datetime) -> RunReport:
    recover_interrupted_writes(context.tracker, context.store.journal)
    recover_interrupted_mails(context.store)
    pulled = context.tracker.pull(context.scope)
    snapshot = without_own_edits(pulled, context.store.activity.touches(), context.policy.prefix)
    commands = _hear(context, snapshot)
    ruleset = _rules_today(context, commands)
    backlog = Backlog.of(snapshot, capacities(snapshot, context.capacity))
    judgement = evaluate(backlog, ruleset)
    earlier = context.store.history.backlogs()
    deep = score(
        backlog, judgement, lambda around, issue: judge_alone(around, issue, ruleset), earlier, target=ruleset.horizon
    )
    proposal = propose(backlog, judgement)
    plan = plan_changes(snapshot, judgement, proposal, context.policy, _memory(context, snapshot), commands)
    context.store.journal.remember(plan.marks)  # what people took away is known from now on, whether or not we write
    plan = hold_back(plan, context, snapshot, commands)
    return RunReport(
        run=run,
        started=started,
        finished=context.clock(),
        site=context.site,
        snapshot=snapshot,
        backlog=backlog,
        judgement=judgement,
        deep=deep,
        capacities=proposal.capacities,
        proposal=proposal,
        plan=plan,
        commands=commands,
        refused=_refusal(plan, context),
        writes=context.writes,
        requests=context.tracker.requests,
        history=context.store.history.trend(),
        quiet_until=context.quiet.until(started) if context.quiet else None,
    )


def execute_run(context: RunContext, *, expect: str | None = None) -> RunReport:
    """Take all eight stops; writes only where the configuration allows it and the guard lets it pass.

    Where writing is off, the pass is played to its end in the diary instead. Raises `DigestMismatch` when the plan is
    not the one named by `expect`.
    """
    tell = context.publisher()
    report = _look(context, *_wake(context))
    if expect is not None and report.plan.digest != expect:
        raise DigestMismatch(
            f"the plan's digest is {report.plan.digest}, not {expect}: something changed since the review; "
            "look at `readyline plan` again"
        )
    if not context.writes:
        report = _rehearse(report, context)
    elif not report.refused and report.quiet_until is None:
        end_dry_run_log(context.store)
        report = _apply(report, context)
    context.store.history.add(report.run, report.snapshot, report.judgement, report.deep)
    context.store.baseline.shrink(_fingerprints(report.judgement))
    tell(report)
    _log_pass(report)
    return report


def _wake(context: RunContext) -> tuple[str, datetime]:
    started = context.clock()
    run = f"{started:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
    structlog.contextvars.bind_contextvars(run=run)
    return run, started


def _hear(context: RunContext, snapshot: Snapshot) -> Commands:
    paths = {rule.path for rule in context.ruleset.product}
    return read_commands(snapshot, allowed=context.commanders, rules=paths, given=context.store.answers.given())


def _rules_today(context: RunContext, commands: Commands) -> Ruleset:
    """The configured rules with what people accepted: the baseline of day one, and waivers from comments."""
    waivers = (*context.ruleset.waivers, *commands.waivers)
    return replace(context.ruleset, waivers=waivers, baseline=context.store.baseline.fingerprints())


def _memory(context: RunContext, snapshot: Snapshot) -> Mapping[str, OwnMarks]:
    """What we know to be ours; where the store was lost, the tracker's own note of it on issues with our labels."""
    memory = context.store.journal.memory()
    forgotten = [
        issue
        for issue in (*snapshot.issues, *snapshot.history)
        if issue.id not in memory and not issue.labels.isdisjoint(context.policy.own_labels)
    ]
    for issue in forgotten:
        fresh = context.tracker.read(issue.id)
        if fresh is not None:
            memory[issue.id] = fresh.marks
    return memory


def _refusal(plan: ChangePlan, context: RunContext) -> str:
    try:
        guard(plan, context.policy.limits)
    except UnsafePlan as unsafe:
        return str(unsafe)
    return ""


def _apply(report: RunReport, context: RunContext) -> RunReport:
    snapshot = report.snapshot
    seen = {issue.id: issue for issue in (*snapshot.history, *snapshot.issues)}
    writing = WriteContext(
        tracker=context.tracker,
        journal=context.store.journal,
        clock=context.clock,
        replan=lambda issue: _replan(issue, report, context),
        stopping=context.stopping,
    )
    with track_mails(report, context):
        outcomes = apply_plan(report.plan, seen, report.run, writing) if report.plan.changes else ()
    context.store.answers.give(_given(report, outcomes))
    return replace(report, outcomes=outcomes, finished=context.clock(), requests=context.tracker.requests)


def _rehearse(report: RunReport, context: RunContext) -> RunReport:
    """Play the pass to its end beside the tracker, and tell what the diary says by now."""
    with dry_run(report, context) as (stage, diary):
        played = _look(stage, report.run, report.started)
        if played.quiet_until is None:
            _apply(played, stage)
        return replace(report, shadow=go_live_summary(report, diary))


def _replan(issue: Issue, report: RunReport, context: RunContext) -> ChangePlan:
    """Judge one issue that changed under our hands, and plan for it alone."""
    backlog = report.backlog.with_issue(issue)
    judged = (judge_alone(backlog, issue, _rules_today(context, report.commands)),) if issue.key in backlog.rank else ()
    memory, alone = context.store.journal.memory(), Judgement(verdicts=judged)
    return plan_changes(backlog.snapshot, alone, report.proposal, context.policy, memory, report.commands)


def _given(report: RunReport, outcomes: tuple[Outcome, ...]) -> tuple[Answer, ...]:
    """The answers whose comment was not written stay open: they are given by a later pass."""
    unsaid = {o.change.issue for o in outcomes if isinstance(o.change, PutComment) and o.result is not Result.DONE}
    unsaid |= {change.issue for change in report.plan.held if isinstance(change, PutComment)}
    return tuple(answer for answer in report.commands.fresh if answer.issue not in unsaid)


def _fingerprints(judgement: Judgement) -> frozenset[str]:
    return frozenset(finding.fingerprint for verdict in judgement.verdicts for finding in verdict.findings)


def _log_pass(report: RunReport) -> None:
    failed = sum(outcome.result is Result.FAILED for outcome in report.outcomes)
    log.info(
        "cycle.finished",
        issues=len(report.snapshot.issues),
        ready=len(report.judgement.ready),
        planned=len(report.plan.changes),
        written=sum(outcome.result is Result.DONE for outcome in report.outcomes),
        failed=failed,
        refused=bool(report.refused),
        requests=report.requests,
        seconds=round((report.finished - report.started).total_seconds(), 3),
    )
