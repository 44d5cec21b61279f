"""The capacity of every team for its next sprint: person-days, then hours, then points (docs/capacity.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rules.capacity.calendar import calendar_of
from rules.capacity.committed import committed_forecast
from rules.capacity.days import cadence_of, next_sprint, next_window, parked_sprints, team_days
from rules.capacity.explain import explain
from rules.capacity.forecast import guessed, learned_presence
from rules.capacity.hours import team_hours
from rules.capacity.inputs import CapacityInputs, load_of
from rules.capacity.meetings import plannings, refinements
from rules.capacity.model import CapacitySplit, StoredForecast, TeamCapacity, split_capacity
from rules.capacity.options import CapacityOptions
from rules.capacity.outlook import exact_points, outlook, points_in, running_points, spill_rate, usual_points
from rules.capacity.periods import weekly
from rules.capacity.person_load import person_loads
from rules.capacity.points import (
    Finished,
    Members,
    Velocity,
    finished_by_sprint,
    velocity,
    with_planned,
)
from rules.capacity.record import adapted, known, settled
from rules.capacity.running import running_capacity
from rules.capacity.scales import estimated_by, named_sizes, ways
from rules.capacity.skills import skills_of
from rules.capacity.warnings import personal_warnings, warnings_for
from rules.history.replay import sprint_members
from rules.model import Issue, Snapshot, Team, Unit


def capacities(
    snapshot: Snapshot, options: CapacityOptions, forecasts: Sequence[StoredForecast] = ()
) -> tuple[TeamCapacity, ...]:
    """The capacity of each team in its next sprint, in the order of the configuration; none of teams left out.

    `forecasts` are the forecasts that earlier runs made: the ranges follow what came of them.
    """
    finished = finished_by_sprint(snapshot)
    facts = _Facts(
        snapshot,
        options.in_unit(snapshot.unit),
        finished,
        sprint_members(snapshot),
        settled(forecasts, snapshot, finished),
        estimated_by(snapshot) if snapshot.unit is Unit.POINTS else {},
    )
    every = tuple(_basis(facts, team) for team in snapshot.product.teams)
    return tuple(_capacity(basis, every, facts.options) for basis in every if basis.team.name not in snapshot.stopped)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the capacities of all teams rest on."""

    snapshot: Snapshot
    options: CapacityOptions
    finished: Finished
    members: Members
    forecasts: tuple[StoredForecast, ...]
    estimated: Mapping[str, Sequence[Issue]]

    def velocity(self, team: Team) -> Velocity:
        """The team's closed sprints, with how its range follows from them."""
        past = velocity(self.snapshot, team, self.options, self.finished)
        past = with_planned(past, self.snapshot, team, self.members)
        return replace(past, levels=adapted(self.forecasts), presence=learned_presence(past.used))


def _basis(facts: _Facts, team: Team) -> CapacityInputs:
    snapshot, options = facts.snapshot, facts.options
    sprint = next_sprint(snapshot, team)
    days = team_days(team, next_window(snapshot, team, sprint, options.timezone), options.holidays)
    past = facts.velocity(team)
    points, hours = points_in(past, days.net, options), team_hours(days, options)
    usual = points.p50 if points is not None else None
    load = replace(
        load_of(snapshot, sprint, team),
        running=running_points(snapshot, team),
        spill=spill_rate(snapshot, team, past, facts.finished) or 0.0,
    )
    return CapacityInputs(
        team=team,
        sprint=sprint,
        days=days,
        hours=hours,
        velocity=past,
        unit=snapshot.unit,
        unit_why=snapshot.unit_why,
        typical=past.typical if past.typical is not None else _typical_guess(days.gross, options),
        points=points,
        exact_points=exact_points(past, days.net, options),
        full_points=exact_points(past, days.gross, options),
        load=load,
        people=person_loads(snapshot, sprint, team, days, usual, hours.plannable) if team.person_load else (),
        cadence=cadence_of(snapshot, team, options.timezone),
        parked=parked_sprints(snapshot, team),
        outlook=outlook(snapshot, team, past, options),
        running=running_capacity(snapshot, team, past, options),
        skills=skills_of(snapshot.product, days, options.skills),
        weekly=weekly(snapshot, team, facts.finished),
        refinements=refinements(team, days.window, options.holidays),
        plannings=plannings(team, days.window, options.holidays),
        forecasts=facts.forecasts,
        committed=committed_forecast(snapshot, team, past, facts.members, options),
        ways=ways(facts.estimated.get(team.name, ())),
        named_sizes=named_sizes(facts.estimated.get(team.name, ())),
    )


def _typical_guess(gross_days: float, options: CapacityOptions) -> float | None:
    """Points a sprint of `gross_days` person-days by the configured guess, `None` without one."""
    expected = guessed(options.points_per_day, gross_days)
    return expected.p50 if expected is not None and expected.p50 > 0 else None


def _capacity(basis: CapacityInputs, every: tuple[CapacityInputs, ...], options: CapacityOptions) -> TeamCapacity:
    split = _split(basis, options)
    return TeamCapacity(
        team=basis.team,
        sprint=basis.sprint,
        unit=basis.unit,
        gross_days=basis.days.gross,
        net_days=basis.days.net,
        hours=basis.hours.plannable,
        points=basis.points,
        velocity=basis.typical,
        split=split,
        load=basis.load.total,
        carry_over=basis.load.carry_over,
        outlook=basis.outlook,
        usual=usual_points(basis.typical, basis.points),
        cadence_days=basis.cadence.days,
        used_sprints=len(basis.velocity.used),
        confidence=basis.velocity.confidence,
        warnings=warnings_for(basis, every, options),
        explanation=explain(basis, options, split),
        first=basis.days.window.first,
        last=basis.days.window.last,
        timebox=basis.hours.timebox,
        exact_points=basis.exact_points,
        closed=basis.velocity,
        committed=basis.committed,
        record=known(basis.forecasts, basis.team.name),
        running=basis.running,
        calendar=calendar_of(basis.team, basis.days.window, options.holidays),
        people=basis.people,
        personal=tuple(personal_warnings(basis.people, basis.name, basis.unit)),
        skills=basis.skills,
        weekly=basis.weekly,
        meetings=(*basis.plannings.held, *basis.refinements.held),
        buffer=basis.hours.buffer,
    )


def _split(basis: CapacityInputs, options: CapacityOptions) -> CapacitySplit:
    if basis.points is None:
        return split_capacity(basis.hours.plannable, "hours", options.work)
    return split_capacity(basis.points.p50, basis.unit, options.work)
