"""The values of a team's capacity, and how a total is split by kind of work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import chain
from math import floor

from rules.capacity.calendar import PersonCalendar
from rules.capacity.meetings import HeldMeeting
from rules.capacity.options import Work
from rules.capacity.person_load import PersonLoad
from rules.capacity.points import Velocity
from rules.capacity.skills import Skill, SkillLoad
from rules.capacity.tenths import GRAIN, in_tenths
from rules.capacity.time_boxes import TimeBoxes, of_team
from rules.model import Issue, Kind, Sprint, Team, Unit

HALF = 0.5
"""The part of a sprint after which it is looked at as a whole."""


@dataclass(frozen=True, slots=True)
class Range:
    """Points a team finishes in a sprint: `p15` is reached with 85 %, `p50` with 50 %, `p85` with 15 % probability."""

    p15: float
    p50: float
    p85: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredForecast:
    """What was said of a team's sprint before it began, and when.

    `is_guess` says that it rested on no closed sprint. `came` is what the team finished in it, `ended` when it ended;
    both are `None` until it is closed, and `came` also for one that was cut short.
    """

    team: str
    sprint: str
    name: str
    made: datetime
    unit: Unit
    expected: Range
    is_guess: bool = False
    came: float | None = None
    ended: datetime | None = None

    @property
    def is_below(self) -> bool:
        """Whether less came than the low end."""
        return self.came is not None and self.came < self.expected.p15

    @property
    def is_reached(self) -> bool:
        """Whether the high end was reached."""
        return self.came is not None and self.came >= self.expected.p85


@dataclass(frozen=True, slots=True, kw_only=True)
class CommittedForecast:
    """The forecast of a running sprint.

    `planned` was in it when it started, `kept` is the median part of a plan that was finished, `usual` what the people
    present usually finish. P50 of `expected` is √(usual × planned × kept).
    """

    sprint: Sprint
    planned: float
    kept: float
    usual: float
    expected: Range


def order_statistic(values: Sequence[float], chance: float) -> float:
    """The value that the part `chance` of the values is below, between the two nearest and never beyond the ends.

    It is at place chance × (n + 1) of the ordered values: chance × (n - 1) + 1 is too narrow for few of them.
    """
    ordered = sorted(values)
    place = min(max(chance * (len(ordered) + 1), 1), len(ordered)) - 1
    low = floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def week_range(weekly: Sequence[float]) -> Range | None:
    """What is finished in a week, from what was finished in each; `None` where nothing was."""
    if not any(weekly):
        return None
    return Range(*(round(order_statistic(weekly, chance), 1) for chance in (0.15, 0.5, 0.85)))


def percent(share: float, digits: int = 0) -> str:
    """A share (0 to 1) in a sentence: "46 %"."""
    return f"{100 * share:.{digits}f} %"


class Level(StrEnum):
    """How urgent a warning is."""

    RED = "red"
    AMBER = "amber"
    INFO = "info"


class WarningCode(StrEnum):
    """What a warning is about; the values are part of the JSON and CSV outputs."""

    NO_SPRINT = "NO-SPRINT"
    SPRINT_DATES = "SPRINT-DATES"
    SPRINT_LENGTH = "SPRINT-LENGTH"
    SPRINT_ENDS = "SPRINT-ENDS"
    NO_PEOPLE = "NO-PEOPLE"
    PERSON_OVER = "PERSON-OVER"
    HOLIDAYS_UNKNOWN = "HOLIDAYS-UNKNOWN"
    AVAILABILITY = "AVAILABILITY"
    NO_VELOCITY = "NO-VELOCITY"
    SHARED_BOARD = "SHARED-BOARD"
    LOW_CONFIDENCE = "LOW-CONFIDENCE"
    LOAD_UNKNOWN = "LOAD-UNKNOWN"
    OVER_COMMITTED = "OVER-COMMITTED"
    STRETCH = "STRETCH"
    PERSON_LOAD = "PERSON-LOAD"
    SKILL_MISSING = "SKILL-MISSING"
    SKILL_LOAD = "SKILL-LOAD"
    REFINEMENT_TIME = "REFINEMENT-TIME"
    PLANNING_TIME = "PLANNING-TIME"
    REFINEMENT_SHARE = "REFINEMENT-SHARE"
    FOCUS = "FOCUS"
    CAP_DOUBLE = "CAP-DOUBLE"
    HOURS_APART = "HOURS-APART"
    UNDER_COMMITTED = "UNDER-COMMITTED"
    STARVED = "STARVED"
    WORK_MIX = "WORK-MIX"
    SKIPPED_SPRINT = "SKIPPED-SPRINT"
    SPRINT_DAYS = "SPRINT-DAYS"
    PACE_SHIFT = "PACE-SHIFT"
    BUFFER_PLANNED = "BUFFER-PLANNED"
    MIXED_SCALES = "MIXED-SCALES"


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - the word of the domain; the core raises no warnings of Python's
    """A fact to check before Sprint Planning, with its numbers and what to do."""

    code: WarningCode
    level: Level
    text: str


def pressing_first(warnings: Iterable[Warning]) -> tuple[Warning, ...]:
    """Warnings by level, red first, otherwise in the given order."""
    order = list(Level)
    return tuple(sorted(warnings, key=lambda warning: order.index(warning.level)))


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a team's capacity that is reserved for one kind of work, in the unit of the split.

    Issues of `kinds` or with one of `labels` count towards it; the one share without either gets the rest.
    """

    name: str
    amount: float
    kinds: frozenset[Kind] = frozenset()
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CapacitySplit:
    """Points (or hours, where points are unknown) per kind of work; the shares add up exactly to `total`."""

    unit: str
    total: float
    shares: tuple[Share, ...]

    def share_of(self, issue: Issue) -> Share | None:
        """The share an issue counts towards: by label, then by kind, else the rest; `None` without shares."""
        labelled = (share for share in self.shares if share.labels & issue.labels)
        of_kind = (share for share in self.shares if issue.kind in share.kinds)
        rest = (share for share in self.shares if not share.kinds and not share.labels)
        return next(chain(labelled, of_kind, rest), None)


def split_capacity(total: float, unit: str, work: Mapping[str, Work]) -> CapacitySplit:
    """`total` split by the shares of each kind of work, in tenths that add up exactly to the whole."""
    parts = in_tenths(total, {name: kind.share for name, kind in work.items()})
    shares = (Share(name, part, work[name].kinds, work[name].labels) for name, part in parts.items())
    return CapacitySplit(unit, round(total * GRAIN) / GRAIN, tuple(shares))


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintOutlook:
    """A future sprint: its days, its person-days and the points it takes (`None` if unknown)."""

    sprint: Sprint | None
    first: date
    last: date
    net_days: float
    points: Range | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningCapacity:
    """What a team still finishes in its running sprint.

    `days` are its person-days, `days_left` those from today on; weekdays where the team has no people. `elapsed` is the
    part of its weekdays that is over, 0 to 1. `left` is the range of the whole sprint by the person-days that are
    left, `None` where the velocity is unknown.
    """

    sprint: Sprint
    last: date
    days: float
    days_left: float
    elapsed: float
    left: Range | None

    @property
    def is_half_over(self) -> bool:
        """Whether half of the sprint is over."""
        return self.elapsed >= HALF


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCapacity:
    """The capacity of one team in its next sprint, with the explanation of each number.

    `gross_days` are person-days before, `net_days` after absences and holidays; `hours` are the plannable hours.
    `velocity` is the typical velocity: points per sprint at usual presence. `points` is what the people present finish
    in this sprint. Both are `None` without closed sprints and `points_per_day`. `used_sprints` is how many closed
    sprints the range is based on, `confidence` "good", "low" or "guess". `load` is the points already in the sprint and
    those that will probably be carried over into it, `carry_over`. `outlook` holds the planned sprints, this one first;
    later ones take `usual` points and begin every `cadence_days` calendar days. `explanation` holds the sentences from
    days to points, in order. `first` and `last` are the sprint's first and last day, assumed if the tracker has none.
    `timebox` is the most hours that Sprint Planning takes, both parts together; never more than eight.
    `exact_points` is P50 before it is rounded, for comparisons. All of these count `unit`.
    `closed` are the closed sprints the range is based on, `record` the forecasts made before sprints that are closed
    now, oldest first. `take_out` has key and size of what to take out of an over-committed sprint, in order.
    `committed` is the forecast of the whole running sprint from its plan, `None` where that is not known.
    `calendar` says who is here on which day. `running` is about the running sprint, `None` without one.
    `people` is the load of single people and `personal` what there is to say of it: only the page of the team shows
    either. `skills` are those of its people. `weekly` is what a team without sprints finished in each week, the latest
    last. `meetings` are refinements and Sprint Planning in the calendar, `buffer` has the hours of the buffer by its
    categories, where these are configured.
    """

    team: Team
    sprint: Sprint | None
    gross_days: float
    net_days: float
    hours: float
    points: Range | None
    split: CapacitySplit
    velocity: float | None = None
    load: float = 0.0
    carry_over: float = 0.0
    outlook: tuple[SprintOutlook, ...] = ()
    usual: Range | None = None
    cadence_days: float = 14
    used_sprints: int = 0
    confidence: str = "guess"
    warnings: tuple[Warning, ...] = ()
    explanation: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    timebox: float = 8.0
    exact_points: float | None = None
    unit: Unit = Unit.POINTS
    closed: Velocity = field(default_factory=Velocity)
    record: tuple[StoredForecast, ...] = ()
    take_out: tuple[tuple[str, float], ...] = ()
    committed: CommittedForecast | None = None
    calendar: tuple[PersonCalendar, ...] = ()
    running: RunningCapacity | None = None
    people: tuple[PersonLoad, ...] = ()
    personal: tuple[Warning, ...] = ()
    skills: tuple[Skill, ...] = ()
    skill_loads: tuple[SkillLoad, ...] = ()
    weekly: tuple[float, ...] = ()
    meetings: tuple[HeldMeeting, ...] = ()
    buffer: tuple[tuple[str, float], ...] = ()

    @property
    def boxes(self) -> TimeBoxes:
        """How texts about the team count sprints."""
        return of_team(self.team)

    @property
    def a_week(self) -> Range | None:
        """What a team without sprints finishes in a week; `None` for other teams and before it finished anything."""
        return week_range(self.weekly)

    @property
    def past(self) -> tuple[tuple[str, float], ...]:
        """The name of each closed sprint the range is based on, and what was finished in it, the latest last."""
        return tuple((done.sprint.name, done.points) for done in self.closed.used)
