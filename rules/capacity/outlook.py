"""The future sprints: the points a team finishes in each planned one, and in the ones after those.

Planned sprints use their own person-days: holidays, absences, length. Later ones use usual presence.
"""

from collections.abc import Iterable
from datetime import timedelta
from math import fsum
from statistics import median

from rules.capacity.days import Window, coming_windows, team_days
from rules.capacity.forecast import forecast, guessed, usual
from rules.capacity.model import Range, SprintOutlook, TeamCapacity
from rules.capacity.options import CapacityOptions
from rules.capacity.points import Finished, Velocity, mine_of, sized_in
from rules.model import Issue, Snapshot, Sprint, SprintState, Team


def outlook(snapshot: Snapshot, team: Team, past: Velocity, options: CapacityOptions) -> tuple[SprintOutlook, ...]:
    """The points of each planned sprint, the next one first."""
    return tuple(
        _sprint(sprint, window, team, past, options)
        for sprint, window in coming_windows(snapshot, team, options.timezone)
    )


def _sprint(
    sprint: Sprint | None, window: Window, team: Team, past: Velocity, options: CapacityOptions
) -> SprintOutlook:
    days = team_days(team, window, options.holidays)
    return SprintOutlook(
        sprint=sprint,
        first=window.first,
        last=window.last,
        net_days=days.net,
        points=points_in(past, days.net, options),
    )


def coming_sprints(capacity: TeamCapacity, count: int) -> tuple[SprintOutlook, ...]:
    """The next `count` sprints of a team. Those that its board does not have yet take the usual points."""
    known = list(capacity.outlook[:count])
    step = timedelta(capacity.cadence_days)
    while known and len(known) < count:
        before = known[-1]
        known.append(
            SprintOutlook(
                sprint=None,
                first=before.first + step,
                last=before.last + step,
                net_days=capacity.gross_days,
                points=capacity.usual,
            )
        )
    return tuple(known)


def points_in(past: Velocity, net_days: float, options: CapacityOptions) -> Range | None:
    """Points in a sprint of `net_days` person-days; by the configured guess without closed sprints."""
    expected = forecast(past, net_days)
    if expected is None:
        return guessed(options.points_per_day, net_days)
    if not options.buffer_on_points:
        return expected
    return Range(*(round(points * options.focus, 1) for points in (expected.p15, expected.p50, expected.p85)))


def exact_points(past: Velocity, net_days: float, options: CapacityOptions) -> float | None:
    """The P50 of `points_in` before it is rounded, so that a difference of two is not wrong by a rounding."""
    if past.used:
        return usual(past, net_days) * (options.focus if options.buffer_on_points else 1.0)
    return None if options.points_per_day is None else options.points_per_day * net_days


def usual_points(typical: float | None, points: Range | None) -> Range | None:
    """Points at usual presence: typical velocity, with the relative range of the next sprint."""
    if typical is None or points is None or points.p50 <= 0:
        return None if typical is None else Range(typical, typical, typical)
    return Range(typical * points.p15 / points.p50, typical, typical * points.p85 / points.p50)


def spill_rate(snapshot: Snapshot, team: Team, past: Velocity, finished: Finished) -> float | None:
    """Median share (0 to 1) of a team's points in a sprint that were not finished in it; `None` without closed ones.

    An issue counts in every sprint it was in, and as finished in one. Only the sprints of the velocity are used.
    """
    rates: list[float] = []
    for sprint in (delivered.sprint for delivered in past.used):
        inside = (i for i in snapshot.history if sprint.id in i.sprints and i.is_counted)
        whole = _points(sized_in(snapshot, issue, sprint) for issue in snapshot.on_board_of(team, inside))
        if whole > 0:
            rates.append(max(0.0, 1 - _points(mine_of(snapshot, team, sprint, finished)) / whole))
    return median(rates) if rates else None


def running_points(snapshot: Snapshot, team: Team) -> float:
    """Open points in a team's active sprints."""
    running = {sprint.id for sprint in snapshot.sprints_of(team, SprintState.ACTIVE)}
    inside = (i for i in snapshot.by_key.values() if i.sprint in running and i.is_open and i.is_counted)
    return _points(snapshot.on_board_of(team, inside))


def _points(issues: Iterable[Issue]) -> float:
    return fsum(issue.points or 0.0 for issue in issues)
