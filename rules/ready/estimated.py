"""Whether an issue has an estimate."""

from typing import ClassVar

from pydantic import Field

from rules.capacity.time_boxes import SPRINTS
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject


class Estimated(ReadyRule):
    """A near issue has an estimate.

    Why: An issue without an estimate cannot be planned: it may or may not fit into a sprint. By default, only
    issues at most two sprints away need one.

    Fails:
        Story: Pay with a saved card
        Points: none

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Points: 5

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "estimated"
    title: ClassVar[str] = "estimate"
    failure: ClassVar[str] = "no estimate"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.BUG, Kind.TASK})
    effort: ClassVar[Effort] = Effort.FIELD
    asks: ClassVar[Role] = Role.DEVELOPERS
    reads_text: ClassVar[bool] = False

    severity: Severity = Severity.MUST
    within_sprints: float | None = Field(default=2.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look at the estimate in the tracker; the text does not count."""
        if subject.cannot_see("points"):
            return NotApplicable("the project has no estimates", unavailable="points")
        if subject.issue.points is not None:
            return Passed()
        # The message names no distance: that changes with every run, and each new message would edit the comment.
        near = subject.distance is not None and self.speaks_at(subject.distance)
        if not near or not subject.backlog.teams[subject.issue.key]:
            message = "The estimate is missing."
        elif subject.backlog.boxes == SPRINTS:
            message = "The estimate is missing, although its sprint is near."
        else:
            message = "The estimate is missing, although its start is near."
        return Failed(message, "Estimate it in the next refinement.", reason="absent")
