"""The part of a team's capacity that is kept for each kind of work."""

from collections.abc import Mapping
from math import fsum

from rules.capacity.model import CapacitySplit, Share
from rules.capacity.options import Work

GRAIN = 10  # parts of a point or an hour: 0.1 is as fine as anybody plans


def split_capacity(total: float, unit: str, work: Mapping[str, Work]) -> CapacitySplit:
    """`total` cut by the shares of each kind of work into tenths that add up exactly to the whole.

    What rounding leaves over goes to the largest remainders; between equals, to the one named first.
    """
    whole, weight = round(total * GRAIN), fsum(kind.share for kind in work.values())
    if weight <= 0:
        return CapacitySplit(unit, whole / GRAIN, ())
    exact = {name: whole * kind.share / weight for name, kind in work.items()}
    parts = {name: int(value) for name, value in exact.items()}
    by_remainder = sorted(exact, key=lambda name: round(parts[name] - exact[name], 9))
    for name in by_remainder[: whole - sum(parts.values())]:
        parts[name] += 1
    shares = (Share(name, parts[name] / GRAIN, kind.kinds, kind.labels) for name, kind in work.items())
    return CapacitySplit(unit, whole / GRAIN, tuple(shares))
