"""Several sprints ahead: what a team finishes in them together, and on which day certain work is done.

Whole closed sprints are drawn again for each sprint ahead (bootstrap). Each trial has one level besides: how fast a
team is on the whole is not known exactly, and it drifts. Plain drawing takes it as known, and its ranges are too narrow
(docs/capacity.md). The draws follow from the numbers they start from, so the same numbers give the same days.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate, chain, repeat
from math import ceil, exp, sqrt
from operator import eq
from random import Random
from statistics import NormalDist

from rules.capacity.forecast import at_usual_presence, part_of_usual, shrunk_spread
from rules.capacity.model import Range
from rules.capacity.points import Velocity

TRIALS = 10_000
DRIFT = 0.15
"""The variance of the level beyond its uncertainty, in variances of one sprint; fitted with `POOLED_SPREAD`."""
SHARED = 0.3
"""The part of the level's variance that teams have in common."""
FURTHEST = 260
"""Sprints; what takes longer has no day."""
CHANCES = (0.50, 0.85, 0.95)
"""The probabilities of the days that are shown."""

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A team, the work it has to finish, and its sprints ahead: the last day and the person-days of each planned one.

    Later sprints end every `cadence_days` days and have usual presence. There is at least one closed sprint.
    """

    team: str
    closed: Velocity
    work: float
    planned: tuple[tuple[date, float], ...]
    begins: date
    cadence_days: float

    def last_day(self, number: int) -> date:
        """The last day of the sprint of this number, 0 for the next one."""
        if number < len(self.planned):
            return self.planned[number][0]
        last = self.planned[-1][0] if self.planned else self.begins - timedelta(days=1)
        return last + timedelta(days=self.cadence_days * (number + 1 - len(self.planned)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """When work is done: the day that is kept with each of `CHANCES`.

    A day is `None` where it takes more than `FURTHEST` sprints. `by_team` has the days of each team, `last` how often
    (0 to 1) it finishes on the last day of all.
    """

    days: Mapping[float, date | None]
    by_team: Mapping[str, Mapping[float, date | None]]
    last: Mapping[str, float]


def in_sprints(closed: Velocity, net_days: Sequence[float | None]) -> tuple[Range, ...]:
    """What is finished in the next 1, 2, ... sprints together, of so many person-days each; `None` is usual presence.

    There is at least one closed sprint.
    """
    rng, parts = _random(closed, net_days), _parts(closed, net_days)
    course = _Course(closed)
    totals = [list(accumulate(course.trial(rng, parts, _NORMAL.inv_cdf(_open(rng))))) for _ in range(TRIALS)]
    return tuple(_range(sorted(trial[number] for trial in totals)) for number in range(len(net_days)))


def finish(teams: Sequence[Ahead]) -> Finish:
    """When all teams have finished their work. Teams share a part of the level, so that they are slow together."""
    rng = _random(*((one.team, one.closed, one.work, one.planned, one.begins, one.cadence_days) for one in teams))
    courses = [(one, _Course(one.closed), _parts(one.closed, [days for _, days in one.planned])) for one in teams]
    days: dict[str, list[date]] = {one.team: [] for one in teams}
    for _ in range(TRIALS):
        common = _NORMAL.inv_cdf(_open(rng))
        for one, course, parts in courses:
            own = _NORMAL.inv_cdf(_open(rng))
            level = sqrt(SHARED) * common + sqrt(1 - SHARED) * own
            days[one.team].append(_day(one, course.trial(rng, chain(parts, repeat(1.0)), level)))
    latest = [max(trial) for trial in zip(*days.values(), strict=True)]
    return Finish(
        days=_chances(latest),
        by_team={team: _chances(of_team) for team, of_team in days.items()},
        last={team: sum(map(eq, of_team, latest)) / TRIALS for team, of_team in days.items()},
    )


def _day(one: Ahead, sprints: Iterator[float]) -> date:
    left = one.work
    for number in range(FURTHEST):
        if left <= 1e-9:
            return one.last_day(number - 1) if number else one.begins
        left -= next(sprints)
    return date.max


class _Course:
    """What a team finishes sprint by sprint in one trial."""

    def __init__(self, closed: Velocity) -> None:
        self.points = at_usual_presence(closed.used, closed.presence)
        self.sd = shrunk_spread(closed) * sqrt(1 / len(self.points) + DRIFT)

    def trial(self, rng: Random, parts: Iterator[float] | Sequence[float], level: float) -> Iterator[float]:
        """The points of each sprint: one of the closed ones, times presence, times the level of this trial."""
        factor, points = exp(level * self.sd), self.points
        for part in parts:
            yield points[int(rng.random() * len(points))] * part * factor


def _parts(closed: Velocity, net_days: Sequence[float | None]) -> tuple[float, ...]:
    return tuple(1.0 if days is None else part_of_usual(closed, days) for days in net_days)


def _random(*numbers: object) -> Random:
    """Draws that follow from the numbers alone."""
    return Random(int.from_bytes(sha256(repr(numbers).encode()).digest()[:8]))  # noqa: S311 - not for secrets


def _open(rng: Random) -> float:
    """A draw above 0 and below 1."""
    return min(max(rng.random(), 1e-12), 1 - 1e-12)


def _range(totals: Sequence[float]) -> Range:
    return Range(*(round(totals[_place(chance)], 1) for chance in (0.15, 0.5, 0.85)))


def _chances(days: list[date]) -> Mapping[float, date | None]:
    ordered = sorted(days)
    at = {chance: ordered[_place(chance)] for chance in CHANCES}
    return {chance: None if day == date.max else day for chance, day in at.items()}


def _place(chance: float) -> int:
    return ceil(chance * TRIALS) - 1
