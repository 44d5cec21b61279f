"""Where the marks of the page's charts stand, in percent of a chart's width; the template draws them.

Percentages, not pixels: the charts stretch from a phone to a wide screen and their words keep their size.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.capacity.model import TeamCapacity
from rules.deep.model import Runway, Signal, Trend
from sync.reports import format as wording
from sync.reports.view_model import TARGET_SPRINTS, Stretch

ROOM = 1.05  # what is left free right of the longest mark
SIGNALS = {
    Signal.RED: "under one sprint",
    Signal.AMBER: "under two sprints",
    Signal.GREEN: "in the target",
    Signal.OVER_REFINED: "more than needed",
    Signal.UNKNOWN: "no pace known",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A place, or with `width` a stretch, of a chart's width; the words told with it."""

    at: float
    width: float = 0.0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunwayBar:
    """One bar: whose, how wide, how it stands in a word and in a colour."""

    runway: Runway
    bar: Mark
    name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunwayChart:
    """Bars over a common axis in sprints, with the band of the target."""

    bars: tuple[RunwayBar, ...]
    band: Mark
    ticks: tuple[Mark, ...]


def runways(found: Sequence[Runway], product: str) -> RunwayChart:
    """The runway of the product and of each team against the target of two to three sprints."""
    longest = max((runway.sprints or 0.0 for runway in found), default=0.0)
    end = max(4, math.ceil(longest))
    bars = tuple(
        RunwayBar(
            runway=runway,
            bar=Mark(0.0, _part(runway.sprints or 0.0, end), f"{wording.runway(runway)}; {SIGNALS[runway.signal]}"),
            name=runway.team or product,
            state=SIGNALS[runway.signal],
        )
        for runway in found
    )
    low, high = TARGET_SPRINTS
    step = max(1, math.ceil(end / 8))
    ticks = tuple(Mark(_part(sprint, end), text=str(sprint)) for sprint in range(0, end + 1, step))
    return RunwayChart(bars=bars, band=Mark(_part(low, end), _part(high - low, end)), ticks=ticks)


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchBar:
    """One stretch of the backlog: the ready part, and after it the part that is not."""

    stretch: Stretch
    ready: Mark
    unready: Mark


def readiness(found: Sequence[Stretch]) -> tuple[StretchBar, ...]:
    """How many issues of each stretch are ready, on one scale."""
    most = max((stretch.total for stretch in found), default=0)
    return tuple(
        StretchBar(
            stretch=stretch,
            ready=Mark(0.0, _part(stretch.ready, most)),
            unready=Mark(_part(stretch.ready, most), _part(stretch.unready, most)),
        )
        for stretch in found
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityBar:
    """One team's range of points with its middle, and the points already in its sprint."""

    capacity: TeamCapacity
    spread: Mark
    middle: Mark
    load: Mark


def capacities(found: Sequence[TeamCapacity]) -> dict[str, CapacityBar]:
    """The teams whose points are known, by name, on one scale."""
    known = [(one, one.points) for one in found if one.points]
    end = ROOM * max((max(points.p85, one.load) for one, points in known), default=0.0)
    return {
        one.team.name: CapacityBar(
            capacity=one,
            spread=Mark(_part(points.p15, end), _part(points.p85 - points.p15, end)),
            middle=Mark(_part(points.p50, end)),
            load=Mark(_part(one.load, end)),
        )
        for one, points in known
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendChart:
    """One figure over time: (x, y, words) in percent of width and height, 0 is the top; the ends in words."""

    name: str
    points: tuple[tuple[float, float, str], ...]
    first: str
    last: str


def trends(found: Sequence[Trend]) -> tuple[TrendChart, ...]:
    """Ready share, runway and DEEP score over the passes; a figure known fewer than two times has no chart."""
    end = max(4.0, *(one.runway or 0.0 for one in found))
    charts = (
        _trend("Ready issues", [(one.at, ready_share(one)) for one in found], 100.0, "%"),
        _trend("Sprints of ready work", [(one.at, one.runway) for one in found], end, ""),
        _trend("DEEP score", [(one.at, one.score) for one in found], 100.0, ""),
    )
    return tuple(chart for chart in charts if chart)


def _trend(name: str, values: Sequence[tuple[datetime, float | None]], end: float, unit: str) -> TrendChart | None:
    known = [(at, value) for at, value in values if value is not None]
    if len(known) < 2:
        return None
    start, span = known[0][0], (known[-1][0] - known[0][0]).total_seconds()
    told = [f"{wording.figure(value)} {unit}".strip() for _, value in known]
    points = tuple(
        (_part((at - start).total_seconds(), span), round(100 - _part(value, end), 2), f"{wording.day(at)}: {words}")
        for (at, value), words in zip(known, told, strict=True)
    )
    return TrendChart(name=name, points=points, first=told[0], last=told[-1])


def ready_share(one: Trend) -> float:
    """The percentage of ready issues of one pass."""
    return round(_part(one.ready, one.issues))


def _part(value: float, whole: float) -> float:
    return round(100 * min(max(value / whole, 0.0), 1.0), 2) if whole > 0 else 0.0
