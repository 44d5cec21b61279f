"""D: whether detail falls with distance."""

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.measures.missing_detail import details_of
from rules.deep.scoring import clip, spearman
from rules.deep.view import View
from rules.wording import many


class DetailGradient(ScoredMeasure):
    """Whether near issues have more detail than far ones.

    Why: In a backlog that is detailed appropriately the detail falls from the top to the bottom (Pichler, Agile Product
        Management with Scrum, 2010).

    Formula: G is Spearman's rank correlation of detail and distance, with its sign reversed (Spearman, American Journal
        of Psychology 15, 1904). It covers issues less than within_sprints away, if there are at least fewest. At +1
        detail falls all the way; at 0 there is no relation; below 0 far issues have more. The sub-score rises from 0
        at zero_at to 1 at full_at.

    Good: 10 full stories above 20 with a title only: "Near issues have more detail than far ones (+0.52; healthy
        from +0.30)." Sub-score 1.

    Bad: 20 stories with a title only above 10 full ones: "Near issues do not have more detail than far ones (-0.82;
        healthy from +0.30)." Sub-score 0.
    """

    name = "detail_gradient"
    title = "detail gradient"
    letter = DeepLetter.DETAILED
    needs = frozenset({"rank"})
    rising = (("zero_at", "full_at"),)

    weight: float = weighing(0.15)
    within_sprints: float = Field(default=10.0, gt=0, le=104)
    """Issues less than this many sprints away are compared."""
    fewest: int = Field(default=10, ge=3, le=1000)
    """Fewer issues than this have no gradient."""
    healthy: float = Field(default=0.3, ge=-1, le=1)
    """From this gradient on detail is said to fall with distance."""
    zero_at: float = Field(default=-0.1, ge=-1, le=1)
    """The gradient at which the sub-score is 0."""
    full_at: float = Field(default=0.4, ge=-1, le=1)
    """The gradient from which on the sub-score is 1."""

    def measure(self, view: View) -> Measured:
        """The gradient from -1 to +1; detail that is the same everywhere gives 0."""
        slope = self._slope(view)
        if slope is None:
            few = f"Fewer than {many(self.fewest, 'issue')} within {view.boxes.words(self.within_sprints)}"
            text = f"{few} have different known distances: too few for a gradient."
            return Measured((self.figure(None, "", text),))
        if slope >= self.healthy:
            shape = "Near issues have more detail than far ones"
        elif slope > 0:
            shape = "Near issues have hardly more detail than far ones"
        else:
            shape = "Near issues do not have more detail than far ones"
        text = f"{shape} ({slope:+.2f}; healthy from {self.healthy:+.2f})."
        score = clip((slope - self.zero_at) / (self.full_at - self.zero_at))
        return Measured((self.figure(slope, "", text),), score)

    def _slope(self, view: View) -> float | None:
        levels = details_of(view)
        pairs = [(levels[issue.key], away) for issue, away in view.placed_before(self.within_sprints)]
        if len(pairs) < self.fewest or pairs[0][1] == pairs[-1][1]:
            return None
        return 0.0 - (spearman(*zip(*pairs, strict=True)) or 0.0)
