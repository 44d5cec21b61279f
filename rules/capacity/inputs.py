"""The inputs of one team's capacity, computed once: what the warnings and the explanation read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import fsum

from rules.capacity.days import Cadence, TeamDays
from rules.capacity.hours import Hours
from rules.capacity.meetings import NO_MEETINGS, Meetings
from rules.capacity.model import CommittedForecast, Range, RunningCapacity, SprintOutlook, StoredForecast
from rules.capacity.person_load import PersonLoad
from rules.capacity.points import Velocity
from rules.capacity.skills import Skill
from rules.capacity.time_boxes import of_team
from rules.model import Snapshot, Sprint, Team, Unit


@dataclass(frozen=True, slots=True)
class Load:
    """Open work in a sprint before it is planned.

    `points` of the issues in it, and keys of those without an estimate. `sized` has key and size of the others.
    `running` is the open points of the active sprint, `spill` the share of them (0 to 1) that will probably be carried
    over.
    """

    points: float = 0.0
    running: float = 0.0
    spill: float = 0.0
    unestimated: tuple[str, ...] = ()
    sized: tuple[tuple[str, float], ...] = ()

    @property
    def carry_over(self) -> float:
        """Points that will probably be carried over from the active sprint."""
        return round(self.running * self.spill, 1)

    @property
    def total(self) -> float:
        """Points in the sprint and those carried over into it."""
        return round(self.points + self.carry_over, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityInputs:
    """One team before its next sprint.

    `typical` is its typical velocity in points per sprint, at usual presence; `points` is the range for the people
    present, `exact_points` its P50 before it is rounded, `full_points` the same with everybody present. All are
    `None` if unknown. They count `unit`; `unit_why` says why, "" for the tracker's estimates.
    `committed` is the forecast of the running sprint from its plan. `ways` are the ways in which the team estimates,
    `named_sizes` how many issues have each size that is a name.
    `people` is the load of single people, empty where it is switched off; `skills` are those of the team. `weekly` is
    what a team without sprints finished in each week. `refinements` and `plannings` are those of the calendar.
    `forecasts` are the forecasts that earlier runs made for all teams, with what came.
    """

    team: Team
    sprint: Sprint | None
    days: TeamDays
    hours: Hours
    velocity: Velocity
    typical: float | None
    points: Range | None
    exact_points: float | None
    full_points: float | None
    load: Load
    cadence: Cadence
    parked: tuple[Sprint, ...] = ()
    outlook: tuple[SprintOutlook, ...] = ()
    unit: Unit = Unit.POINTS
    unit_why: str = ""
    running: RunningCapacity | None = None
    forecasts: tuple[StoredForecast, ...] = ()
    committed: CommittedForecast | None = None
    ways: tuple[tuple[str, int], ...] = ()
    named_sizes: Mapping[str, int] = field(default_factory=dict)
    people: tuple[PersonLoad, ...] = ()
    skills: tuple[Skill, ...] = ()
    weekly: tuple[float, ...] = ()
    refinements: Meetings = NO_MEETINGS
    plannings: Meetings = NO_MEETINGS

    @property
    def name(self) -> str:
        """The sprint's name for a sentence."""
        return f'"{self.sprint.name}"' if self.sprint else f"The next {self.box}"

    @property
    def box(self) -> str:
        """What a sprint of the team is called."""
        return of_team(self.team).box

    @property
    def scales(self) -> bool:
        """Whether the points depend on the person-days of the next sprint."""
        return self.velocity.is_per_day or not self.velocity.used


def load_of(snapshot: Snapshot, sprint: Sprint | None, team: Team) -> Load:
    """A team's open work in a sprint, without epics and sub-tasks, whose points are those of their stories."""
    inside = [issue for issue in snapshot.open_in(sprint, team) if issue.is_counted]
    return Load(
        points=fsum(issue.points or 0.0 for issue in inside),
        unestimated=tuple(issue.key for issue in inside if issue.points is None),
        sized=tuple((issue.key, issue.points) for issue in inside if issue.points),
    )
