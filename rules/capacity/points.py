"""What a team finished in its closed sprints: the sprints a forecast is based on (docs/capacity.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import fsum, sqrt
from statistics import median

from rules.capacity.days import team_days, window_of
from rules.capacity.levels import MEANT, Levels
from rules.capacity.options import CapacityOptions
from rules.history.replay import joined_at, points_at, size_from, sprints_at
from rules.model import Category, Issue, Snapshot, Sprint, SprintState, Team, Unit

GRACE = timedelta(days=1)
"""An issue resolved this soon after its sprint closed counts as finished in the sprint."""
CUT_SHORT = 0.6
"""A sprint closed before this part of its planned length counts as cancelled."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """Points finished in a closed sprint, and its person-days (`None` without people in the configuration).

    `planned` is the points that were in the sprint when it started (`with_planned`), `None` where that is not known.
    """

    sprint: Sprint
    points: float
    net_days: float | None = None
    planned: float | None = None


@dataclass(frozen=True, slots=True)
class Velocity:
    """The closed sprints a forecast is based on, the latest last, and the number of skipped ones by reason.

    `levels` are the probabilities of the ends of its range. `presence` is the power with which person-days count, 0 to
    1: with 1, half the days finish half the points.
    """

    used: tuple[Delivered, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    levels: Levels = MEANT
    presence: float = 1.0

    @property
    def typical(self) -> float | None:
        """Median of the points finished in a sprint, `None` without sprints."""
        return median(d.points for d in self.used) if self.used else None

    @property
    def confidence(self) -> str:
        """How reliable the forecast is: "good" from three sprints on, "low" with fewer, "guess" with none."""
        return "good" if len(self.used) >= 3 else "low" if self.used else "guess"

    @property
    def is_per_day(self) -> bool:
        """Whether the person-days of every sprint are known, so that points per person-day can be computed."""
        return bool(self.used) and all(d.net_days for d in self.used)

    @property
    def usual_days(self) -> float | None:
        """Median person-days of these sprints, `None` where they are unknown."""
        return median(d.net_days or 0.0 for d in self.used) if self.is_per_day else None

    @property
    def rate(self) -> float | None:
        """Usual points per person-day, `None` where person-days are unknown."""
        return middle_of([d.points / (d.net_days or 1) for d in self.used]) if self.is_per_day else None


def middle_of(amounts: Sequence[float]) -> float:
    """The usual one of what sprints finished: the median over all pairs of the square root of their product.

    Each amount pairs with itself, too. This is the estimate of Hodges and Lehmann (Annals of Mathematical Statistics
    34, 1963) for logarithms. On public sprints it is nearer to the next sprint than the median.
    """
    pairs = ((one, other) for place, one in enumerate(amounts) for other in amounts[place:])
    return median(sqrt(one * other) for one, other in pairs)


Finished = Mapping[str, Sequence[Issue]]
Members = Mapping[str, Sequence[Issue]]


def finished_by_sprint(snapshot: Snapshot) -> Finished:
    """The issues finished in each sprint, by sprint id, as they were sized when it started.

    An issue counts in one sprint at most. Without sub-tasks and epics, whose points are those of their stories. A
    carried-over issue counts once, with its whole size, in the sprint that finished it (Cohn: no partial credit).
    """
    finished: dict[str, list[Issue]] = {}
    for issue in snapshot.history:
        if issue.category is Category.DONE and issue.is_counted:
            sprint = _sprint_of(issue, snapshot)
            if sprint is not None:
                finished.setdefault(sprint.id, []).append(sized_in(snapshot, issue, sprint))
    return finished


def sized_in(snapshot: Snapshot, issue: Issue, sprint: Sprint) -> Issue:
    """The issue with the estimate it had when the sprint started or it joined, as far as its past is known.

    Where it had none by then, the first one after that counts.
    """
    edits = snapshot.edits.get(issue.id)
    if edits is None or sprint.start is None:
        return issue
    points = size_from(issue, edits, joined_at(issue, edits, sprint.id, sprint.start))
    return issue if points == issue.points else replace(issue, points=points)


def with_planned(past: Velocity, snapshot: Snapshot, team: Team, members: Members) -> Velocity:
    """The same sprints with the points planned in each; `members` are the issues that ever were in a sprint, by its id.

    Where several teams share a board, a team counts its own issues only. A team without sprints plans none.
    """
    if not team.has_sprints:
        return past
    used = (replace(done, planned=planned_in(snapshot, team, members, done.sprint)) for done in past.used)
    return replace(past, used=tuple(used))


def planned_in(snapshot: Snapshot, team: Team, members: Members, sprint: Sprint) -> float | None:
    """What was in a team's sprint when it started; `None` where the past of an issue is not known."""
    counted = (issue for issue in members.get(sprint.id, ()) if issue.is_counted)
    return _planned(snapshot, sprint, snapshot.on_board_of(team, counted))


def _planned(snapshot: Snapshot, sprint: Sprint, issues: Sequence[Issue]) -> float | None:
    """Points in the sprint when it started, with those that left it later; `None` where a past is not known."""
    pasts = [(issue, snapshot.edits.get(issue.id)) for issue in issues]
    if sprint.start is None or any(edits is None for _, edits in pasts):
        return None
    known = [(issue, edits) for issue, edits in pasts if edits is not None]
    inside = [(issue, edits) for issue, edits in known if sprint.id in sprints_at(issue, edits, sprint.start)]
    return fsum(points_at(issue, edits, sprint.start) or 0.0 for issue, edits in inside)


def _sprint_of(issue: Issue, snapshot: Snapshot) -> Sprint | None:
    """The latest of its closed sprints that was active when it was resolved.

    Without a resolution date it is the latest closed sprint, because unfinished work moves on to the next one.
    """
    sprints = (snapshot.sprint_by_id.get(sprint_id) for sprint_id in issue.sprints)
    dated = [s for s in sprints if s is not None and s.start is not None and s.state is SprintState.CLOSED]
    if issue.resolved is not None:
        dated = [sprint for sprint in dated if _was_running(sprint, issue.resolved)]
    return max(dated, key=_order, default=None)


def _was_running(sprint: Sprint, moment: datetime) -> bool:
    end = end_of(sprint)
    return sprint.start is not None and end is not None and sprint.start <= moment <= end + GRACE


def end_of(sprint: Sprint) -> datetime | None:
    """When a sprint ended: its completion, which may be earlier or later than planned."""
    return sprint.completed or sprint.end


def was_cancelled(sprint: Sprint) -> bool:
    """Whether the sprint was closed long before its planned end."""
    start, end, completed = sprint.start, sprint.end, sprint.completed
    return bool(start and end and completed and (completed - start) < CUT_SHORT * (end - start))


def mine_of(snapshot: Snapshot, team: Team, sprint: Sprint, finished: Finished) -> Sequence[Issue]:
    """What a team finished in a sprint. Where several teams share a board, its own issues only."""
    return snapshot.on_board_of(team, finished.get(sprint.id, ()))


def _order(sprint: Sprint) -> tuple[float, str]:
    return (sprint.start.timestamp() if sprint.start else 0.0, sprint.id)


def velocity(snapshot: Snapshot, team: Team, options: CapacityOptions, finished: Finished) -> Velocity:
    """The team's last usable closed sprints, at most `options.history` of them.

    Skipped: sprints without dates (parking lots), cancelled ones, and those without finished points.
    """
    used: list[Delivered] = []
    skipped: dict[str, int] = {}
    for sprint in sorted(snapshot.sprints_of(team, SprintState.CLOSED), key=_order, reverse=True):
        if len(used) == options.history:
            break
        points = sum(issue.points or 0.0 for issue in mine_of(snapshot, team, sprint, finished))
        # Up to its completion, which may be earlier or later than planned.
        window = window_of(sprint, options.timezone, until=sprint.completed)
        days = team_days(team, window, options.holidays).net if window and team.people else None
        reason = "without usable dates" if window is None else _unusable(sprint, points, days, snapshot.unit)
        if reason:
            skipped[reason] = skipped.get(reason, 0) + 1
        else:
            used.append(Delivered(sprint, points, days))
    return Velocity(tuple(reversed(used)), skipped)


def _unusable(sprint: Sprint, points: float, days: float | None, unit: Unit) -> str:
    if was_cancelled(sprint):
        return "cancelled"
    if days == 0:
        return "with nobody present"
    return "" if points > 0 else f"without finished {unit}"
