"""The next sprint of every team, filled in rank order by the planner `greedy`, and the state that its reasons quote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.backlog.index import Backlog
from rules.model import Issue, Sprint
from rules.planning.planners.filling import Filling
from rules.planning.planners.model import Item, Problem
from rules.planning.slots import Slot, in_time_for, sprint_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """An issue that can be placed, and the slots of the teams that take it (at least one).

    It is ready and estimated, or a team accepted it; then `though` says what is missing.
    """

    issue: Issue
    points: float
    slots: tuple[Slot, ...]
    though: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an issue is placed, the points left after it, and the teams that had room for it."""

    slot: Slot
    left: float
    choice: tuple[str, ...]


@dataclass(frozen=True)
class Filled:
    """Filled sprints: placed issues by key. `filling` knows what is left."""

    backlog: Backlog
    filling: Filling
    seats: Mapping[str, Seat]

    def blockers(self, key: str) -> tuple[str, ...]:
        """The keys of the open issues that block an issue."""
        return tuple(blocker.key for blocker in self.backlog.blockers_of(key))

    def left(self, slot: Slot) -> float:
        """Points left in a slot; below zero where people planned more than fits."""
        return self.filling.left(slot.name)

    def late_blockers(self, key: str, slot: Slot) -> tuple[str, ...]:
        """The blockers of an issue that are not done in time for a slot."""
        return tuple(blocker for blocker in self.blockers(key) if not self._comes_in_time(blocker, slot))

    def late_blockers_of(self, candidate: Candidate, slot: Slot) -> tuple[str, ...]:
        """The late blockers that keep a candidate out: none where a team accepted it though it is blocked."""
        return () if candidate.though else self.late_blockers(candidate.issue.key, slot)

    def sprint_of(self, key: str) -> Sprint | None:
        """The sprint an issue is in on the tracker, `None` for none or an unknown one."""
        return sprint_of(key, self.backlog.snapshot)

    def _comes_in_time(self, blocker: str, slot: Slot) -> bool:
        return self.filling.is_in_time(blocker, slot.box) or in_time_for((blocker,), slot, self.backlog.snapshot)


def fill(candidates: Sequence[Candidate], backlog: Backlog) -> Filled:
    """Place candidates, in rank order, until none of the rest fits."""
    slots = {slot.name: slot for candidate in candidates for slot in candidate.slots}
    items = tuple(_item(candidate, backlog) for candidate in candidates)
    filling = Filling(Problem(boxes=tuple(slot.box for slot in slots.values()), items=items))
    filling.fill(items)
    seats = {
        key: Seat(slots[seat.box], seat.left, tuple(team for team, _ in seat.choice))
        for key, seat in filling.placed.items()
    }
    return Filled(backlog, filling, seats)


def _item(candidate: Candidate, backlog: Backlog) -> Item:
    """The candidate for the planner: what blocks it and is in no sprint has to be placed first."""
    blockers = () if candidate.though else backlog.blockers_of(candidate.issue.key)
    planned = [one.key for one in blockers if sprint_of(one.key, backlog.snapshot) is not None]
    return Item(
        key=candidate.issue.key,
        size=candidate.points,
        boxes=tuple(slot.name for slot in candidate.slots if in_time_for(planned, slot, backlog.snapshot)),
        needs=tuple(one.key for one in blockers if one.key not in planned),
    )
