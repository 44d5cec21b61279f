"""The values of planning several sprints: what is to be planned, where it may go, and where it goes.

A plan is a mapping from the key of an item to the name of a box. An item that is missing there is not planned.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

BoxName = tuple[str, int]
"""The team's name, and the number of its sprint: 0 for the next one."""
Seats = Mapping[str, BoxName]
EPSILON = 1e-6
"""Sizes are sums of decimal numbers: sums that differ by less are equal."""


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
        return (self.team, self.depth)

    def is_in_time_for(self, later: "Box") -> bool:
        """Whether work in this sprint is in time for another: the same team, or it ends before the other begins."""
        if self.team == later.team:
            return self.depth <= later.depth
        return self.last is not None and later.first is not None and self.last < later.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One issue to plan, in the unit of the boxes.

    `boxes` are those it may go to. `needs` are the items that must come first. `pin` is where it is already: it stays
    there. `prior` is where the plan before had it. `epic` and `kind` are "" where it has none.
    """

    key: str
    size: float
    boxes: tuple[BoxName, ...]
    needs: tuple[str, ...] = ()
    pin: BoxName | None = None
    prior: BoxName | None = None
    epic: str = ""
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is to be planned: boxes, and items in rank order.

    `engaged` are the pairs of epic and team in which the team works on the epic whatever is planned here.
    """

    boxes: tuple[Box, ...]
    items: tuple[Item, ...]
    engaged: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def box(self) -> Mapping[BoxName, Box]:
        """The boxes by name."""
        return {box.name: box for box in self.boxes}

    @cached_property
    def item(self) -> Mapping[str, Item]:
        """The items by key."""
        return {item.key: item for item in self.items}
