"""What a team finishes in its running sprint: between what it usually finishes and what it usually finishes of a plan.

On public sprints this is nearer than either alone (`python -m tests.benchmarks.forecast`).
"""

from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import median

from rules.capacity.days import team_days, window_of
from rules.capacity.forecast import around, usual
from rules.capacity.model import CommittedForecast
from rules.capacity.options import CapacityOptions
from rules.capacity.points import Velocity, planned_in
from rules.model import Issue, Snapshot, SprintState, Team


def committed_forecast(
    snapshot: Snapshot,
    team: Team,
    past: Velocity,
    members: Mapping[str, Sequence[Issue]],
    options: CapacityOptions,
) -> CommittedForecast | None:
    """The forecast of the team's running sprint; `None` where the plan of it, or of all earlier ones, is not known."""
    sprint = next(iter(snapshot.sprints_of(team, SprintState.ACTIVE)), None)
    kept = [done.points / done.planned for done in past.used if done.planned]
    window = None if sprint is None else window_of(sprint, options.timezone)
    if sprint is None or sprint.is_period or window is None or not kept:
        return None
    planned, days = planned_in(snapshot, team, members, sprint), team_days(team, window, options.holidays).net
    alone = usual(past, days)
    if not planned or not alone:
        return None
    expected = around(past, sqrt(alone * planned * median(kept)))
    return CommittedForecast(sprint=sprint, planned=planned, kept=median(kept), usual=alone, expected=expected)
