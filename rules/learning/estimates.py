"""What was planned against what was done, and how long issues of each size took. Estimates are not compared by team."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median, quantiles

from rules.capacity.options import CapacityOptions
from rules.capacity.points import (
    GRACE,
    Delivered,
    Finished,
    Members,
    finished_by_sprint,
    velocity,
    with_planned,
)
from rules.history.replay import sprint_members, was_open
from rules.history.states import status_categories, work_began
from rules.learning.sprints import issues_of, was_there
from rules.model import EditField, Snapshot, SprintState, Team

LEAST = 5
"""With fewer issues of a size, or fewer sprints, no usual value is named."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDone:
    """The points in a sprint at its start (`None` where that is not known), and those finished in it.

    Of the `issues` that were in it at its start, as far as their past is known, `finished` were finished in it.
    """

    sprint: str
    planned: float | None
    done: float
    issues: int = 0
    finished: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeSpread:
    """How long finished issues of one size took: calendar days from the start of work to the end.

    `size` is the estimate at the start of the sprint. A quarter of the `issues` took less than `low`, half of them less
    than `usual`, a quarter more than `high`; `None` where the issues are too few. `estimated_again` counts the issues
    that got another estimate in their sprint.
    """

    size: float
    issues: int
    low: float | None
    usual: float | None
    high: float | None
    estimated_again: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamEstimates:
    """The closed sprints of a team, oldest first, and its sizes, smallest first."""

    team: str
    sprints: tuple[PlannedDone, ...]
    sizes: tuple[SizeSpread, ...]

    @property
    def usual_share(self) -> float | None:
        """The median share of the planned points that was finished; `None` where the sprints are too few."""
        shares = [one.done / one.planned for one in self.sprints if one.planned]
        return median(shares) if len(shares) >= LEAST else None


def estimates(snapshot: Snapshot, options: CapacityOptions) -> tuple[TeamEstimates, ...]:
    """The teams with closed sprints, in the order of the configuration."""
    finished, members = finished_by_sprint(snapshot), sprint_members(snapshot)
    made = []
    for team in snapshot.product.teams:
        past = with_planned(velocity(snapshot, team, options, finished), snapshot, team, members)
        sprints = tuple(_planned_done(snapshot, team, one, members) for one in past.used)
        if sprints:
            made.append(TeamEstimates(team=team.name, sprints=sprints, sizes=_sizes(snapshot, team, finished)))
    return tuple(made)


def _planned_done(snapshot: Snapshot, team: Team, delivered: Delivered, members: Members) -> PlannedDone:
    sprint, end = delivered.sprint, delivered.sprint.completed or delivered.sprint.end
    begun = [
        issue
        for issue in issues_of(snapshot, team, members.get(sprint.id, ()))
        if issue.id in snapshot.edits
        and sprint.start is not None
        and was_there(issue, snapshot.edits[issue.id], sprint.id, sprint.start)
    ]
    return PlannedDone(
        sprint=sprint.id,
        planned=delivered.planned,
        done=delivered.points,
        issues=len(begun),
        finished=sum(end is not None and not was_open(issue, end + GRACE) for issue in begun),
    )


def _sizes(snapshot: Snapshot, team: Team, finished: Finished) -> tuple[SizeSpread, ...]:
    taken: dict[float, list[float]] = {}
    again: dict[float, int] = {}
    for size, days, was_estimated_again in _taken(snapshot, team, finished):
        taken.setdefault(size, []).append(days)
        again[size] = again.get(size, 0) + was_estimated_again
    return tuple(_spread(size, taken[size], again[size]) for size in sorted(taken))


def _taken(snapshot: Snapshot, team: Team, finished: Finished) -> Iterator[tuple[float, float, bool]]:
    """Of each finished issue its size at the start, the days it took, and whether it was estimated again."""
    categories = status_categories(snapshot)
    for sprint in snapshot.sprints_of(team, SprintState.CLOSED):
        for issue in issues_of(snapshot, team, finished.get(sprint.id, ())):
            edits = snapshot.edits.get(issue.id, ())
            began = work_began(edits, categories)
            if issue.points is None or began is None or issue.resolved is None or issue.resolved < began:
                continue
            again = any(
                e.field is EditField.ESTIMATE and e.before and sprint.start and e.at > sprint.start for e in edits
            )
            yield issue.points, (issue.resolved - began) / DAY, again


def _spread(size: float, days: Sequence[float], estimated_again: int) -> SizeSpread:
    low, usual, high = quantiles(days, n=4, method="inclusive") if len(days) >= LEAST else (None, None, None)
    return SizeSpread(size=size, issues=len(days), low=low, usual=usual, high=high, estimated_again=estimated_again)
