"""P: whether what brings most for its size comes first."""

from collections.abc import Iterator, Sequence
from math import isfinite
from operator import itemgetter

from pydantic import Field

from rules.deep.measure import DeepLetter, DeepMeasure, Measured
from rules.deep.view import View
from rules.model import Issue
from rules.wording import agreeing, many

LISTED = 5
"""So many pairs are named in a sentence."""

Valued = tuple[Issue, float]
"""An issue with its value a point."""


class ValueOrder(DeepMeasure):
    """How many of the next sprints' issues are ranked above one that brings much more value for its size.

    Why: Of two issues, the one with more value for its size is usually worth doing first (Reinertsen, The Principles
        of Product Development Flow, 2009, principle F17). The value is a guess, and the Product Owner may know
        better, so only large differences are named.

    Formula: The number of issues less than within_sprints away that are above a much better one. That one has at least
        times the value a point. The value is the number in the field that the product names, a point is the estimate.
        Issues without both do not count, nor do those in a running sprint. What waits for an issue is not compared
        with it. Without such a field nothing is measured. Shown and not scored.

    Good: 5 and 4 value for 2 points each, then 1 value for 2 points: "No issue of the next three sprints is above
        one with much more value a point (factor 3)."

    Bad: 1 value for 2 points, then 8 value for 2 points: "1 issue of the next three sprints is above one with
        much more value a point (factor 3): SHOP-1 (0.5) above SHOP-2 (4)."
    """

    name = "value_order"
    title = "value for size"
    letter = DeepLetter.PRIORITISED

    within_sprints: float = Field(default=3.0, gt=0, le=26)
    """Issues less than this many sprints away are looked at; without a velocity, all."""
    times: float = Field(default=3.0, gt=1, le=100)
    """An issue is named from this many times its own value a point on."""

    def measure(self, view: View) -> Measured:
        """The number of issues, in rank order; no figure where there is no value or no order."""
        if not view.snapshot.product.value_field or not view.knows("rank"):
            return Measured(())
        valued = list(_valued(view))
        if len(valued) < 2:
            text = "No two issues have a value and an estimate, so the order is not compared with the value."
            return Measured((self.figure(None, "issues", text),))
        pairs = list(self._pairs(view, valued))
        keys = tuple(dict.fromkeys(issue.key for above, below in pairs for issue, _ in (above, below)))
        text = self._text(pairs, view.boxes.ahead(self.within_sprints))
        return Measured((self.figure(float(len(pairs)), "issues", text, keys),))

    def _pairs(self, view: View, valued: Sequence[Valued]) -> Iterator[tuple[Valued, Valued]]:
        """Each such issue with the best one ranked below it."""
        best = sorted(valued, key=itemgetter(1), reverse=True)
        rank, blocks = view.backlog.rank, view.backlog.blocks
        for issue, worth in valued:
            if view.away.get(issue.key, 0.0) >= self.within_sprints:
                return
            for other, more in best:
                if more < self.times * worth:
                    break
                if rank[other.key] > rank[issue.key] and other.key not in blocks.get(issue.key, ()):
                    yield (issue, worth), (other, more)
                    break

    def _text(self, pairs: Sequence[tuple[Valued, Valued]], work: str) -> str:
        above = f"above one with much more value a point (factor {self.times:g})"
        if not pairs:
            return f"No issue of the {work} is {above}."
        number = f"{many(len(pairs), 'issue')} of the {work} {agreeing(len(pairs), 'is', 'are')} {above}"
        named = ", ".join(
            f"{issue.key} ({worth:.2g}) above {other.key} ({more:.2g})"
            for (issue, worth), (other, more) in pairs[:LISTED]
        )
        rest = f" and {len(pairs) - LISTED} more" if len(pairs) > LISTED else ""
        return f"{number}: {named}{rest}."


def _valued(view: View) -> Iterator[Valued]:
    """The issues with a value and an estimate that are in no running sprint, in rank order."""
    name = view.snapshot.product.value_field
    for issue in view.issues:
        value = _number(issue.fields.get(name, ""))
        if value is not None and issue.points and not view.snapshot.is_running(issue):
            yield issue, value / issue.points


def _number(text: str) -> float | None:
    """The number in a field; `None` where it has none, or one that is not above 0."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) and value > 0 else None
