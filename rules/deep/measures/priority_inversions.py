"""P: whether the order agrees with the priorities."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.scoring import clip
from rules.deep.view import WEIGHTLESS, View, once_a_view, weight_at
from rules.model import Issue, Priority

WORST = 10
"""Pairs that are named."""

Listed = tuple[Issue, Priority]
"""An issue with its priority."""


class PriorityInversions(ScoredMeasure):
    """How much of the order contradicts the priority field.

    Why: Two answers to "what comes first" leave teams to choose between them (The Scrum Guide, 2020: the Product
        Backlog is ordered).

    Formula: Over all pairs of issues with different priorities, the share in which the less urgent one is ranked above.
        A pair counts 2^(-distance / 2) of the upper issue times 1 - 2^(-distance between the two), so that neighbours
        hardly count; without a velocity all pairs count the same. A random order gives 0.5. The sub-score is 1 at 0 and
        falls to 0 at zero_at.

    Good: Highest, High, Medium, Low: "0 % of the order contradicts the priorities; a random order has 50 %."
        Sub-score 1.

    Bad: Low, Medium, High, Highest: "100 % of the order contradicts the priorities; a random order has 50 %. SHOP-1
        (Low) is ranked above SHOP-4 (Highest); SHOP-2 (Medium) is ranked above SHOP-4 (Highest); SHOP-3 (High) is
        ranked above SHOP-4 (Highest)." Sub-score 0.
    """

    name = "priority_inversions"
    title = "priority inversions"
    letter = DeepLetter.PRIORITISED
    needs = frozenset({"priority", "rank"})

    weight: float = weighing(0.30)
    zero_at: float = Field(default=0.35, gt=0, le=1)
    """The share of inverted pairs from which on the sub-score is 0."""

    def measure(self, view: View) -> Measured:
        """The weighted share of inverted pairs, with the keys of the worst ones."""
        part = inversion_share(view)
        if part is None:
            text = "No two issues differ in priority, so the order contradicts none."
            return Measured((self.figure(None, "%", text),))
        worst = worst_inversions(view)
        keys = tuple(dict.fromkeys(key for pair in worst for key in (pair.above.key, pair.below.key)))
        pairs = "; ".join(map(_pair, worst[:3]))
        text = f"{100 * part:.0f} % of the order contradicts the priorities; a random order has 50 %."
        text += f" {pairs}." if worst else ""
        return Measured((self.figure(100 * part, "%", text, keys, most=2 * WORST),), self.scored(view))

    def scored(self, view: View) -> float | None:
        """The sub-score, without the worst pairs."""
        part = inversion_share(view)
        return None if part is None else 1.0 - clip(part / self.zero_at)


@dataclass(frozen=True, slots=True)
class Inversion:
    """A less urgent issue ranked above more urgent ones: the first of the most urgent, and how many more there are."""

    above: Issue
    below: Issue
    others: int


@once_a_view
def inversion_share(view: View) -> float | None:
    """How much of the order contradicts the priorities, 0 to 1; `None` where no two priorities differ.

    One walk from the end with a sum for each priority level: O(n x levels). Issues whose own weight changes no sum are
    only counted as those below.
    """
    weighing, weightless = _listed(view)
    below = Counter([priority.order for _, priority in weightless])
    orders = sorted({*below, *(priority.order for _, priority in weighing)})
    place = {order: number for number, order in enumerate(orders)}
    count = [below[order] for order in orders]
    near = [0.0] * len(orders)  # level -> sum of 2^-d_j over the weighing issues below, d_j from the first one on
    inverted = comparable = 0.0
    away = view.away
    start = away[weighing[0][0].key] if away and weighing else 0.0
    for issue, priority in reversed(weighing):
        level, distance = place[priority.order], away.get(issue.key, 0.0)
        weight, scale = weight_at(distance), 2.0 ** (distance - start) if away else 0.0
        urgent = sum(count[:level]) - scale * sum(near[:level])
        inverted += weight * urgent
        comparable += weight * (urgent + sum(count[level + 1 :]) - scale * sum(near[level + 1 :]))
        count[level] += 1
        near[level] += 2.0 ** (start - distance)
    return clip(inverted / comparable) if comparable > 1e-12 else None


def worst_inversions(view: View, most: int = WORST) -> list[Inversion]:
    """The worst pairs, one for each less urgent issue: those with the largest weight x difference in levels.

    Issues whose weight changes no sum follow where there are not enough others.
    """
    weighing, weightless = _listed(view)
    worst = nlargest(most, _inversions(view, weighing, weightless), key=itemgetter(0))
    if len(worst) < most and weightless:
        worst = nlargest(most, _inversions(view, [*weighing, *weightless]), key=itemgetter(0))
    return [inversion for _, inversion in worst]


def _inversions(
    view: View, issues: Sequence[Listed], below: Sequence[Listed] = ()
) -> Iterator[tuple[float, Inversion]]:
    """Each inversion whose less urgent issue is among `issues`, with its score; `below` are ranked after them."""
    first = {priority.order: issue for issue, priority in reversed(below)}  # level -> the first issue of it below
    count = Counter(priority.order for _, priority in reversed(below))
    for issue, priority in reversed(issues):
        urgent = min(first, default=priority.order)
        if urgent < priority.order:
            inversion = Inversion(issue, first[urgent], count[urgent] - 1)
            yield view.weight(issue.key) * (priority.order - urgent), inversion
        first[priority.order] = issue
        count[priority.order] += 1


def _listed(view: View) -> tuple[list[Listed], list[Listed]]:
    """The issues with a priority, in rank order: those whose weight changes a sum, and the others below them."""
    if not view.knows("priority"):
        return [], []
    listed = [(issue, priority) for issue in view.issues if (priority := issue.priority) is not None]
    if not view.away or not listed:
        return listed, []
    away = view.away
    end = bisect_left(listed, away[listed[0][0].key] + WEIGHTLESS, key=lambda one: away[one[0].key])
    return listed[:end], listed[end:]


def _pair(inversion: Inversion) -> str:
    above, below = (issue.priority.name if issue.priority else "" for issue in (inversion.above, inversion.below))
    more = f" and {inversion.others} more of this priority" if inversion.others else ""
    return f"{inversion.above.key} ({above}) is ranked above {inversion.below.key} ({below}){more}"
