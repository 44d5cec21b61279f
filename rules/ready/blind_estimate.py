"""Whether what was sized was also known."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.text.content import number


class BlindEstimate(ReadyRule):
    """The estimate was made with criteria at hand.

    Why: An estimate without criteria is a guess about something nobody has pinned down, and looks like one that is
    not. Once the criteria are written, it is worth another minute.

    Fails:
        Story: Pay with a saved card
        Points: 5

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card
        Points: 5

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - A saved card is offered with its last four digits
        - An expired card is refused with a message
    """

    name: ClassVar[str] = "blind_estimate"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.INFO
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look whether an estimate stands there while criteria do not."""
        points, acceptance = subject.issue.points, subject.reading.facts.acceptance
        if subject.cannot_see("points"):
            return NotApplicable("the project has no estimates", unavailable="points")
        if points is None or acceptance == "na":
            return NotApplicable("there is no estimate, or criteria are not asked")
        if acceptance == "present":
            return Passed()
        said = f"It was sized at {number(points)} points without acceptance criteria."
        return Failed(said, "Size it again once the criteria are written.", reason="guess")
