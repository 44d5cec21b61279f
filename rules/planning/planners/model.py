"""The values of planning several sprints: what is to be planned, where it may go, and where it goes.

A plan is a mapping from the key of an item to the name of a box. An item that is missing there is not planned.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from statistics import median
from typing import NamedTuple


class BoxName(NamedTuple):
    """What plans call a box: the team's name, and the number of its sprint, 0 for the next one."""

    team: str
    depth: int


Seats = Mapping[str, BoxName]
"""A plan: the keys of items with the boxes they go to."""
EPSILON = 1e-6
"""Sizes are sums of decimal numbers: sums that differ by less are equal."""
TOP_WORTH = 1000
"""What a point of the highest-ranked item is worth."""
PENALTY = 0.02
"""One penalty, as a part of what an item is worth."""
CHANGES = 0.05
"""This part of the places of before may change for a small penalty; each further one has a large one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One sprint of one team to plan into.

    `limit` is what the team usually finishes in it. `room` is what is left of that for the items of the problem; below
    zero where people planned more than fits. `floors` is how much of each kind of work should be in it at least.
    """

    team: str
    depth: int
    limit: float
    room: float
    first: date | None = None
    last: date | None = None
    floors: Mapping[str, float] = field(default_factory=dict)

    @property
    def name(self) -> BoxName:
        """What plans call it."""
        return BoxName(self.team, self.depth)

    def is_in_time_for(self, later: "Box") -> bool:
        """Whether work in this sprint is in time for another: the same team, or it ends before the other begins."""
        if self.team == later.team:
            return self.depth <= later.depth
        return self.last is not None and later.first is not None and self.last < later.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One issue to plan, in the unit of the boxes.

    `boxes` are those it may go to. `needs` are the items that must come first. `pin` is where it is already: it stays
    there. `prior` is where the plan before had it. `epic` and `kind` are "" where it has none. `worth` is what a point
    of it is worth (see `with_worths`).
    """

    key: str
    size: float
    boxes: tuple[BoxName, ...]
    needs: tuple[str, ...] = ()
    pin: BoxName | None = None
    prior: BoxName | None = None
    epic: str = ""
    kind: str = ""
    worth: int = 0


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is to be planned: boxes, and items in rank order.

    `engaged` are the pairs of epic and team in which the team works on the epic whatever is planned here. `penalty` is
    what one change or hand-off weighs, `changes` how many places of before may change easily (see `with_worths`); it
    is below zero in a part of a plan where more than that changed elsewhere.
    """

    boxes: tuple[Box, ...]
    items: tuple[Item, ...]
    engaged: frozenset[tuple[str, str]] = frozenset()
    penalty: float = 0.0
    changes: int = 0

    @cached_property
    def box(self) -> Mapping[BoxName, Box]:
        """The boxes by name."""
        return {box.name: box for box in self.boxes}

    @cached_property
    def item(self) -> Mapping[str, Item]:
        """The items by key."""
        return {item.key: item for item in self.items}

    @cached_property
    def sprints(self) -> int:
        """How many sprints are planned."""
        return 1 + max((box.depth for box in self.boxes), default=-1)


def with_worths(problem: Problem, half_life: float = 1.0) -> Problem:
    """The problem with what a point of each item is worth: half as much for every `half_life` sprints of work above it.

    A sprint of work is what all teams finish in their first one. Without any, every point is worth the same. A penalty
    is a part of what an item is worth in the first sprint: the median of the items that would fill all sprints. One in
    twenty of the places of before may change easily, at least one.
    """
    first = min((box.depth for box in problem.boxes), default=0)
    sprint = half_life * sum(box.limit for box in problem.boxes if box.depth == first)
    above, worthy, near = 0.0, [], [0.0]
    for item in problem.items:
        worth = round(TOP_WORTH * 0.5 ** (above / sprint)) if sprint > 0 else TOP_WORTH
        worthy.append(replace(item, worth=worth))
        if above < sum(box.limit for box in problem.boxes):
            near.append(worth * item.size * problem.sprints)
        above += item.size
    changes = max(1, int(CHANGES * sum(item.prior is not None for item in problem.items)))
    return replace(problem, items=tuple(worthy), penalty=PENALTY * median(near), changes=changes)
