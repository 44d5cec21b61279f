"""The sprints to plan into, and which of two sprints is earlier."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rules.capacity.days import planned_sprints, window_of
from rules.capacity.inputs import load_of
from rules.capacity.model import SprintOutlook, TeamCapacity
from rules.capacity.outlook import coming_sprints
from rules.model import Issue, Snapshot, Sprint, SprintState
from rules.planning.planners.model import Box, BoxName
from rules.wording import Wording


@dataclass(frozen=True, slots=True)
class Slot:
    """One sprint of one team to plan into; `depth` 0 is the next one, and `later` is set for those after it.

    `planned` is the points that people planned in a later one.
    """

    capacity: TeamCapacity
    depth: int = 0
    later: SprintOutlook | None = None
    planned: float = 0.0

    @property
    def name(self) -> BoxName:
        """The key of the slot: team and depth."""
        return BoxName(self.capacity.team.name, self.depth)

    @property
    def team(self) -> str:
        """The team's name."""
        return self.capacity.team.name

    @property
    def sprint(self) -> Sprint | None:
        """The sprint on the board, `None` where there is none yet."""
        return self.later.sprint if self.later is not None else self.capacity.sprint

    @property
    def first(self) -> date | None:
        """The first day."""
        return self.later.first if self.later is not None else self.capacity.first

    @property
    def last(self) -> date | None:
        """The last day."""
        return self.later.last if self.later is not None else self.capacity.last

    @property
    def sprint_name(self) -> Wording:
        """The sprint's name for a sentence."""
        return Wording("{sprint!q}", sprint=self.sprint.name) if self.sprint else Wording("its next sprint")

    @property
    def limit(self) -> float:
        """The points to plan: what the team finishes with 50 % probability."""
        points = self.later.points if self.later is not None else self.capacity.points
        return points.p50 if points else 0.0

    @property
    def load(self) -> float:
        """Points that people planned in it, and that will probably be carried over into the next one."""
        return self.planned if self.later is not None else self.capacity.load

    @property
    def room(self) -> float:
        """Points left after the work people planned; below zero where that exceeds the limit."""
        return round(self.limit - self.load, 6)

    @property
    def box(self) -> Box:
        """The slot for a planner."""
        return Box(team=self.team, depth=self.depth, limit=self.limit, room=self.room, first=self.first, last=self.last)


def slots_of(capacities: Sequence[TeamCapacity]) -> tuple[Slot, ...]:
    """The next sprint of every team whose points are known."""
    return tuple(Slot(capacity) for capacity in capacities if capacity.points is not None)


def later_slots(capacity: TeamCapacity, snapshot: Snapshot, count: int) -> tuple[Slot, ...]:
    """The sprints of a team after its next one, `count` with that one, as far as their points are known."""
    return tuple(
        Slot(capacity, depth, one, load_of(snapshot, one.sprint, capacity.team).points)
        for depth, one in enumerate(coming_sprints(capacity, count))
        if depth and one.points is not None
    )


def was_refused(issue: Issue, slot: Slot) -> bool:
    """Whether readyline moved the issue into this sprint and a person took it out again."""
    sprint, marks = slot.sprint, issue.marks
    return sprint is not None and (marks.sprint == sprint.id or marks.has_refused("sprint", sprint.id))


def sprint_of(key: str, snapshot: Snapshot) -> Sprint | None:
    """The sprint an issue is in on the tracker, `None` for none or an unknown one."""
    issue = snapshot.by_key.get(key)
    return snapshot.sprint_by_id.get(issue.sprint) if issue is not None and issue.sprint else None


def in_time_for(keys: Iterable[str], slot: Slot, snapshot: Snapshot) -> bool:
    """Whether each of these issues is in a sprint on the tracker that is in time for a slot."""
    sprints = (sprint_of(key, snapshot) for key in keys)
    return all(sprint is not None and is_in_time(sprint, slot, snapshot) for sprint in sprints)


def is_in_time(sprint: Sprint, slot: Slot, snapshot: Snapshot) -> bool:
    """Whether work that people planned in `sprint` is in time for `slot`."""
    team, target = slot.capacity.team, slot.sprint
    if sprint.board == team.board:
        if sprint.state is not SprintState.FUTURE or (target is not None and sprint.id == target.id):
            return True
        order = [s.id for s in planned_sprints(snapshot, team)]
        before = order[: order.index(target.id)] if target is not None else order[: slot.depth]
        return sprint.id in before
    window, begins = window_of(sprint), slot.first
    return window is not None and begins is not None and window.last < begins
