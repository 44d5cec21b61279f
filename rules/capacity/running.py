"""What a team still finishes in its running sprint: the points of the whole sprint by the person-days left."""

from datetime import date

from rules.capacity.days import Window, team_days, window_of
from rules.capacity.model import Range, RunningCapacity
from rules.capacity.options import CapacityOptions
from rules.capacity.outlook import points_in
from rules.capacity.points import Velocity
from rules.model import WORKWEEK, Snapshot, SprintState, Team


def running_capacity(
    snapshot: Snapshot, team: Team, past: Velocity, options: CapacityOptions
) -> RunningCapacity | None:
    """The capacity of a team's running sprint, the one that began last; `None` without one that has dates.

    A period of a team without sprints does not count: nobody planned it.
    """
    running = [sprint for sprint in snapshot.sprints_of(team, SprintState.ACTIVE) if not sprint.is_period]
    dated = [(sprint, window) for sprint in running if (window := window_of(sprint, options.timezone)) is not None]
    if not dated:
        return None
    sprint, window = dated[-1]
    today = snapshot.taken_at.date()
    over = sum(day.weekday() in WORKWEEK for day in window.days if day < today)
    whole, rest = _days(team, window, options), _rest(team, window, today, options)
    share = rest / whole if whole else 0.0
    points = points_in(past, team_days(team, window, options.holidays).net, options)
    return RunningCapacity(
        sprint=sprint,
        last=window.last,
        days=whole,
        days_left=rest,
        elapsed=over / window.weekdays if window.weekdays else 1.0,
        left=Range(points.p15 * share, points.p50 * share, points.p85 * share) if points is not None else None,
    )


def _rest(team: Team, window: Window, today: date, options: CapacityOptions) -> float:
    first = max(today, window.first)
    return _days(team, Window(first, window.last), options) if first <= window.last else 0.0


def _days(team: Team, window: Window, options: CapacityOptions) -> float:
    """Person-days, or weekdays where the team has no people."""
    return team_days(team, window, options.holidays).net if team.people else float(window.weekdays)
