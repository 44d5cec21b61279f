"""Late churn: how much of the next sprint's work only came up in the days before its planning."""

from datetime import datetime, timedelta

from rules.deep.model import BacklogState
from rules.deep.scoring import share
from rules.deep.view import View, usual_size

LATE_DAYS = 3  # working days before planning in which the next sprint's work should stand


def late_churn(view: View) -> tuple[float | None, list[str]]:
    """Share of the next sprint's points that came up in the last three working days before planning (B.3, 2).

    Planning is at the next sprint's start. `None` before those three days, and where no pass saw the backlog then.
    """
    cutoff = _cutoff(view)
    before = view.past.last_before(cutoff) if cutoff is not None and cutoff < view.now else None
    if before is None or view.pace is None:
        return None, []
    then = _next_sprint(view, before)
    zone = view.within(0.0, 1.0)
    came = [issue.key for issue in zone if issue.key not in then]
    points = sum(view.size[issue.key].points for issue in zone)
    return share(sum(view.size[key].points for key in came), points), came


def _cutoff(view: View) -> datetime | None:
    starts = [c.sprint.start for c in view.capacities if c.sprint is not None and c.sprint.start is not None]
    planning = min((start for start in starts if start >= view.now), default=None)
    return None if planning is None else working_days_before(planning, LATE_DAYS)


def working_days_before(moment: datetime, days: int) -> datetime:
    """The moment so many days from Monday to Friday earlier."""
    while days:
        moment -= timedelta(days=1)
        days -= moment.weekday() < 5
    return moment


def _next_sprint(view: View, state: BacklogState) -> set[str]:
    """What stood less than one sprint away then, without what was worked off since."""
    usual = usual_size(view)
    zone: set[str] = set()
    above = 0.0
    for key, points, _ in state.items:
        if key in view.past.worked_off or (key not in view.size and key in view.snapshot.by_key):
            continue  # started, finished, or without a size of its own
        if view.pace is None or above / view.pace >= 1.0:
            break
        zone.add(key)
        above += view.size[key].points if key in view.size else (usual if points is None else points)
    return zone
