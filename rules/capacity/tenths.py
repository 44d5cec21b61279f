"""A whole that is divided into tenths, so that the parts add up exactly."""

from collections.abc import Mapping
from math import fsum

GRAIN = 10
"""Parts of a point or an hour: planning is never finer than 0.1."""


def in_tenths(total: float, shares: Mapping[str, float]) -> dict[str, float]:
    """`total`, rounded to tenths, divided by these shares; empty where they have no weight.

    Rounding remainders go to the largest fractions (Hamilton's method); between equals, to the share named first.
    """
    whole, weight = round(total * GRAIN), fsum(shares.values())
    if weight <= 0:
        return {}
    exact = {name: whole * share / weight for name, share in shares.items()}
    parts = {name: int(value) for name, value in exact.items()}
    by_remainder = sorted(exact, key=lambda name: round(parts[name] - exact[name], 9))
    for name in by_remainder[: whole - sum(parts.values())]:
        parts[name] += 1
    return {name: part / GRAIN for name, part in parts.items()}
