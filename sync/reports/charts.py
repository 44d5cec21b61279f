"""Positions of the marks in the page's charts, in percent of a chart's width; the template draws them.

Percentages, not pixels: charts then fill a phone and a wide screen, and their text keeps its size.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.capacity.model import TeamCapacity
from rules.capacity.time_boxes import TimeBoxes
from rules.deep.model import Runway, Signal, Trend
from rules.learning.trends import Series, SeriesKind
from sync.reports import format as wording
from sync.reports import learned
from sync.reports.base import RunReport
from sync.reports.horizon import DistanceGroup

TARGET_SPRINTS = (2.0, 3.0)  # with less the teams run out of work, with more the details go out of date
ROOM = 1.05  # what is left free right of the longest mark


@dataclass(frozen=True, slots=True)
class Mark:
    """A point, or with `width` a range, on a chart's axis; `text` is its label."""

    at: float
    width: float = 0.0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunwayBar:
    """One bar: name, width, its length as a figure, and its state in words."""

    runway: Runway
    bar: Mark
    name: str
    length: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunwayChart:
    """Bars on a common axis in sprints or weeks, with the range of the target."""

    bars: tuple[RunwayBar, ...]
    band: Mark
    ticks: tuple[Mark, ...]


def runways(values: Sequence[Runway], product: str, boxes: TimeBoxes) -> RunwayChart:
    """The runway of the product and of each team against the target of two to three sprints."""
    longest = max((boxes.figure(runway.sprints or 0.0) for runway in values), default=0.0)
    end = max(math.ceil(boxes.figure(4.0)), math.ceil(longest))
    bars = tuple(
        RunwayBar(
            runway=runway,
            bar=Mark(0.0, _part(boxes.figure(runway.sprints or 0.0), end), _label(runway, boxes)),
            name=runway.team or product,
            length="–" if runway.sprints is None else wording.figure(boxes.figure(runway.sprints)),
            state=_state(runway, boxes),
        )
        for runway in values
    )
    low, high = map(boxes.figure, TARGET_SPRINTS)
    step = max(1, math.ceil(end / 8))
    ticks = tuple(Mark(_part(number, end), text=str(number)) for number in range(0, end + 1, step))
    return RunwayChart(bars=bars, band=Mark(_part(low, end), _part(high - low, end)), ticks=ticks)


def _state(runway: Runway, boxes: TimeBoxes) -> str:
    states = {
        Signal.RED: f"under {boxes.words(1.0)}",
        Signal.AMBER: f"under {boxes.words(2.0)}",
        Signal.GREEN: "on target",
        Signal.OVER_REFINED: "more than needed",
        Signal.UNKNOWN: "velocity unknown",
    }
    return states[runway.signal]


def _label(runway: Runway, boxes: TimeBoxes) -> str:
    state = _state(runway, boxes)
    return state if runway.sprints is None else f"{wording.length(runway.sprints, boxes)} of ready work, {state}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceBar:
    """The issues at one distance: the ready ones, then those that are not, those not due yet last."""

    group: DistanceGroup
    ready: Mark
    unready: Mark


def readiness(groups: Sequence[DistanceGroup]) -> tuple[DistanceBar, ...]:
    """How many issues at each distance are ready, on one scale."""
    most = max((group.total for group in groups), default=0)
    return tuple(
        DistanceBar(
            group=group,
            ready=Mark(0.0, _part(group.ready, most)),
            unready=Mark(_part(group.ready, most), _part(group.unready + group.not_due, most)),
        )
        for group in groups
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityBar:
    """One team's range of points with its middle, the points already in its sprint, and what earlier sprints finished.

    `dots` has the place and the label of each earlier sprint.
    """

    capacity: TeamCapacity
    spread: Mark
    middle: Mark
    load: Mark
    dots: tuple[tuple[float, str], ...] = ()


def capacities(values: Sequence[TeamCapacity]) -> dict[str, CapacityBar]:
    """The teams whose points are known, by name, on one scale."""
    rows = [(one, one.points) for one in values if one.points]
    end = ROOM * max((max(points.p85, one.load, *(p for _, p in one.past)) for one, points in rows), default=0.0)
    return {
        one.team.name: CapacityBar(
            capacity=one,
            spread=Mark(_part(points.p15, end), _part(points.p85 - points.p15, end)),
            middle=Mark(_part(points.p50, end)),
            load=Mark(_part(one.load, end)),
            dots=tuple((_part(came, end), f"{sprint}: {came:g}") for sprint, came in one.past),
        )
        for one, points in rows
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendChart:
    """One figure over time: (x, y, label) in percent of width and height, 0 is the top; first and last value."""

    name: str
    points: tuple[tuple[float, float, str], ...]
    first: str
    last: str


def trends(history: Sequence[Trend], boxes: TimeBoxes) -> tuple[TrendChart, ...]:
    """Ready share, runway and DEEP score over the runs; a figure known fewer than two times has no chart."""
    lengths = [(one.at, None if one.runway is None else boxes.figure(one.runway)) for one in history]
    end = max(boxes.figure(4.0), *(length or 0.0 for _, length in lengths))
    charts = (
        _trend("Ready issues in the ready horizon", [(one.at, ready_share(one)) for one in history], 100.0, "%"),
        _trend(f"{boxes.several.capitalize()} of ready work", lengths, end, ""),
        _trend("DEEP score", [(one.at, one.score) for one in history], 100.0, ""),
    )
    return tuple(chart for chart in charts if chart)


def _trend(name: str, values: Sequence[tuple[datetime, float | None]], end: float, unit: str) -> TrendChart | None:
    measured = [(at, value) for at, value in values if value is not None]
    if len(measured) < 2:
        return None
    start, span = measured[0][0], (measured[-1][0] - measured[0][0]).total_seconds()
    labels = [f"{wording.figure(value)} {unit}".strip() for _, value in measured]
    points = tuple(
        (_part((at - start).total_seconds(), span), round(100 - _part(value, end), 2), f"{wording.day(at)}: {label}")
        for (at, value), label in zip(measured, labels, strict=True)
    )
    return TrendChart(name=name, points=points, first=labels[0], last=labels[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintChart:
    """One figure of a team by sprint, the oldest first.

    `points` are (x, y, label) in percent of width and height, 0 is the top. `ranges` are those of forecasts:
    (x, y of the upper end, height). `note` says that there are too few sprints for a trend, "" where there are enough.
    """

    name: str
    points: tuple[tuple[float, float, str], ...]
    ranges: tuple[tuple[float, float, float], ...]
    first: str
    last: str
    note: str


def by_sprint(report: RunReport) -> tuple[tuple[str, tuple[SprintChart, ...]], ...]:
    """Each team with a chart for every figure that is known of at least two sprints; teams without one are missing."""
    trends = report.learned.trends if report.learned is not None else ()
    charts = (
        (trend.team, tuple(_by_sprint(one, report) for one in trend.series if len(one.points) > 1)) for trend in trends
    )
    return tuple((team, drawn) for team, drawn in charts if drawn)


def _by_sprint(series: Series, report: RunReport) -> SprintChart:
    percent = series.kind is SeriesKind.READY
    end = 100.0 if percent else ROOM * max(1.0, *(point.high or point.value for point in series.points))
    labels = [learned.series_value(series.kind, point) for point in series.points]
    places = [_part(number, len(series.points) - 1) for number in range(len(series.points))]
    name = learned.series_name(series.kind, report.snapshot.unit)
    return SprintChart(
        name=name[:1].upper() + name[1:],
        points=tuple(
            (x, _down(point.value, end), f"{learned.sprint_name(report, point.sprint)}: {label}")
            for x, point, label in zip(places, series.points, labels, strict=True)
        ),
        ranges=tuple(
            (x, _down(point.high, end), round(_down(point.low, end) - _down(point.high, end), 2))
            for x, point in zip(places, series.points, strict=True)
            if point.low is not None and point.high is not None
        ),
        first=labels[0],
        last=labels[-1],
        note=learned.too_few(series),
    )


def _down(value: float, end: float) -> float:
    return round(100 - _part(value, end), 2)


def ready_share(one: Trend) -> float | None:
    """The percentage of ready issues among those of the ready horizon, as on the first page; `None` if not known."""
    if one.near is None or one.near_ready is None or not one.near:
        return None
    return round(_part(one.near_ready, one.near))


def _part(value: float, whole: float) -> float:
    return round(100 * min(max(value / whole, 0.0), 1.0), 2) if whole > 0 else 0.0
