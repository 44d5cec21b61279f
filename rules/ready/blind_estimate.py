"""Whether an estimate was made with acceptance criteria.

Story points change together with the information about an issue (Pasuksmit et al., EMSE 27, 2022).
"""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.wording import Wording


class BlindEstimate(ReadyRule):
    """An estimated story has acceptance criteria.

    Why: An estimate without criteria is a guess, but looks as reliable as any other. Estimating again takes a minute
    once the criteria are written.

    Fails:
        Story: Pay with a saved card
        Points: 5

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Points: 5

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - A saved card is offered with its last four digits
        - An expired card is refused with a message
    """

    name: ClassVar[str] = "blind_estimate"
    title: ClassVar[str] = "estimate based on criteria"
    failure: ClassVar[str] = "estimate without acceptance criteria"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.INFO
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look for an estimate without criteria."""
        points, acceptance = subject.issue.points, subject.reading.facts.acceptance
        if subject.cannot_see("points"):
            return NotApplicable("the project has no estimates", unavailable="points")
        if points is None or acceptance == "na":
            return NotApplicable("the issue has no estimate, or needs no criteria")
        if acceptance == "present":
            return Passed()
        if acceptance == "absent" and (subject.may_be_no_wish or subject.why_clear):
            return NotApplicable("the text needs no criteria")
        message = Wording("The estimate of {points:point|points} was made without acceptance criteria.", points=points)
        return Failed(message, "Estimate it again once the criteria are written.", reason="guess")
