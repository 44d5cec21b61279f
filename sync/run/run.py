"""One pass through the eight stops: the file to read first.

    wake      a schedule or a command      a run id bound to the logs
    pull      scope                        Snapshot
    evaluate  snapshot, rules              Judgement, Deep
    allocate  snapshot, judgement          capacities, SprintProposal
    plan      all of these, policy         ChangePlan
    guard     plan, limits                 go on, or a refusal
    apply     plan                         outcomes, each journalled
    tell      everything                   reports and messages

`look` takes the first six and writes nothing anywhere but in our own store; `one_pass` goes on.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import structlog

from rules.backlog.own_edits import without_our_edits
from rules.capacity import capacities
from rules.commands import Answer, Heard, hear
from rules.deep import judge_backlog
from rules.evaluate import evaluate
from rules.model import Issue, Marks, Snapshot
from rules.plan.changes import ChangePlan, PutComment, UnsafePlan, guard
from rules.plan.compare import plan_changes
from rules.plan.outcome import Outcome, Result
from rules.planning import propose
from rules.ruleset import Ruleset
from rules.verdict import Judgement
from sync.errors import DigestMismatch
from sync.reports.base import RunReport
from sync.run.context import Desk
from sync.run.dry_run import card, card_so_far, end_diary, rehearsal
from sync.run.limits import accounted, restrained, settle_cut_mails
from sync.run.writeback import Hands, carry_out, settle_cut_writes

log = structlog.get_logger()


def look(desk: Desk) -> RunReport:
    """Pull, evaluate, allocate, plan, and ask the guard: everything short of writing."""
    report = _look(desk, *_wake(desk))
    return report if desk.writes else replace(report, shadow=card_so_far(report, desk.store))


def _look(desk: Desk, run: str, started: datetime) -> RunReport:
    settle_cut_writes(desk.tracker, desk.store.journal)
    settle_cut_mails(desk.store)
    pulled = desk.tracker.pull(desk.scope)
    snapshot = without_our_edits(pulled, desk.store.activity.touches(), desk.policy.prefix)
    heard = _hear(desk, snapshot)
    ruleset = _rules_today(desk, heard)
    judgement = evaluate(snapshot, ruleset)
    capacity = capacities(snapshot, desk.capacity)
    deep = judge_backlog(snapshot, judgement, capacity, desk.store.history.backlogs(), target=ruleset.horizon)
    proposal = propose(snapshot, judgement, capacity)
    plan = plan_changes(snapshot, judgement, proposal, desk.policy, _memory(desk, snapshot), heard)
    desk.store.journal.remember(plan.marks)  # what people took away is known from now on, whether or not we write
    plan = restrained(plan, desk, snapshot, heard)
    return RunReport(
        run=run,
        started=started,
        finished=desk.clock(),
        site=desk.site,
        snapshot=snapshot,
        judgement=judgement,
        deep=deep,
        capacities=proposal.capacities,
        proposal=proposal,
        plan=plan,
        heard=heard,
        refused=_refusal(plan, desk),
        writes=desk.writes,
        requests=desk.tracker.requests,
        history=desk.store.history.trend(),
        quiet_until=desk.quiet.until(started) if desk.quiet else None,
    )


def one_pass(desk: Desk, *, expect: str | None = None) -> RunReport:
    """Take all eight stops; writes only where the configuration allows it and the guard lets it pass.

    Where writing is off, the pass is played to its end in the diary instead. Raises `DigestMismatch` when the plan is
    not the one named by `expect`.
    """
    tell = desk.teller()
    report = _look(desk, *_wake(desk))
    if expect is not None and report.plan.digest != expect:
        raise DigestMismatch(
            f"the plan's digest is {report.plan.digest}, not {expect}: something changed since the review; "
            "look at `readyline plan` again"
        )
    if not desk.writes:
        report = _rehearse(report, desk)
    elif not report.refused and report.quiet_until is None:
        end_diary(desk.store)
        report = _apply(report, desk)
    desk.store.history.add(report.run, report.snapshot, report.judgement, report.deep)
    desk.store.baseline.shrink(_fingerprints(report.judgement))
    tell(report)
    _log_pass(report)
    return report


def _wake(desk: Desk) -> tuple[str, datetime]:
    started = desk.clock()
    run = f"{started:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
    structlog.contextvars.bind_contextvars(run=run)
    return run, started


def _hear(desk: Desk, snapshot: Snapshot) -> Heard:
    paths = {rule.path for rule in desk.ruleset.product}
    return hear(snapshot, allowed=desk.commanders, rules=paths, given=desk.store.answers.given())


def _rules_today(desk: Desk, heard: Heard) -> Ruleset:
    """The configured rules with what people accepted: the baseline of day one, and waivers from comments."""
    waivers = (*desk.ruleset.waivers, *heard.waivers)
    return replace(desk.ruleset, waivers=waivers, baseline=desk.store.baseline.fingerprints())


def _memory(desk: Desk, snapshot: Snapshot) -> Mapping[str, Marks]:
    """What we know to be ours; where the store was lost, the tracker's own note of it on issues with our labels."""
    memory = desk.store.journal.memory()
    forgotten = [
        issue
        for issue in (*snapshot.issues, *snapshot.history)
        if issue.id not in memory and not issue.labels.isdisjoint(desk.policy.own_labels)
    ]
    for issue in forgotten:
        fresh = desk.tracker.read(issue.id)
        if fresh is not None:
            memory[issue.id] = fresh.marks
    return memory


def _refusal(plan: ChangePlan, desk: Desk) -> str:
    try:
        guard(plan, desk.policy.limits)
    except UnsafePlan as unsafe:
        return str(unsafe)
    return ""


def _apply(report: RunReport, desk: Desk) -> RunReport:
    snapshot = report.snapshot
    seen = {issue.id: issue for issue in (*snapshot.history, *snapshot.issues)}
    hands = Hands(
        tracker=desk.tracker,
        journal=desk.store.journal,
        clock=desk.clock,
        replan=lambda issue: _replan(issue, report, desk),
        stopping=desk.stopping,
    )
    with accounted(report, desk):
        outcomes = carry_out(report.plan, seen, report.run, hands) if report.plan.changes else ()
    desk.store.answers.give(_given(report, outcomes))
    return replace(report, outcomes=outcomes, finished=desk.clock(), requests=desk.tracker.requests)


def _rehearse(report: RunReport, desk: Desk) -> RunReport:
    """Play the pass to its end beside the tracker, and tell what the diary says by now."""
    with rehearsal(report, desk) as (stage, diary):
        played = _look(stage, report.run, report.started)
        if played.quiet_until is None:
            _apply(played, stage)
        return replace(report, shadow=card(report, diary))


def _replan(issue: Issue, report: RunReport, desk: Desk) -> ChangePlan:
    """Judge one issue that changed under our hands, and plan for it alone."""
    then = report.snapshot
    issues, history = (
        tuple(issue if known.id == issue.id else known for known in part) for part in (then.issues, then.history)
    )
    snapshot = replace(then, issues=issues, history=history)
    judgement = evaluate(snapshot, _rules_today(desk, report.heard))
    alone = replace(judgement, verdicts=tuple(v for v in judgement.verdicts if v.issue.id == issue.id))
    memory = desk.store.journal.memory()
    return plan_changes(snapshot, alone, report.proposal, desk.policy, memory, report.heard)


def _given(report: RunReport, outcomes: tuple[Outcome, ...]) -> tuple[Answer, ...]:
    """The answers whose comment was not written stay open: they are given by a later pass."""
    unsaid = {o.change.issue for o in outcomes if isinstance(o.change, PutComment) and o.result is not Result.DONE}
    unsaid |= {change.issue for change in report.plan.held if isinstance(change, PutComment)}
    return tuple(answer for answer in report.heard.fresh if answer.issue not in unsaid)


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
