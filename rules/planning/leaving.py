"""Which issues leave a sprint that is too full: what does not serve the goal first, then the lowest in rank."""

from collections.abc import Iterable, Sequence
from math import fsum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rules.planning.running import OpenIssue
    from rules.planning.team_part import Selected

TOLERANCE = 1e-6
Inside = TypeVar("Inside", "OpenIssue", "Selected")


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
