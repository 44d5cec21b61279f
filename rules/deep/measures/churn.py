"""Em: how much of the backlog changes in a sprint."""

from statistics import mean

from pydantic import Field

from rules.deep.churn import USUAL
from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.scoring import band
from rules.deep.view import View
from rules.wording import many


class Churn(ScoredMeasure):
    """How much of the backlog changes in a sprint.

    Why: A backlog that never changes does not follow what is learned; one where a third changes each sprint cannot be
        planned with (Pichler, Agile Product Management with Scrum, 2010: emergent; the limits are conventions).

    Formula: The number of changed issues over the number of issues at the start, as the mean of the last sprints. An
        issue changes when it is added, removed, re-estimated, or moved by far_move of the list or more. Finished and
        started work is left out, and so are our own changes. The sub-score rises from 0 to 1 at steady_from. It is 1 up
        to steady_to, and falls to floor at beyond. Sprints before the first run are known from the past of the issues:
        every move counts there, as its length is not known, and removed issues are missing.

    Good: 40 issues, 4 of them added in the last sprint: "11 % of the backlog changed in the last sprint: steady,
        the usual is 5 to 30 %." Sub-score 1.

    Bad: 40 issues, 20 of them added in the last sprint: "100 % of the backlog changed in the last sprint: more than
        the usual 5 to 30 %, too much to plan with." Sub-score 0.3.
    """

    name = "churn"
    title = "churn"
    letter = DeepLetter.EMERGENT
    rising = (("steady_from", "steady_to", "beyond"),)

    weight: float = weighing(0.25)
    steady_from: float = Field(default=0.05, gt=0, le=1)
    """From this share on the backlog changes enough."""
    steady_to: float = Field(default=0.30, gt=0, le=2)
    """Above this share too much changes to plan with."""
    beyond: float = Field(default=0.80, gt=0, le=10)
    """From this share on the sub-score is the floor."""
    floor: float = Field(default=0.3, ge=0, le=1)
    """The sub-score of far too much change."""
    sprints: int = Field(default=USUAL.sprints, ge=1, le=26)
    """Sprints that the mean is taken over."""
    far_move: float = Field(default=USUAL.far_move, gt=0, le=1)
    """A move by this part of the list or more counts as a change."""

    def measure(self, view: View) -> Measured:
        """The mean share of a sprint."""
        windows = view.past.windows
        if not windows:
            return Measured(
                (self.figure(None, "%", f"The first run is not {view.boxes.length} ago yet, so churn is not known."),)
            )
        part = mean(window.share for window in windows)
        usual = f"{100 * self.steady_from:.0f} to {100 * self.steady_to:.0f} %"
        if part < self.steady_from:
            verdict = f"less than the usual {usual}"
        elif part > self.steady_to:
            verdict = f"more than the usual {usual}, too much to plan with"
        else:
            verdict = f"steady, the usual is {usual}"
        box = view.boxes.box
        when = f"the last {box}" if len(windows) == 1 else f"each of the last {many(len(windows), box)}"
        text = f"{100 * part:.0f} % of the backlog changed in {when}: {verdict}."
        score = band(part, (0.0, self.steady_from, self.steady_to, self.beyond), floor=self.floor)
        return Measured((self.figure(100 * part, "%", text),), score)
