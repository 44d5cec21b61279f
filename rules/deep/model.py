"""The values that judging the whole backlog yields: four letters, their measures, the ready runway."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rules.model import Unit


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured figure of a letter; `unit` is "" for a plain number, "%" for a share of 0 to 100, "sprints", ...

    `value` is `None` where it could not be measured, and `text` then says why. `keys` are the issues it is about, the
    most pressing first, and never more than a person would read. `rule` is the path of the measure whose page explains
    it ("deep.runway").
    """

    name: str
    value: float | None
    unit: str
    text: str
    keys: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One of D, E, E, P: a score of 0 to 100 (`None` where nothing could be measured) and its measures."""

    name: str
    score: float | None
    measures: tuple[Measure, ...]


class Signal(StrEnum):
    """The level of a ready runway: red below one sprint, amber below two, over-refined above the target."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    OVER_REFINED = "over-refined"
    UNKNOWN = "unknown"


ENOUGH = frozenset({Signal.GREEN, Signal.OVER_REFINED})
SHORT = frozenset({Signal.RED, Signal.AMBER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Runway:
    """How long ready work feeds a team (`team` "" for the whole product): in sprints, and to which day.

    `usual_on` is the day it is used up at the usual pace, `earliest_on` at the fast one (P85 of the forecast),
    `latest_on` at the slow one (P15). `text` says it in one sentence, or why no number of sprints can be given.
    """

    team: str
    ready_points: float
    sprints: float | None
    usual_on: date | None = None
    earliest_on: date | None = None
    latest_on: date | None = None
    contiguous_sprints: float | None = None
    signal: Signal = Signal.UNKNOWN
    text: str = ""
    unit: Unit = Unit.POINTS

    @property
    def is_short(self) -> bool:
        """Whether there is too little ready work."""
        return self.signal in SHORT

    @property
    def dry_on(self) -> date | None:
        """`usual_on` by its older name."""
        return self.usual_on


def is_anyone_short(runways: Iterable[Runway]) -> bool:
    """Whether the product or any team has too little ready work."""
    return any(one.is_short for one in runways)


class Doers(StrEnum):
    """Who can do what helps most."""

    OWNER = "owner"
    TEAMS = "teams"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that helps most: what to do, to which issues, and what it gains (score points, runway in sprints).

    `doers` says who can do it.
    """

    text: str
    keys: tuple[str, ...]
    gain: float
    runway_gain: float = 0.0
    doers: Doers = Doers.BOTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Deep:
    """The DEEP picture of one backlog.

    `score` is 0 to 100, `grade` A to E, `confidence` "good", or "low" with the reason.
    """

    letters: tuple[Letter, ...]
    score: float | None
    grade: str
    confidence: str
    runways: tuple[Runway, ...]
    actions: tuple[Action, ...]

    @property
    def is_more_than_needed(self) -> bool:
        """Whether less is to be refined for now: there is more ready work than needed, and no team has too little."""
        whole = next((one for one in self.runways if not one.team), None)
        is_over = whole is not None and whole.signal is Signal.OVER_REFINED
        return is_over and not is_anyone_short(self.runways)


@dataclass(frozen=True, slots=True)
class BacklogState:
    """The backlog at an earlier moment: when, and (key, points, index) of each open issue in rank order.

    `replayed` says that no run saw it: it was worked out from the past of today's issues, which does not say how they
    were ranked. They are in today's order then, and what left the backlog since is missing.
    """

    at: datetime
    items: tuple[tuple[str, float | None, int], ...]
    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One earlier run in figures, for the trend.

    `near` is how many issues were in the ready horizon, `near_ready` how many of these were ready. Both are `None` for
    a run of a version that did not keep them.
    """

    at: datetime
    issues: int
    ready: int
    score: float | None
    runway: float | None
    near: int | None = None
    near_ready: int | None = None
