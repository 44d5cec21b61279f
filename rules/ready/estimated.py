"""Whether the team has sized it."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject


class Estimated(ReadyRule):
    """A near issue has an estimate.

    Why: An issue without a size cannot be planned: nobody knows whether it fits. Far issues may stay without; they are
    asked once they come within two sprints.

    Fails:
        Story: Pay with a saved card
        Points: none

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card
        Points: 5

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "estimated"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.BUG, Kind.TASK})
    effort: ClassVar[Effort] = Effort.FIELD
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.MUST
    within_sprints: float | None = Field(default=2.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look at the estimate, whatever the text says about it."""
        if subject.cannot_see("points"):
            return NotApplicable("the project has no estimates", unavailable="points")
        if subject.issue.points is not None:
            return Passed()
        # How near exactly changes with every pass, and must not make a new sentence of an old one.
        said = "It has no estimate." if subject.distance is None else "It has no estimate, and its sprint is near."
        return Failed(said, "Size it in the next refinement.", reason="absent")
