"""What each team can take, as parts of JSON documents."""

from collections.abc import Iterable

from rules.capacity.model import StoredForecast, TeamCapacity
from sync.reports.json_models import contract as doc


def teams(capacities: Iterable[TeamCapacity], before: Iterable[TeamCapacity] = ()) -> tuple[doc.TeamPart, ...]:
    """The teams in order; `before` are the same without what a "what if" assumes."""
    earlier = {one.team.name: one for one in before}
    return tuple(_team(one, earlier.get(one.team.name)) for one in capacities)


def _team(capacity: TeamCapacity, before: TeamCapacity | None) -> doc.TeamPart:
    return doc.TeamPart(
        name=capacity.team.name,
        sprint=capacity.sprint.name if capacity.sprint else None,
        sprint_id=capacity.sprint.id if capacity.sprint else None,
        gross_days=capacity.gross_days,
        net_days=capacity.net_days,
        hours=capacity.hours,
        unit=capacity.unit.value,
        points=None if capacity.points is None else doc.RangePart.model_validate(capacity.points),
        split=doc.SplitPart.model_validate(capacity.split),
        load=capacity.load,
        used_sprints=capacity.used_sprints,
        confidence=capacity.confidence,
        past=tuple(doc.PastSprintPart(sprint=sprint, points=points) for sprint, points in capacity.past),
        levels=doc.LevelsPart.model_validate(capacity.closed.levels),
        forecasts=tuple(map(forecast_part, capacity.record)),
        committed=None if capacity.committed is None else doc.CommittedPart.model_validate(capacity.committed),
        take_out=capacity.take_out,
        buffer=capacity.buffer,
        meetings=tuple(map(doc.MeetingPart.model_validate, capacity.meetings)),
        weekly=capacity.weekly,
        a_week=None if capacity.a_week is None else doc.RangePart.model_validate(capacity.a_week),
        warnings=tuple(doc.WarningPart.model_validate(warning) for warning in capacity.warnings),
        explanation=capacity.explanation,
        what_if=None if before is None else _what_if(before, capacity),
    )


def _what_if(before: TeamCapacity, after: TeamCapacity) -> doc.WhatIfPart:
    old, new = before.exact_points, after.exact_points
    return doc.WhatIfPart(
        before=doc.FiguresPart(points=old, net_days=before.net_days, hours=before.hours),
        after=doc.FiguresPart(points=new, net_days=after.net_days, hours=after.hours),
        difference=doc.FiguresPart(
            points=None if old is None or new is None else new - old,
            net_days=after.net_days - before.net_days,
            hours=after.hours - before.hours,
        ),
    )


def forecast_part(one: StoredForecast) -> doc.ForecastPart:
    """What was expected of one sprint that is closed now, and what came."""
    assert one.came is not None
    assert one.ended is not None
    return doc.ForecastPart(
        sprint=one.name,
        made=one.made,
        expected=doc.RangePart.model_validate(one.expected),
        came=one.came,
        ended=one.ended,
        reached_low=not one.is_below,
        reached_high=one.is_reached,
    )
