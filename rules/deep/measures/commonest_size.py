"""E: whether estimates differ enough to carry information."""

from collections import Counter
from operator import attrgetter

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.scoring import clip
from rules.deep.view import View, once_a_view
from rules.wording import agreeing, agreeing_of, many


class CommonestSize(ScoredMeasure):
    """How many estimates are the same number.

    Why: If nearly all issues have the same size, an estimate carries no information (Shannon, A Mathematical Theory of
        Communication, 1948). Counting issues is then as good as adding points.

    Formula: The share of the commonest size among all estimates, if there are at least fewest. The sub-score is 1 up to
        good_until and falls to 0 at zero_at.

    Good: Estimates of 3, 3, 5, 5 and 8 points: "2 of 5 estimates are 3 points (40 %): the sizes differ enough
        (limit 70 %)." Sub-score 1.

    Bad: 8 of 9 estimates of 3 points: "8 of 9 estimates are 3 points (89 %): counting issues is as good (limit 70
        %)." Sub-score 0.028.
    """

    name = "commonest_size"
    title = "commonest size"
    letter = DeepLetter.ESTIMATED
    needs = frozenset({"points"})
    rising = (("good_until", "zero_at"),)

    weight: float = weighing(0.10)
    fewest: int = Field(default=5, ge=2, le=1000)
    """Fewer estimates than this are too few to compare."""
    good_until: float = Field(default=0.5, ge=0, le=1)
    """Up to this share the sub-score is 1."""
    zero_at: float = Field(default=0.9, gt=0, le=1)
    """From this share on the sub-score is 0."""
    counting_from: float = Field(default=0.7, gt=0, le=1)
    """Above this share, counting issues is said to be as good as estimating."""

    def measure(self, view: View) -> Measured:
        """The share of the commonest size."""
        sizes = _count(view)  # of two that are as common, the first in rank order is named
        total = sizes.total()
        if total < self.fewest:
            few = f"{many(total, 'estimate')} {agreeing(total, 'is', 'are')} too few"
            text = f"{few} to compare; {self.fewest} {agreeing(self.fewest, 'is', 'are')} needed."
            return Measured((self.figure(None, "%", text),))
        size, number = max(sizes.items(), key=lambda item: item[1])
        part = number / total
        verdict = "counting issues is as good" if part > self.counting_from else "the sizes differ enough"
        limit = f"limit {100 * self.counting_from:.0f} %"
        are = agreeing_of(number, total, "is", "are")
        estimates = f"{number} of {many(total, 'estimate')} {are} {many(size, view.snapshot.unit.one)}"
        text = f"{estimates} ({100 * part:.0f} %): {verdict} ({limit})."
        return Measured((self.figure(100 * part, "%", text),), self.scored(view))

    def scored(self, view: View) -> float | None:
        """The sub-score of the share."""
        sizes = sizes_in(view)
        if sizes.total() < self.fewest:
            return None
        part = max(sizes.values()) / sizes.total()
        return 1.0 - clip((part - self.good_until) / (self.zero_at - self.good_until))


@once_a_view
def sizes_in(view: View) -> Counter[float]:
    """How many issues have each estimate; the former view's where no estimate differs."""
    if view.former is not None and view.keeps(attrgetter("points")):
        return sizes_in(view.former)
    return _count(view)


def _count(view: View) -> Counter[float]:
    return Counter([issue.points for issue in view.issues if issue.points is not None])
