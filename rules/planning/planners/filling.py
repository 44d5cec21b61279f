"""Boxes being filled: each item goes to the earliest sprint that has room for it, there to the least loaded team.

A placed item never moves, so what is said of a placement is the state in which it was made.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.planning.planners.model import EPSILON, Box, BoxName, Item, Problem, Seats

NOWHERE: Seats = {}


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an item is placed, what was left there after it, and the boxes that had room for it."""

    box: BoxName
    left: float
    choice: tuple[BoxName, ...] = ()


class Filling:
    """Placed items by key, and what is left in each box. Pinned items and those of `seats` are in from the start."""

    def __init__(self, problem: Problem, seats: Seats = NOWHERE) -> None:
        self.problem = problem
        self.placed: dict[str, Seat] = {}
        self._left = {box.name: box.room for box in problem.boxes}
        self._short = {(box.name, kind): floor for box in problem.boxes for kind, floor in box.floors.items()}
        self._waiting: defaultdict[tuple[BoxName, str], float] = defaultdict(float)
        for item in problem.items:
            for box in item.boxes:
                self._waiting[box, item.kind] += item.size
        for item in problem.items:
            start = item.pin or seats.get(item.key)
            if start is not None:
                self._take(item, start)

    @property
    def seats(self) -> Mapping[str, BoxName]:
        """The plan so far."""
        return {key: seat.box for key, seat in self.placed.items()}

    def left(self, box: BoxName) -> float:
        """What is left in a box; below zero where people planned more than fits."""
        return round(self._left[box], 6)

    def is_in_time(self, need: str, box: Box) -> bool:
        """Whether an item is placed in time for a box."""
        seat = self.placed.get(need)
        return seat is not None and self.problem.box[seat.box].is_in_time_for(box)

    def admits(self, item: Item, box: BoxName, *, reserving: bool = False) -> bool:
        """Whether an item may go into a box: enough is left, and what it needs comes in time.

        With `reserving`, what other kinds of work still need there counts as taken.
        """
        reserved = self._reserved(item, box) if reserving else 0.0
        if item.size > self.left(box) - reserved + EPSILON:
            return False
        return all(self.is_in_time(need, self.problem.box[box]) for need in item.needs)

    def place(self, item: Item, *, reserving: bool = False) -> bool:
        """Place an item in the earliest sprint that admits it; `False` if none does.

        Of several teams it is the one that had it before, else the least loaded, else the first by name.
        """
        choice = tuple(box for box in item.boxes if self.admits(item, box, reserving=reserving))
        if not choice:
            return False
        self._take(item, min(choice, key=lambda box: self._preference(item, box)), choice)
        return True

    def place_in(self, item: Item, box: BoxName) -> bool:
        """Place an item in this box; `False` if that does not admit it."""
        if not self.admits(item, box):
            return False
        self._take(item, box)
        return True

    def fill(self, items: Iterable[Item], *, reserving: bool = False) -> None:
        """Place what is not placed yet, in the given order, until none of the rest fits."""
        waiting = [item for item in items if item.key not in self.placed]
        waiting = [item for item in waiting if not self.place(item, reserving=reserving)]
        while True:
            # Room only shrinks, so what did not fit before cannot fit now: only items with needs are tried again.
            waiting = [item for item in waiting if item.needs]
            still = [item for item in waiting if not self.place(item, reserving=reserving)]
            if len(still) == len(waiting):
                return
            waiting = still

    def _preference(self, item: Item, box: BoxName) -> tuple[int, bool, float, str]:
        team, depth = box
        return (depth, item.prior is not None and item.prior.team != team, self._load_share(box), team)

    def _load_share(self, box: BoxName) -> float:
        limit = self.problem.box[box].limit
        return round(1 - self.left(box) / limit, 6) if limit else 1.0

    def _take(self, item: Item, box: BoxName, choice: tuple[BoxName, ...] = ()) -> None:
        self._left[box] -= item.size
        if (box, item.kind) in self._short:
            self._short[box, item.kind] -= item.size
        for one in item.boxes:
            self._waiting[one, item.kind] -= item.size
        self.placed[item.key] = Seat(box, self.left(box), choice)

    def _reserved(self, item: Item, box: BoxName) -> float:
        """What other kinds of work still need in a box, as far as issues of that kind wait for it.

        Nothing stays free for others against an item that its own kind needs there.
        """
        if item.size <= self._short.get((box, item.kind), 0.0) + EPSILON:
            return 0.0
        return sum(
            min(max(0.0, self._short[box, kind]), self._waiting[box, kind])
            for kind in self.problem.box[box].floors
            if kind != item.kind
        )


def completed(problem: Problem, wanted: Seats) -> dict[str, BoxName]:
    """A plan that keeps to another one as far as that fits, and then takes what still fits."""
    filling = Filling(problem)
    waiting = [item for item in problem.items if item.pin is None and item.key in wanted]
    while waiting:
        still = [item for item in waiting if not filling.place_in(item, wanted[item.key])]
        if len(still) == len(waiting):
            break
        waiting = still
    filling.fill(problem.items)
    return dict(filling.seats)
