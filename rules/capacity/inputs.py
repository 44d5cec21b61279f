"""Everything one team's capacity rests on, gathered once: what the warnings and the explanation read."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from rules.capacity.days import TeamDays
from rules.capacity.hours import Hours
from rules.capacity.model import Range
from rules.capacity.points import Velocity
from rules.model import Issue, Kind, Snapshot, Sprint, Team


@dataclass(frozen=True, slots=True)
class Load:
    """What already sits in a sprint: points, the keys nobody has estimated, and points by the account they wait for."""

    points: float = 0.0
    unestimated: tuple[str, ...] = ()
    by_account: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityInputs:
    """One team before its next sprint.

    `typical` is its typical velocity in points a sprint, at usual presence; `points` is the range with the people who
    are there. Both are `None` if unknown.
    """

    team: Team
    sprint: Sprint | None
    days: TeamDays
    hours: Hours
    velocity: Velocity
    typical: float | None
    points: Range | None
    load: Load

    @property
    def name(self) -> str:
        """What to call the sprint in a sentence."""
        return f'"{self.sprint.name}"' if self.sprint else "The next sprint"

    @property
    def scales(self) -> bool:
        """Whether the points grow and shrink with the person-days to come."""
        return self.velocity.is_per_day or not self.velocity.used


def load_of(snapshot: Snapshot, sprint: Sprint | None) -> Load:
    """The open work in a sprint; sub-tasks and epics count through the stories between them."""
    if sprint is None:
        return Load()
    inside = [issue for issue in snapshot.issues if issue.sprint == sprint.id and _counts(issue)]
    by_account: dict[str, float] = {}
    for issue in inside:
        if issue.assignee and issue.points:
            by_account[issue.assignee] = by_account.get(issue.assignee, 0.0) + issue.points
    return Load(
        points=fsum(issue.points or 0.0 for issue in inside),
        unestimated=tuple(issue.key for issue in inside if issue.points is None),
        by_account=by_account,
    )


def _counts(issue: Issue) -> bool:
    return issue.is_open and issue.kind not in {Kind.EPIC, Kind.SUBTASK}
