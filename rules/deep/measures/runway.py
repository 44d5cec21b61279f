"""D: for how many sprints ready work feeds the teams."""

from pydantic import Field

from rules.capacity.time_boxes import TimeBoxes
from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.model import Runway
from rules.deep.runway import AMBER, RED, first_dry, ready_sprints, runways
from rules.deep.scoring import band
from rules.deep.view import View, once_a_view


class ReadyRunway(ScoredMeasure):
    """For how many sprints ready work feeds the product and each team.

    Why: A planning needs more ready work than one sprint takes, and work that is refined far ahead is refined again.
        Two to three sprints of ready work are common practice (Rubin, Essential Scrum, 2012, chapter 6).

    Formula: The points of ready issues over the typical velocity of all teams. The sub-score is 0 at no sprint, 1 from
        enough_sprints to plenty_sprints, and falls to floor at beyond_sprints. Also shown, and not scored: the same up
        to the first issue that is not ready, and the team whose ready work ends first.

    Good: 24 ready points at 12 points a sprint: "24 ready points are 2 sprints at 12 points a sprint, enough to
        about 29 March (24 March if fast, 8 April if slow). Enough for the next plannings." Sub-score 1.

    Bad: 11 ready points at 12 points a sprint: "11 ready points are 0.92 sprints at 12 points a sprint, enough to
        about 14 March (12 March if fast, 19 March if slow). Less than one sprint: refine now." Sub-score 0.61.
    """

    name = "runway"
    title = "ready runway"
    letter = DeepLetter.DETAILED
    rising = (("enough_sprints", "plenty_sprints", "beyond_sprints"), ("red_sprints", "amber_sprints"))

    weight: float = weighing(0.45)
    enough_sprints: float = Field(default=1.5, gt=0, le=52)
    """From this many sprints of ready work on the sub-score is 1."""
    plenty_sprints: float = Field(default=3.0, gt=0, le=52)
    """Up to this many sprints of ready work the sub-score is 1."""
    beyond_sprints: float = Field(default=6.0, gt=0, le=104)
    """From this many sprints on the sub-score is the floor: too much is refined."""
    floor: float = Field(default=0.5, ge=0, le=1)
    """The sub-score of far too much ready work."""
    red_sprints: float = Field(default=RED, gt=0, le=52)
    """Less ready work than this is shown in red."""
    amber_sprints: float = Field(default=AMBER, gt=0, le=52)
    """Less ready work than this is shown in amber; more than the horizon of the rules is refined too early."""

    def measure(self, view: View) -> Measured:
        """The runway of the product, without a gap, and of the team whose ready work ends first."""
        product, *teams = runways_of(view)
        whole, gapless = product.sprints, product.contiguous_sprints
        figures = [
            self.figure(whole, "sprints", product.text),
            self.figure(gapless, "sprints", _contiguous(gapless, view.boxes), title="contiguous runway"),
        ]
        least = first_dry(teams)
        if least is not None:
            figures.append(self.figure(least.sprints, "sprints", least.text, title="shortest team runway"))
        return Measured(tuple(figures), self.scored(view))

    def scored(self, view: View) -> float | None:
        """The sub-score of the product's runway, without the days on which it ends."""
        edges = (0.0, self.enough_sprints, self.plenty_sprints, self.beyond_sprints)
        sprints = ready_sprints(view)
        return None if sprints is None else band(sprints, edges, floor=self.floor)


@once_a_view
def runways_of(view: View) -> tuple[Runway, ...]:
    """The runways of a view, the product's first."""
    own = view.measures[ReadyRunway]
    return runways(view, view.horizon, own.red_sprints, own.amber_sprints)


def _contiguous(sprints: float | None, boxes: TimeBoxes) -> str:
    if sprints is None:
        return f"No velocity is known, so the ready work before the first gap has no length in {boxes.several}."
    length = f"{boxes.figure(sprints):.1f} {boxes.several}"
    return f"From the top, {length} of work are ready before the first issue that is not."
