"""One run through the eight stops: the file to read first.

    begin     a schedule or a command      a run id bound to the logs
    pull      scope                        Snapshot
    evaluate  snapshot, rules              Judgement, Deep
    allocate  snapshot, judgement          capacities, SprintProposal
    plan      all of these, policy         ChangePlan
    guard     plan, limits                 go on, or a refusal
    apply     plan                         outcomes, each in the journal
    publish   everything                   reports and messages

`plan_run` takes the first six; with a copy of the store it writes nothing anywhere. `execute_run` takes all eight.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import cache, partial

import structlog

from rules.backlog.index import Backlog
from rules.backlog.own_edits import without_own_edits
from rules.capacity.compute import capacities
from rules.capacity.model import TeamCapacity
from rules.capacity.periods import in_period, periods_by_team, with_periods
from rules.capacity.record import to_keep
from rules.capacity.unit import in_unit, sized
from rules.commands.answers import Answer, Commands
from rules.commands.read import read_commands
from rules.deep import score
from rules.deep.model import Deep
from rules.evaluate import evaluate, judge_alone
from rules.inventory.new_issues import new_issues
from rules.inventory.work import contents
from rules.learning.learn import Kept, learn
from rules.learning.reactions import Look, followed
from rules.learning.trends import sprint_starts
from rules.living_page import with_ticks
from rules.model import NO_MARKS, Issue, OwnMarks, Snapshot
from rules.plan.changes import ChangePlan, DeleteComment, PutComment, identity_of
from rules.plan.compare import plan_changes
from rules.plan.decisions import (
    acknowledged,
    choices_of,
    decided,
    with_acknowledgements,
    with_rejections,
    without_idle_waivers,
)
from rules.plan.grounds import DOUBLE, Ground
from rules.plan.guard import Limits, UnsafePlan, guard
from rules.plan.left_alone import held_by_baseline
from rules.plan.marks import after
from rules.plan.not_written import Decision, not_written
from rules.plan.outcome import Outcome, Result
from rules.plan.pauses import over, resumed, resumed_issue, resumed_memory
from rules.plan.policy import Policy
from rules.plan.preview import verdict_of
from rules.plan.promises import with_promises
from rules.plan.release_label import releases
from rules.planning.goals import TeamGoal, goals_of
from rules.planning.look_ahead import look_ahead
from rules.planning.model import SprintProposal
from rules.planning.proposal import propose
from rules.planning.running import RunningSprint, running_sprints, scopes_at_start
from rules.planning.since import last_planning
from rules.planning.take_out import with_take_out
from rules.verdict import Judgement, Ruleset, Waiver
from sync.collector import no_search_for_cycles
from sync.errors import CUTS, DigestMismatch, ReadylineError, Stopped, StoreError
from sync.reports.base import CutRun, PlanAhead, RunReport
from sync.reports.names import with_named_grounds, with_names
from sync.run.context import RunContext, begin
from sync.run.dry_run import (
    dry_run,
    end_dry_run_log,
    go_live_summary,
    go_live_summary_so_far,
    is_judged_alike,
    relabelled,
)
from sync.run.left_issues import with_left, without_lost
from sync.run.limits import hold_back, recover_interrupted_mails, track_mails
from sync.run.living_page import paged, paged_again, with_page_issue
from sync.run.names import with_owner_named
from sync.run.old_issues import asked_about
from sync.run.readings import keep_readings, recall_readings
from sync.run.recorded import Recorder, reading_of
from sync.run.refinement import follow_refinement
from sync.run.writeback import STOPPED, WriteContext, apply_plan, recover_interrupted_writes
from sync.solver import solver
from sync.store import Store
from sync.store.day_parts import Answers, StoredDay, is_complete, parts_of
from sync.store.day_rows import rows_of
from sync.store.days import Days
from sync.store.journal import DOUBLES, SECOND_WORKER
from sync.trackers.base import RemovesDoubles, Tracker

log = structlog.get_logger()

NOT_REACHED = "the run was cut short before it"
UNKNOWN = "it is not known whether it was written; the next run checks"


def plan_run(context: RunContext) -> RunReport:
    """Pull, evaluate, allocate, plan, and ask the guard: everything short of writing to the tracker."""
    run, started = begin(context.clock)
    _recover(context, started)
    report = with_names(_look(context, run, started))
    if context.writes:
        return report
    return replace(report, go_live=go_live_summary_so_far(report, context.store.place, context.tracker))


def with_learned(report: RunReport, context: RunContext) -> RunReport:
    """The report with what the past teaches the teams, which is worked out once a whole report shows it."""
    kept = Kept(shown=context.store.reactions.all(), starts=context.store.sprint_starts.all())
    lesson = partial(learn, report.backlog, context.ruleset, context.capacity, kept, context.learning)
    return replace(report, learn=cache(lesson))


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
        looked = report = _look(replace(context, tracker=recorder), run, started)
        report = _execute(report, context, expect)
    except CUTS as error:
        cut_short(run, report, error, context.store, on_cut)
        raise
    named = with_names(report)
    _keep_unwritten(named, context.store, _obstacle(report))
    if not report.snapshot.stopped:  # without a team the figures are not comparable, and nothing of it is known
        _follow_reactions(report, context)
        follow_refinement(report, context)
        context.store.history.add(report.run, report.snapshot, report.judgement, report.deep)
        starts = sprint_starts(report.snapshot, report.judgement, report.deep, report.capacities)
        context.store.sprint_starts.keep(starts, report.snapshot.taken_at)
        marks = held_by_baseline(report.judgement, report.proposal)
        context.store.baseline.shrink(_fingerprints(report.judgement), marks)
    _keep_day(report, context, recorder.answers, held, looked.finished)
    forecasts = context.store.forecasts
    forecasts.keep(to_keep(forecasts.all(), report.snapshot, report.capacities))
    report = with_learned(named, context)
    publish(report)
    _keep_plan_ahead(report, context.store)
    _log_run(report)
    return report


def _keep_plan_ahead(report: RunReport, store: Store) -> None:
    """Keep the look-ahead where a report showed it: the next one stays close to what people saw."""
    shown = report.plan_ahead.shown if report.plan_ahead is not None else None
    if shown is not None and not report.snapshot.stopped:
        store.planned_ahead.keep(shown.planned)


def _execute(report: RunReport, context: RunContext, expect: str | None) -> RunReport:
    """Write the plan, or the dry-run log where writing is off."""
    if expect is not None and report.plan.digest != expect:
        mismatch = DigestMismatch(
            f"the plan's digest is {report.plan.digest}, not {expect}: something changed since the review; "
            "look at `readyline plan` again"
        )
        _keep_unwritten(with_names(report), context.store, (Decision.REFUSED, str(mismatch)))
        raise mismatch
    if not context.writes:
        return _dry_run(report, context)
    if report.refused or report.quiet_until is not None:
        return report
    end_dry_run_log(context.store.place)
    return _apply(report, context)


def _obstacle(report: RunReport) -> tuple[Decision, str] | None:
    """What kept the whole plan from being written."""
    if not report.writes:
        return Decision.OFF, "[write_back] enabled is false"
    if report.refused:
        return Decision.REFUSED, report.refused
    if report.quiet_until is not None:
        return Decision.QUIET_HOURS, f"quiet hours until {report.quiet_until:%Y-%m-%d %H:%M}"
    return None


def _keep_unwritten(report: RunReport, store: Store, obstacle: tuple[Decision, str] | None = None) -> None:
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


def cut_short(
    run: str, report: RunReport | None, error: ReadylineError, store: Store, on_cut: Callable[[CutRun], None]
) -> None:
    """Log that a run was cut short, keep what it did not write, and let `on_cut` say it."""
    cut = _cut(run, report, str(error), store)
    if cut.report is not None:
        _keep_unwritten(with_names(cut.report), store)
    log.info("run.cut_short", why=cut.why, written=cut.written, go_on=" ".join(cut.how_to_go_on))
    on_cut(cut)


def _cut(run: str, report: RunReport | None, why: str, store: Store) -> CutRun:
    """What a run had done when it was cut short: the journal knows, also where the error says nothing of it."""
    if report is None:
        return CutRun(run=run, why=why)
    written = {identity_of(write.change): write for write in store.journal.writes_of(run)}
    outcomes = []
    for change in report.plan.changes:
        write = written.get(identity_of(change))
        if write is None:
            outcome = Outcome(change=change, result=Result.SKIPPED, reason=NOT_REACHED)
        elif write.result is None:
            outcome = Outcome(change=change, result=Result.FAILED, reason=UNKNOWN)
        else:
            outcome = Outcome(change=change, result=write.result, reason=write.reason)
        outcomes.append(outcome)
    return CutRun(run=run, why=why, report=replace(report, outcomes=tuple(outcomes)))


def replay_run(context: RunContext, day: StoredDay) -> RunReport:
    """The report of an earlier day's run before it wrote, made again from what that run was given.

    The context holds its answers, the store of that moment and the configuration of today; nothing is asked or kept.
    """
    report = with_names(_look(context, day.run, day.started))
    return replace(report, finished=day.finished, requests=day.requests, go_live=day.go_live)


def _recover(context: RunContext, started: datetime) -> None:
    """Learn how the writes and mails of a run that was cut off ended."""
    recover_interrupted_writes(context.tracker, context.store.journal)
    recover_interrupted_mails(context.store, started)


def _keep_day(
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


@no_search_for_cycles()
def _look(context: RunContext, run: str, started: datetime) -> RunReport:
    store, policy = context.store, context.policy
    pulled = context.tracker.pull(context.scope)
    known = store.journal.memory()
    complete = with_left(pulled, known, context.tracker, stays=policy.released)
    store.journal.remember(without_lost(complete, known, stays=policy.released))
    complete = with_page_issue(complete, context.page, known, context.tracker)
    places = over(store.pauses.all(), started)
    human = without_own_edits(complete, store.human_edits.by_issue(), policy.prefix)
    named = with_ticks(with_owner_named(resumed(human, places)), context.commanders)
    read = _read_commands(named, context, store)
    decided = replace(named, takers=read.takers, promises=read.promises)
    placed = with_periods(decided, context.scope.closed_sprints, context.capacity.timezone)
    memory = resumed_memory(_memory(placed, policy, store, context.tracker), places)
    read = replace(read, released=releases(placed, read, memory, policy))
    snapshot = in_unit(replace(placed, released=frozenset(read.released)), context.capacity.unit)
    expected = capacities(snapshot, context.capacity, store.forecasts.all())
    read_before = recall_readings(context.mirror, snapshot.issues, context.vocabulary)
    backlog = Backlog.of(snapshot, expected, context.vocabulary, read_before)
    keep_readings(context.mirror, backlog, read_before)
    commands = _commands(read, backlog, context, store)
    ruleset = rules_today(context.ruleset, commands.waivers, store, snapshot)
    judgement = evaluate(backlog, ruleset)
    deep = scored(backlog, judgement, ruleset, context)
    commands = with_rejections(commands, backlog, lambda choices: propose(backlog, judgement, choices))
    proposal, goals = allocated(backlog, judgement, commands, context)
    running = _running(backlog, proposal.capacities, context, store)
    commands, plan = _planned(commands, running, snapshot, judgement, proposal, policy, memory, store)
    plan = paged(plan, snapshot, judgement, deep, proposal, commands, memory, context)
    plan = with_named_grounds(plan, snapshot.names)
    planned, trend = context.clock(), store.history.trend()
    plan = hold_back(plan, snapshot, commands, policy, store, context.tracker, planned)
    return RunReport(
        run=run,
        started=started,
        finished=planned,
        site=context.site,
        backlog=backlog,
        judgement=judgement,
        deep=deep,
        capacities=proposal.capacities,
        proposal=proposal,
        goals=goals,
        old_issues=asked_about(backlog, judgement, commands, plan, context),
        contents=contents(backlog, judgement, context.contents, context.channels),
        new_issues=new_issues(
            backlog,
            context.new_issues,
            since_run=max((one.at for one in trend if one.at < started), default=None),
            since_planning=last_planning(backlog),
        ),
        running=acknowledged(running, commands),
        plan_ahead=PlanAhead(
            partial(look_ahead, backlog, judgement, proposal, context.planning, solver(), store.planned_ahead.all())
        ),
        planning=context.planning,
        topics=tuple(one for one in store.topics.all() if one.is_open(snapshot.taken_at)),
        seen_ahead=store.seen_ahead.all(),
        lead_time=context.lead_time,
        plan=plan,
        commands=commands,
        refused=_refusal(plan, policy.limits),
        writes=context.writes,
        requests=context.tracker.requests,
        history=trend,
        quiet_until=context.quiet.until(started) if context.quiet else None,
        absences_left_out=context.absences_left_out,
        as_of=context.mirror_as_of if context.mirror_as_of == snapshot.taken_at else None,
    )


def scored(backlog: Backlog, judgement: Judgement, ruleset: Ruleset, context: RunContext) -> Deep:
    """The DEEP measures of a backlog, with what earlier runs saw of it."""
    return score(
        backlog,
        judgement,
        lambda around, issue: judge_alone(around, issue, ruleset),
        context.store.history.backlogs(backlog.snapshot.taken_at),
        target=ruleset.horizon,
        measures=context.measures,
    )


def allocated(
    backlog: Backlog, judgement: Judgement, commands: Commands, context: RunContext
) -> tuple[SprintProposal, tuple[TeamGoal, ...]]:
    """The proposal, with what to take out of sprints that hold too much, and the goals of the next sprints."""
    proposal = propose(backlog, judgement, choices_of(commands))
    goals = goals_of(backlog, judgement, proposal, context.planning)
    return replace(proposal, capacities=with_take_out(proposal.capacities, goals, backlog)), goals


def _planned(  # noqa: PLR0913, PLR0917 - everything that a plan depends on
    commands: Commands,
    running: Sequence[RunningSprint],
    snapshot: Snapshot,
    judgement: Judgement,
    proposal: SprintProposal,
    policy: Policy,
    memory: Mapping[str, OwnMarks],
    store: Store,
) -> tuple[Commands, ChangePlan]:
    """The commands with their answers in words, and the changes.

    What people took away is known from now on, whether or not we write.
    """
    commands = with_acknowledgements(decided(commands, snapshot, proposal, policy), running)
    plan = plan_changes(snapshot, judgement, proposal, policy, memory, commands, baseline=store.baseline.marks())
    store.journal.remember(plan.marks)
    return commands, plan


def _running(
    backlog: Backlog, capacities: Sequence[TeamCapacity], context: RunContext, store: Store
) -> tuple[RunningSprint, ...]:
    """The running sprints; the start of one that no run saw before is kept."""
    starts = scopes_at_start(backlog, store.sprint_scopes.all(), capacities)
    store.sprint_scopes.add(starts.values())
    return running_sprints(backlog, starts, capacities, context.planning)


def _read_commands(snapshot: Snapshot, context: RunContext, store: Store) -> Commands:
    paths = {rule.path for rule in context.ruleset.product}
    read = read_commands(
        snapshot,
        allowed=context.commanders,
        rules=paths,
        given=store.commands.answers(),
        keep_days=context.old_issues.keep_days,
    )
    return with_promises(read, replace(snapshot, takers=read.takers))


def _commands(commands: Commands, backlog: Backlog, context: RunContext, store: Store) -> Commands:
    """The commands without waivers of what does not fail."""
    snapshot = backlog.snapshot
    earlier = tuple(answer.waiver for answer in store.commands.answers() if answer.waiver is not None)
    rules = rules_today(context.ruleset, earlier, store, snapshot)
    return without_idle_waivers(commands, snapshot, lambda issue: judge_alone(backlog, issue, rules))


def rules_today(ruleset: Ruleset, waived: Sequence[Waiver], store: Store, snapshot: Snapshot) -> Ruleset:
    """The configured rules with what people accepted: the baseline of the first day, and waivers from comments.

    Waivers name people, and follow issues that moved to another key.
    """
    names, renamed = snapshot.names, snapshot.renamed
    waivers = tuple(
        replace(
            waiver,
            owner=names.get(waiver.owner, waiver.owner),
            issue=renamed.get(waiver.issue, waiver.issue),
        )
        for waiver in (*ruleset.waivers, *waived)
    )
    return replace(ruleset, waivers=waivers, baseline=store.baseline.reasons())


def _memory(snapshot: Snapshot, policy: Policy, store: Store, tracker: Tracker) -> Mapping[str, OwnMarks]:
    """What we know to be ours; where the store was lost, our property in the tracker of issues with our labels."""
    memory = store.journal.memory()
    forgotten = [
        issue
        for issue in (*snapshot.issues, *snapshot.history)
        if issue.id not in memory and not issue.labels.isdisjoint(policy.own_labels)
    ]
    for issue in forgotten:
        fresh = tracker.read(issue.id)
        if fresh is not None:
            memory[issue.id] = fresh.marks
    return memory


def _refusal(plan: ChangePlan, limits: Limits) -> str:
    try:
        guard(plan, limits)
    except UnsafePlan as unsafe:
        return str(unsafe)
    return ""


def _apply(report: RunReport, context: RunContext) -> RunReport:
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


def _dry_run(report: RunReport, context: RunContext) -> RunReport:
    """The report with what the dry-run log says by now: this run is planned and applied to what would be there by now.

    The limits do not stop it: the summary says which ones would have let it pass.
    """
    policy = context.policy
    with dry_run(report, context.store, context.tracker, stays=policy.released) as (tracker, store, dry_log):
        recover_interrupted_writes(tracker, store.journal)
        recover_interrupted_mails(store, context.clock())
        human = without_own_edits(tracker.snapshot, store.human_edits.by_issue(), policy.prefix)
        read = _read_commands(human, context, store)
        memory = resumed_memory(_memory(human, policy, store, tracker), over(store.pauses.all(), report.started))
        read = replace(read, released=releases(human, read, memory, policy))
        released = frozenset(read.released)
        snapshot = replace(human, takers=read.takers, promises=read.promises, released=released)
        texts_read = replace(report.backlog, snapshot=snapshot, same_texts=report.backlog.near_duplicates)
        commands = _commands(read, texts_read, context, store)
        commands = with_rejections(commands, texts_read, lambda choices: propose(texts_read, report.judgement, choices))
        commanded_alike = _effects(commands) == _effects(report.commands)
        if commanded_alike and is_judged_alike(snapshot, report.snapshot):
            backlog, judgement, proposal = texts_read, relabelled(report.judgement, snapshot), report.proposal
        else:  # an earlier dry run moved issues or answered commands: this is judged as it would be by now
            backlog = replace(texts_read, capacities=capacities(snapshot, context.capacity, store.forecasts.all()))
            judgement = evaluate(backlog, rules_today(context.ruleset, commands.waivers, store, snapshot))
            proposal = propose(backlog, judgement, choices_of(commands))
        running = _running(backlog, proposal.capacities, context, store)
        commands, plan = _planned(commands, running, snapshot, judgement, proposal, policy, memory, store)
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
            _apply(would_be, replace(context, tracker=tracker, store=store))
        return replace(report, go_live=go_live_summary(report, dry_log, context.tracker))


def _effects(commands: Commands) -> tuple[object, ...]:
    """What commands change about verdicts and the proposal."""
    return commands.waivers, commands.takers, commands.promises, choices_of(commands)


def _replan(issue: Issue, report: RunReport, context: RunContext) -> ChangePlan:
    """Judge one issue that changed during the run, and plan for it alone."""
    ruleset, policy, store = context.ruleset, context.policy, context.store
    places = over(store.pauses.all(), report.started)
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
    return with_named_grounds(plan, backlog.snapshot.names)


def _given(report: RunReport, outcomes: tuple[Outcome, ...]) -> tuple[Answer, ...]:
    """The answers that were written; the others stay open and are given by a later run."""
    unwritten = {o.change.issue for o in outcomes if isinstance(o.change, PutComment) and o.result is not Result.DONE}
    unwritten |= {change.issue for change in report.plan.held if isinstance(change, PutComment)}
    return tuple(answer for answer in report.commands.fresh if answer.issue not in unwritten)


def _fingerprints(judgement: Judgement) -> frozenset[str]:
    return frozenset(finding.fingerprint for verdict in judgement.verdicts for finding in verdict.findings)


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
