"""D: the share of near issues that are ready."""

from pydantic import Field

from rules.deep.measure import DeepLetter, DeepMeasure, Measured
from rules.deep.view import View
from rules.model import Kind
from rules.wording import agreeing_of, many


class ReadyNear(DeepMeasure):
    """How many of the near issues are ready.

    Why: The next plannings choose among these issues; one that is not ready is discussed there instead of before
        (Schwaber and Sutherland, The Scrum Guide, 2020: refined items are ready for selection in a planning).

    Formula: Ready issues over all issues less than within_sprints away, epics not counted. Shown and not scored.

    Good: 8 ready issues of 3 points at 12 points a sprint: "8 of 8 issues within two sprints are ready."

    Bad: 2 of 8 such issues are ready: "2 of 8 issues within two sprints are ready."
    """

    name = "ready_near"
    title = "ready near"
    letter = DeepLetter.DETAILED

    within_sprints: float = Field(default=2.0, gt=0, le=26)
    """Issues less than this many sprints away are counted."""

    def measure(self, view: View) -> Measured:
        """The share, with the keys of the issues that are not ready."""
        near = [issue for issue in view.within(0.0, self.within_sprints) if issue.kind is not Kind.EPIC]
        if not near:
            text = f"No issue is known to be within {view.boxes.words(self.within_sprints)}."
            return Measured((self.figure(None, "%", text),))
        missing = [issue.key for issue in near if issue.key not in view.ready]
        ready = len(near) - len(missing)
        are = agreeing_of(ready, len(near), "is", "are")
        text = f"{ready} of {many(len(near), 'issue')} within {view.boxes.words(self.within_sprints)} {are} ready."
        return Measured((self.figure(100.0 * ready / len(near), "%", text, missing),))
