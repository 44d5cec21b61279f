"""How sub-scores become a letter: bands, and weights that make up for what could not be measured."""

from collections.abc import Sequence
from math import isfinite

FEWEST = 0.25
"""A letter that rests on less than a quarter of its weights would be a guess, and has no score."""

Part = tuple[float, float | None]
"""A weight and a sub-score of 0 to 1, `None` where it could not be measured."""


def clip(value: float) -> float:
    """The value held between 0 and 1."""
    return min(1.0, max(0.0, value))


def band(value: float, edges: tuple[float, float, float, float], *, floor: float) -> float:
    """0 up to the first edge, rising to 1 at the second, 1 up to the third, falling to `floor` at the fourth."""
    empty, enough, plenty, beyond = edges
    if value <= enough:
        return clip((value - empty) / (enough - empty))
    return 1.0 - (1.0 - floor) * clip((value - plenty) / (beyond - plenty))


def weighted(parts: Sequence[Part]) -> float | None:
    """The weighted mean of the sub-scores there are, 0 to 1; `None` where there are none."""
    total = earned = 0.0
    for weight, score in parts:  # a loop: best actions weigh every issue of the backlog several times
        if score is not None and isfinite(score):
            total += weight
            earned += weight * clip(score)
    return earned / total if total else None


def letter_score(parts: Sequence[Part]) -> float | None:
    """A letter's score, 0 to 100: undefined sub-scores are left out and the weights renormalised."""
    weight_known = sum(weight for weight, score in parts if score is not None)
    if weight_known < FEWEST * sum(weight for weight, _ in parts):
        return None
    score = weighted(parts)
    return None if score is None else 100.0 * score


def share(part: float, whole: float) -> float | None:
    """Part of the whole, `None` where there is no whole."""
    return part / whole if whole else None


def spearman(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Spearman's rank correlation with ties at their mean rank; `None` where either side is the same everywhere."""
    left, right = _ranks(first), _ranks(second)
    middle = (len(left) - 1) / 2
    spread = sum((a - middle) ** 2 for a in left) * sum((b - middle) ** 2 for b in right)
    if not spread:
        return None
    return float(sum((a - middle) * (b - middle) for a, b in zip(left, right, strict=True)) / spread**0.5)


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    first = 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and values[order[last + 1]] == values[order[first]]:
            last += 1
        for place in order[first : last + 1]:
            ranks[place] = (first + last) / 2
        first = last + 1
    return ranks
