"""Which issues leave a sprint that is too full: what does not serve the goal first, then the lowest in rank."""

from collections.abc import Iterable, Sequence
from math import fsum
from typing import Protocol, TypeVar

TOLERANCE = 1e-6


class Movable(Protocol):
    """An issue in a sprint."""

    @property
    def is_key(self) -> bool:
        """Whether it is the key issue of the goal."""

    @property
    def serves(self) -> str:
        """How it serves the goal, "" where it does not."""

    @property
    def rank(self) -> int:
        """Its place in the order, 0 is the most important."""

    @property
    def points(self) -> float | None:
        """Its estimate."""


Inside = TypeVar("Inside", bound=Movable)


def leaving(issues: Iterable[Inside], over: float) -> tuple[Inside, ...]:
    """The fewest issues whose points make up for what is over, in rank order.

    Never the key issue. Nothing is in it that could stay.
    """
    movable = sorted((one for one in issues if not one.is_key), key=lambda one: (bool(one.serves), -one.rank))
    chosen: list[Inside] = []
    for one in movable:
        if _points(chosen) >= over - TOLERANCE:
            break
        chosen.append(one)
    for one in reversed(tuple(chosen)):
        without = [other for other in chosen if other is not one]
        if _points(without) >= over - TOLERANCE:
            chosen = without
    return tuple(sorted(chosen, key=lambda one: one.rank))


def _points(issues: Sequence[Inside]) -> float:
    return fsum(one.points or 0.0 for one in issues)
