"""From pull to guard: what a run reads, finds and plans. Nothing is written to the tracker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from rules.backlog.index import Backlog
from rules.backlog.own_edits import without_own_edits
from rules.capacity.compute import capacities
from rules.capacity.model import TeamCapacity
from rules.capacity.periods import with_periods
from rules.capacity.unit import in_unit
from rules.commands.answers import Commands
from rules.deep.model import Deep
from rules.deep.score import score
from rules.evaluate import evaluate, judge_alone
from rules.inventory.new_issues import new_issues
from rules.inventory.work import contents
from rules.living_page import with_ticks
from rules.model import OwnMarks, Snapshot
from rules.plan.changes import ChangePlan
from rules.plan.compare import plan_changes
from rules.plan.decisions import (
    acknowledged,
    choices_of,
    decided,
    with_acknowledgements,
    with_rejections,
)
from rules.plan.guard import Limits, UnsafePlan, guard
from rules.plan.pauses import ended_places, lost_pauses, resumed, resumed_memory
from rules.plan.policy import Policy
from rules.plan.release_label import releases
from rules.planning.goals import TeamGoal, goals_of
from rules.planning.look_ahead import look_ahead
from rules.planning.model import SprintProposal
from rules.planning.proposal import propose
from rules.planning.running import RunningSprint, running_sprints, scopes_at_start
from rules.planning.since import last_planning
from rules.planning.take_out import with_take_out
from rules.verdict import Judgement, Ruleset
from sync.collector import no_search_for_cycles
from sync.reports.base import PlanAhead, RunReport
from sync.reports.names import with_named_grounds
from sync.run.context import RunContext
from sync.run.decisions import counted_commands, given_commands, known_marks, rules_today
from sync.run.left_issues import with_left, without_lost
from sync.run.limits import hold_back
from sync.run.living_page import paged, with_page_issue
from sync.run.names import with_owner_named
from sync.run.old_issues import asked_about
from sync.run.readings import keep_readings, recall_readings
from sync.solver import solver
from sync.store import Store


@dataclass(frozen=True, slots=True)
class _Pulled:
    """What the tracker holds, as people left it: without our own edits, with their commands and what is ours."""

    snapshot: Snapshot
    commands: Commands
    memory: Mapping[str, OwnMarks]


@no_search_for_cycles()
def look(context: RunContext, run: str, started: datetime) -> RunReport:
    """The report of a run that has written nothing yet; `run` is its id."""
    store, policy = context.store, context.policy
    pulled = _pulled(context, started)
    snapshot, memory = pulled.snapshot, pulled.memory
    backlog = _backlog(snapshot, context)
    commands = counted_commands(pulled.commands, backlog, context, store)
    ruleset = rules_today(context.ruleset, commands.waivers, store, snapshot)
    judgement = evaluate(backlog, ruleset)
    deep = scored(backlog, judgement, ruleset, context)
    commands = with_rejections(commands, backlog, lambda choices: propose(backlog, judgement, choices))
    proposal, goals = allocated(backlog, judgement, commands, context)
    running = running_of(backlog, proposal.capacities, context, store)
    commands, plan = planned(commands, running, snapshot, judgement, proposal, policy, memory, store)
    plan = paged(plan, snapshot, judgement, deep, proposal, commands, memory, context)
    plan = with_named_grounds(plan, snapshot.names)
    finished = context.clock()
    plan = hold_back(plan, snapshot, commands, policy, store, context.tracker, finished)
    report = RunReport(
        run=run,
        started=started,
        finished=finished,
        site=context.site,
        backlog=backlog,
        judgement=judgement,
        deep=deep,
        capacities=proposal.capacities,
        proposal=proposal,
        goals=goals,
        running=acknowledged(running, commands),
        plan=plan,
        commands=commands,
        refused=_refusal(plan, policy.limits),
        writes=context.writes,
        requests=context.tracker.requests,
        quiet_until=context.quiet.until(started) if context.quiet else None,
        as_of=context.mirror_as_of if context.mirror_as_of == snapshot.taken_at else None,
    )
    return _with_what_reports_show(report, context)


def _pulled(context: RunContext, started: datetime) -> _Pulled:
    """Read the tracker, then what people said and decided there, then what of it is ours."""
    store, policy = context.store, context.policy
    ended = ended_places(store.pauses.all(), started)
    human = without_own_edits(_complete(context), store.human_edits.by_issue(), policy.prefix)
    named = with_ticks(with_owner_named(resumed(human, ended)), context.commanders)
    commands = given_commands(named, context, store)
    decided = replace(named, takers=commands.takers, promises=commands.promises)
    placed = with_periods(decided, context.scope.closed_sprints, context.capacity.timezone)
    memory = resumed_memory(known_marks(placed, policy, store, context.tracker), ended)
    store.pauses.add(lost_pauses(placed.by_id.values(), memory, store.pauses.all()))
    commands = replace(commands, released=releases(placed, commands, memory, policy))
    snapshot = in_unit(replace(placed, released=frozenset(commands.released)), context.capacity.unit)
    return _Pulled(snapshot, commands, memory)


def _complete(context: RunContext) -> Snapshot:
    """What the tracker holds in the scope, with issues that left it and the issue of the living page.

    That no label of ours is known any more on a deleted or hidden issue is remembered.
    """
    journal, stays = context.store.journal, context.policy.released
    pulled, known = context.tracker.pull(context.scope), journal.memory()
    complete = with_left(pulled, known, context.tracker, stays=stays)
    journal.remember(without_lost(complete, known, stays=stays))
    return with_page_issue(complete, context.page, known, context.tracker)


def _backlog(snapshot: Snapshot, context: RunContext) -> Backlog:
    """The backlog; texts that an earlier run read are not read again."""
    expected = capacities(snapshot, context.capacity, context.store.forecasts.all())
    read_before = recall_readings(context.mirror, snapshot.issues, context.vocabulary)
    backlog = Backlog.of(snapshot, expected, context.vocabulary, read_before)
    keep_readings(context.mirror, backlog, read_before)
    return backlog


def _with_what_reports_show(report: RunReport, context: RunContext) -> RunReport:
    """The report with what no write depends on."""
    store, backlog, judgement = context.store, report.backlog, report.judgement
    trend = store.history.trend()
    served = frozenset(key for goal in report.goals for key in goal.links)
    return replace(
        report,
        old_issues=asked_about(backlog, judgement, report.commands, report.plan, context),
        contents=contents(backlog, judgement, context.contents, context.channels, served),
        new_issues=new_issues(
            backlog,
            context.new_issues,
            context.channels,
            since_run=max((one.at for one in trend if one.at < report.started), default=None),
            since_planning=last_planning(backlog),
        ),
        plan_ahead=PlanAhead(
            partial(
                look_ahead, backlog, judgement, report.proposal, context.planning, solver(), store.planned_ahead.all()
            )
        ),
        planning=context.planning,
        lead_time=context.lead_time,
        topics=tuple(one for one in store.topics.all() if one.is_open(report.snapshot.taken_at)),
        seen_ahead=store.seen_ahead.all(),
        history=trend,
        absences_left_out=context.absences_left_out,
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


def planned(  # noqa: PLR0913, PLR0917 - everything that a plan depends on
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


def running_of(
    backlog: Backlog, capacities: Sequence[TeamCapacity], context: RunContext, store: Store
) -> tuple[RunningSprint, ...]:
    """The running sprints; the start of one that no run saw before is kept."""
    starts = scopes_at_start(backlog, store.sprint_scopes.all(), capacities)
    store.sprint_scopes.add(starts.values())
    return running_sprints(backlog, starts, capacities, context.planning)


def _refusal(plan: ChangePlan, limits: Limits) -> str:
    try:
        guard(plan, limits)
    except UnsafePlan as unsafe:
        return str(unsafe)
    return ""
