"""The values that computing capacity yields."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from rules.model import Issue, Kind, Sprint, Team


@dataclass(frozen=True, slots=True)
class Range:
    """Points a team finishes in a sprint: reached with 85 %, 50 % and 15 % probability."""

    p15: float
    p50: float
    p85: float


class Level(StrEnum):
    """How pressing a warning is."""

    RED = "red"
    AMBER = "amber"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - the field's word; the built-in exception has no place in the core
    """Something the Scrum Master should know before planning, with its numbers in the text."""

    code: str
    level: Level
    text: str


def pressing_first(warnings: Iterable[Warning]) -> tuple[Warning, ...]:
    """Red before amber before information, otherwise as they come."""
    order = list(Level)
    return tuple(sorted(warnings, key=lambda warning: order.index(warning.level)))


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a team's capacity kept for one kind of work, in the unit of the split.

    Issues of `kinds` or with one of `labels` count towards it; the one share without either takes the rest.
    """

    name: str
    amount: float
    kinds: frozenset[Kind] = frozenset()
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CapacitySplit:
    """Points (or hours, where no points are known) for each kind of work; the shares add up exactly to the whole."""

    unit: str
    total: float
    shares: tuple[Share, ...]

    def share_of(self, issue: Issue) -> Share | None:
        """The share an issue counts towards: by label first, then by kind, else the rest; `None` without shares."""
        labelled = (share for share in self.shares if share.labels & issue.labels)
        of_kind = (share for share in self.shares if issue.kind in share.kinds)
        rest = (share for share in self.shares if not share.kinds and not share.labels)
        return next(chain(labelled, of_kind, rest), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintOutlook:
    """A sprint to come: its days, its person-days and the points it takes (`None` if unknown)."""

    sprint: Sprint | None
    first: date
    last: date
    net_days: float
    points: Range | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCapacity:
    """What one team can take on in its next sprint, and how that number came about.

    `gross_days` and `net_days` are person-days without and with absences and holidays taken off, `hours` the
    plannable hours. `velocity` is the typical velocity: points a sprint at usual presence. `points` is what the people
    who are there finish in this sprint. Both are `None` where neither history nor a hint gives any. `used_sprints` is
    how many closed sprints the range rests on, `confidence` "good", "low" or "guess". `load` is the points already in
    the sprint and those that will probably be carried over into it, `carry_over`. `outlook` holds the planned sprints,
    this one first; later ones take `usual` points and begin every `cadence_days` calendar days. `explanation` holds the
    sentences that lead from days to points, in order. `first` and `last` are the days the sprint runs, assumed where
    the tracker gives none.
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
    cadence_days: int = 14
    used_sprints: int = 0
    confidence: str = "guess"
    warnings: tuple[Warning, ...] = ()
    explanation: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
