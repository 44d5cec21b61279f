"""Whether a difference of shares can be chance: an exact test for small numbers, and a correction for many tests.

The test is Fisher's (R. A. Fisher, *The Design of Experiments*, 1935, chapter 2). With several groups, the numbers are
compared within each group only and added up (M. W. Birch, "The detection of partial association, I: the 2 x 2 case",
Journal of the Royal Statistical Society B 26, 1964; A. Agresti, "A survey of exact inference for contingency tables",
Statistical Science 7, 1992). The correction is Holm's (S. Holm, "A simple sequentially rejective multiple test
procedure", Scandinavian Journal of Statistics 6, 1979). Nothing is approximated.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb, fsum


@dataclass(frozen=True, slots=True)
class Group:
    """Issues that are compared with each other: `failed` of them failed a rule, the `passed` others did not.

    `failed_hit` of the failed ones had trouble, and `passed_hit` of the others.
    """

    failed_hit: int
    failed: int
    passed_hit: int
    passed: int


def chance(groups: Iterable[Group]) -> float:
    """The chance of at least so much trouble among the failed ones, if failing made no difference within any group.

    Which issues had trouble is then a matter of drawing lots within each group: the number among the failed ones is
    hypergeometric, and their sum is what the whole is compared with. It is 0 to 1; 1 for no group.
    """
    groups = tuple(groups)
    observed = sum(group.failed_hit for group in groups)
    spread = [1.0]
    for group in groups:
        spread = _sum_of(spread, _lots(group))
    return min(1.0, fsum(spread[observed:]))


def _lots(group: Group) -> list[float]:
    """The chance of 0, 1, 2, ... cases of trouble among the failed ones of a group."""
    hits, total = group.failed_hit + group.passed_hit, group.failed + group.passed
    ways = comb(total, hits)
    return [
        comb(group.failed, k) * comb(group.passed, hits - k) / ways if k <= hits else 0.0
        for k in range(group.failed + 1)
    ]


def _sum_of(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """How the sum of two independent numbers is spread."""
    total = [0.0] * (len(one) + len(other) - 1)
    for place, first in enumerate(one):
        for step, second in enumerate(other):
            total[place + step] += first * second
    return total


def corrected(chances: Sequence[float]) -> tuple[float, ...]:
    """Each chance, made larger for the number of tests, in the same order.

    Naming all tests with at most 0.05 is wrong about any of them in at most 5 of 100 cases, however many there are.
    """
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    result, highest = [0.0] * len(chances), 0.0
    for step, place in enumerate(order):
        highest = max(highest, min(1.0, (len(chances) - step) * chances[place]))
        result[place] = highest
    return tuple(result)
