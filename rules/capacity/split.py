"""The part of a team's capacity that is kept for each kind of work."""

from collections.abc import Mapping

from rules.capacity.model import CapacitySplit, Share

GRAIN = 10  # parts of a point or an hour: 0.1 is as fine as anybody plans


def split_capacity(total: float, unit: str, shares: Mapping[str, float]) -> CapacitySplit:
    """`total` cut by `shares` (any positive weights) into tenths that add up exactly to the whole.

    What rounding leaves over goes to the largest remainders; between equals, to the one named first.
    """
    whole, weight = round(total * GRAIN), sum(shares.values())
    if not shares or weight <= 0:
        return CapacitySplit(unit, whole / GRAIN, ())
    exact = {name: whole * share / weight for name, share in shares.items()}
    parts = {name: int(value) for name, value in exact.items()}
    by_remainder = sorted(exact, key=lambda name: round(parts[name] - exact[name], 9))
    for name in by_remainder[: whole - sum(parts.values())]:
        parts[name] += 1
    return CapacitySplit(unit, whole / GRAIN, tuple(Share(name, part / GRAIN) for name, part in parts.items()))
