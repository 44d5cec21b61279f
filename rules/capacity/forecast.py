"""The points a team finishes in its next sprint, as a range, from closed sprints (docs/capacity.md).

Velocity already contains meetings and interruptions, so the only thing applied to it is presence: what was finished is
scaled to usual person-days, and then to those of the next sprint. No buffer on top.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist, fmean, median

from rules.capacity.levels import HIGH, LOW
from rules.capacity.model import Range
from rules.capacity.points import Delivered, Velocity, middle_of

POOLED_SPREAD = 0.8
"""Standard deviation of ln(points) between sprints, pooled over public boards (Choetkiertikul et al., TSE 2018)."""
POOLED_WEIGHT = 4
"""Weight of the pooled spread, in sprints: from five sprints on, a team is judged mainly by its own."""
GUESS_LOW, GUESS_HIGH = 0.4, 1.6
"""From a guess to its range: Cohn's 60 to 160 % for first sprints, with a lower end of 40 % (docs/capacity.md)."""
LEARNING = 8
"""From this many sprints on, the power of presence is learned."""
POWERS = (1.0, 0.75, 0.5, 0.25, 0.0)
"""The powers of presence that are tried; of equals, the first is taken."""
RECENT = 3
"""So many of the latest sprints are compared with those before, to find a shift of the pace."""
SHIFTED = 1.5
"""A shift is a difference of medians above this many times the median deviation of the earlier sprints."""

_NORMAL = NormalDist()


def forecast(velocity: Velocity, net_days: float) -> Range | None:
    """Points in a sprint of `net_days` person-days; `None` without closed sprints.

    A log-normal around the usual amount: sd² = s²·(1 + 1/n) with s² = (n·s_n² + 4·0.8²)/(n + 4), the team's own spread
    shrunk towards the pooled one. Its ends are at the levels of the velocity, which are set so that 85 % reach P15 and
    15 % reach P85; plain percentiles of few sprints are far too narrow (docs/capacity.md).
    """
    if not velocity.used:
        return None
    return around(velocity, usual(velocity, net_days))


def around(velocity: Velocity, middle: float) -> Range:
    """The range around a middle, with the spread and the levels of these sprints; there is at least one."""
    sd = spread(velocity)
    ends = (_NORMAL.inv_cdf(velocity.levels.low), 0.0, _NORMAL.inv_cdf(velocity.levels.high))
    return Range(*(round(middle * exp(z * sd), 1) for z in ends))


def usual(velocity: Velocity, net_days: float) -> float:
    """The unrounded middle of the forecast; there is at least one closed sprint."""
    return middle_of(at_usual_presence(velocity.used, velocity.presence)) * part_of_usual(velocity, net_days)


def part_of_usual(velocity: Velocity, net_days: float) -> float:
    """What so many person-days finish, as a part of what usual presence finishes."""
    days = velocity.usual_days
    return float((net_days / days) ** velocity.presence) if days else 1.0


def at_usual_presence(used: Sequence[Delivered], power: float) -> list[float]:
    """Points of each closed sprint as if all had their median person-days; as they are where days are unknown."""
    if not used or not all(d.net_days for d in used):
        return [d.points for d in used]
    days = median(d.net_days or 0.0 for d in used)
    return [d.points * (days / (d.net_days or days)) ** power for d in used]


def learned_presence(used: Sequence[Delivered]) -> float:
    """The power of presence that forecasts each of these sprints best from all the others; 1 with too few.

    The error is the mean of |ln(points ÷ forecast)|.
    """
    if len(used) < LEARNING or not all(d.net_days for d in used):
        return 1.0
    return min(POWERS, key=lambda power: round(_left_out_error(used, power), 6))


def _left_out_error(used: Sequence[Delivered], power: float) -> float:
    errors = []
    for place, one in enumerate(used):
        rest = Velocity((*used[:place], *used[place + 1 :]), presence=power)
        errors.append(abs(log(one.points / usual(rest, one.net_days or 0.0))))
    return fmean(errors)


def shrunk_spread(velocity: Velocity) -> float:
    """Standard deviation of ln(points of a sprint): the team's own, shrunk towards the pooled one."""
    logs = [log(points) for points in at_usual_presence(velocity.used, velocity.presence)]
    n, middle = len(logs), fmean(logs)
    own = fmean((value - middle) ** 2 for value in logs)
    return sqrt((n * own + POOLED_WEIGHT * POOLED_SPREAD**2) / (n + POOLED_WEIGHT))


def spread(velocity: Velocity) -> float:
    """Standard deviation of ln(points of the next sprint): with the uncertainty of the median itself."""
    return shrunk_spread(velocity) * sqrt(1 + 1 / len(velocity.used))


@dataclass(frozen=True, slots=True)
class Shift:
    """The median points of the latest sprints, and of those before, where the two differ clearly."""

    recent: float
    before: float


def shift_of(velocity: Velocity) -> Shift | None:
    """A change of the pace: |median of the last 3 − median of those before| > 1.5 × their median deviation.

    With fewer than five sprints before, nothing is compared. The forecast does not follow: on public sprints, leaving
    the earlier ones out made it worse (`python -m tests.benchmarks.forecast`).
    """
    points = at_usual_presence(velocity.used, velocity.presence)
    recent, before = points[-RECENT:], points[:-RECENT]
    if len(before) < 5:
        return None
    middle = median(before)
    deviation = median(abs(value - middle) for value in before)
    now = median(recent)
    is_shifted = abs(now - middle) > max(SHIFTED * deviation, 0.1 * middle)
    return Shift(now, middle) if is_shifted else None


def guessed(points_per_day: float | None, net_days: float) -> Range | None:
    """Points by a guessed number per person-day, with the spread of first sprints: 0.4 to 1.6 times."""
    if points_per_day is None:
        return None
    middle = points_per_day * net_days
    return Range(round(middle * GUESS_LOW, 1), round(middle, 1), round(middle * GUESS_HIGH, 1))


def chance_of(points: float, expected: Range) -> float:
    """Probability, 0 to 1, that a team with this range finishes at least so many points.

    Below P50 it follows from P15, above it from P85: 85 % reach the one, 15 % the other.
    """
    if points <= 0:
        return 1.0
    end, level = (expected.p15, LOW) if points < expected.p50 else (expected.p85, HIGH)
    if expected.p50 <= 0 or end <= 0 or end == expected.p50:
        return 1.0 if points <= expected.p50 else 0.0
    sd = log(end / expected.p50) / _NORMAL.inv_cdf(level)
    return 1 - _NORMAL.cdf(log(points / expected.p50) / sd)
