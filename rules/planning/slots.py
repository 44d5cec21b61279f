"""The sprints to plan into, and which of two sprints is earlier."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.capacity.days import planned_sprints, window_of
from rules.capacity.model import TeamCapacity
from rules.model import Issue, Snapshot, Sprint, SprintState
from rules.wording import Wording


@dataclass(frozen=True, slots=True)
class Slot:
    """One sprint of one team to plan into; `depth` 0 is the next one, the only one so far."""

    capacity: TeamCapacity
    depth: int = 0

    @property
    def name(self) -> tuple[str, int]:
        """The key of the slot: team and depth."""
        return (self.capacity.team.name, self.depth)

    @property
    def team(self) -> str:
        """The team's name."""
        return self.capacity.team.name

    @property
    def sprint_name(self) -> Wording:
        """The sprint's name for a sentence."""
        sprint = self.capacity.sprint
        return Wording("{sprint!q}", sprint=sprint.name) if sprint else Wording("its next sprint")

    @property
    def limit(self) -> float:
        """The points to plan: what the team finishes with 50 % probability."""
        return self.capacity.points.p50 if self.capacity.points else 0.0

    @property
    def room(self) -> float:
        """Points left after the work people planned; below zero where that exceeds the limit."""
        return round(self.limit - self.capacity.load, 6)


def slots_of(capacities: Sequence[TeamCapacity]) -> tuple[Slot, ...]:
    """The next sprint of every team whose points are known."""
    return tuple(Slot(capacity) for capacity in capacities if capacity.points is not None)


def was_refused(issue: Issue, slot: Slot) -> bool:
    """Whether readyline moved the issue into this sprint and a person took it out again."""
    sprint, marks = slot.capacity.sprint, issue.marks
    return sprint is not None and (marks.sprint == sprint.id or marks.has_refused("sprint", sprint.id))


def is_not_after(earlier: Slot, later: Slot) -> bool:
    """Whether work in `earlier` is in time for `later`: same team, or its sprint ends before the other begins."""
    if earlier.team == later.team:
        return earlier.depth <= later.depth
    ends, begins = earlier.capacity.last, later.capacity.first
    return ends is not None and begins is not None and ends < begins


def is_in_time(sprint: Sprint, slot: Slot, snapshot: Snapshot) -> bool:
    """Whether work that people planned in `sprint` is in time for `slot`."""
    team, target = slot.capacity.team, slot.capacity.sprint
    if sprint.board == team.board:
        if sprint.state is not SprintState.FUTURE or (target is not None and sprint.id == target.id):
            return True
        order = [s.id for s in planned_sprints(snapshot, team)]
        return target is not None and sprint.id in order and order.index(sprint.id) < order.index(target.id)
    window, begins = window_of(sprint), slot.capacity.first
    return window is not None and begins is not None and window.last < begins
