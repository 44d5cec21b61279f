"""Fill sprints in rank order: each issue goes to the least loaded team that takes it and has room (docs/planning.md).

A placed issue never moves, so the reason of a placement is the state in which it was made. Issues whose
blockers are ranked below them are tried again; when a round places nothing, no remaining issue fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rules.backlog.index import Backlog
from rules.model import Issue, Sprint
from rules.planning.slots import Slot, is_in_time, is_not_after


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


@dataclass(slots=True)
class Filling:
    """Sprints being filled: placed issues by key, and points taken by slot."""

    backlog: Backlog
    seats: dict[str, Seat] = field(default_factory=dict)
    taken: dict[tuple[str, int], float] = field(default_factory=dict)

    def blockers(self, key: str) -> tuple[str, ...]:
        """The keys of the open issues that block an issue."""
        return tuple(blocker.key for blocker in self.backlog.blockers_of(key))

    def left(self, slot: Slot) -> float:
        """Points left in a slot; below zero where people planned more than fits."""
        return round(slot.room - self.taken.get(slot.name, 0.0), 6)

    def late_blockers(self, key: str, slot: Slot) -> tuple[str, ...]:
        """The blockers of an issue that are not done in time for a slot."""
        return tuple(blocker for blocker in self.blockers(key) if not self._comes_in_time(blocker, slot))

    def admits(self, candidate: Candidate, slot: Slot) -> bool:
        """Whether a candidate fits: enough points left, and every blocker in time."""
        return self.left(slot) >= candidate.points and not self.late_blockers_of(candidate, slot)

    def late_blockers_of(self, candidate: Candidate, slot: Slot) -> tuple[str, ...]:
        """The late blockers that keep a candidate out: none where a team accepted it though it is blocked."""
        return () if candidate.though else self.late_blockers(candidate.issue.key, slot)

    def place(self, candidate: Candidate) -> bool:
        """Place a candidate in the earliest slot that admits it, then the least loaded; `False` if none does."""
        open_slots = [slot for slot in candidate.slots if self.admits(candidate, slot)]
        if not open_slots:
            return False
        slot = min(open_slots, key=lambda s: (s.depth, self._load_share(s), s.team))
        self.taken[slot.name] = self.taken.get(slot.name, 0.0) + candidate.points
        self.seats[candidate.issue.key] = Seat(slot, self.left(slot), tuple(s.team for s in open_slots))
        return True

    def _comes_in_time(self, blocker: str, slot: Slot) -> bool:
        if blocker in self.seats:
            return is_not_after(self.seats[blocker].slot, slot)
        sprint = self.sprint_of(blocker)
        return sprint is not None and is_in_time(sprint, slot, self.backlog.snapshot)

    def sprint_of(self, key: str) -> Sprint | None:
        """The sprint an issue is in on the tracker, `None` for none or an unknown one."""
        snapshot = self.backlog.snapshot
        issue = snapshot.by_key.get(key)
        return snapshot.sprint_by_id.get(issue.sprint) if issue is not None and issue.sprint else None

    def _load_share(self, slot: Slot) -> float:
        return round(1 - self.left(slot) / slot.limit, 6) if slot.limit else 1.0


def fill(candidates: Sequence[Candidate], backlog: Backlog) -> Filling:
    """Place candidates, in rank order, until none of the rest fits."""
    filling = Filling(backlog)
    waiting = [candidate for candidate in candidates if not filling.place(candidate)]
    while True:
        # Room only shrinks, so what did not fit before cannot fit now: only issues with blockers are tried again.
        waiting = [candidate for candidate in waiting if filling.blockers(candidate.issue.key)]
        still = [candidate for candidate in waiting if not filling.place(candidate)]
        if len(still) == len(waiting):
            return filling
        waiting = still
