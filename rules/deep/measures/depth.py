"""Em: how many sprints of work the whole backlog holds."""

from math import fsum

from pydantic import Field

from rules.deep.churn import sprint_length
from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.scoring import band
from rules.deep.view import View
from rules.wording import many

MONTH = 365.25 / 12
"""Days."""


class Depth(ScoredMeasure):
    """How many sprints of work the whole backlog holds.

    Why: Nobody can keep years of work up to date; a queue of that length also makes each new idea late (Reinertsen, The
        Principles of Product Development Flow, 2009, on queues; the limits are conventions).

    Formula: The size of all open issues over the typical velocity. The sub-score rises from 0 to 1 at enough_sprints,
        is 1 up to plenty_sprints, and falls to 0 at beyond_sprints.

    Good: 108 points at 12 points a sprint: "The whole backlog is 9.0 sprints of work, about 4 months: not more than
        the 12 months that can be kept up to date." Sub-score 1.

    Bad: 480 points at 12 points a sprint: "The whole backlog is 40.0 sprints of work, about 18 months: more than
        the 12 months that can be kept up to date." Sub-score 0.3.
    """

    name = "depth"
    title = "depth"
    letter = DeepLetter.EMERGENT
    rising = (("enough_sprints", "plenty_sprints", "beyond_sprints"),)

    weight: float = weighing(0.20)
    enough_sprints: float = Field(default=2.0, gt=0, le=52)
    """From this many sprints of work on the sub-score is 1."""
    plenty_sprints: float = Field(default=12.0, gt=0, le=260)
    """Up to this many sprints of work the sub-score is 1."""
    beyond_sprints: float = Field(default=52.0, gt=0, le=1040)
    """From this many sprints of work on the sub-score is 0."""
    most_months: float = Field(default=12.0, gt=0, le=240)
    """More months of work than this are said to be too many to keep up to date."""

    def measure(self, view: View) -> Measured:
        """The depth in sprints."""
        if view.velocity is None:
            text = f"No velocity is known, so the backlog has no length in {view.boxes.several}."
            return Measured((self.figure(None, "sprints", text),))
        sizes = view.backlog.sizes
        depth = fsum([sizes[key].points for key in view.by_key]) / view.velocity
        months = depth * sprint_length(view.snapshot.product.teams) / MONTH
        about = many(f"{months:.0f}", "month")
        verdict = "more" if months > self.most_months else "not more"
        length = f"{view.boxes.figure(depth):.1f} {view.boxes.several}"
        text = (
            f"The whole backlog is {length} of work, about {about}: {verdict} than the "
            f"{many(f'{self.most_months:g}', 'month')} that can be kept up to date."
        )
        edges = (0.0, self.enough_sprints, self.plenty_sprints, self.beyond_sprints)
        return Measured((self.figure(depth, "sprints", text),), band(depth, edges, floor=0.0))
