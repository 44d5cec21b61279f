"""Whether a ticked box says what the tracker says."""

from typing import ClassVar

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text import Quote
from rules.text.ticks import claims

_MISSING = {
    "estimated": "it has no estimate",
    "accepted": "there are no acceptance criteria",
    "unblocked": "something open blocks it",
    "assigned": "nobody is assigned",
}


class TickContradiction(ReadyRule):
    """No ticked box contradicts a fact.

    Why: A box is what somebody once thought; the field is what is. Where the two disagree, the field is believed, and
    the box misleads everybody who reads the checklist.

    Fails:
        Story: Pay with a saved card
        Points: none

        Returning shoppers choose a card they used before.

        ## Definition of Ready checklist
        - [x] Estimated

    Mended:
        Story: Pay with a saved card
        Points: 5

        Returning shoppers choose a card they used before.

        ## Definition of Ready checklist
        - [x] Estimated
    """

    name: ClassVar[str] = "tick_contradiction"
    effort: ClassVar[Effort] = Effort.FIELD

    severity: Severity = Severity.SHOULD

    def check(self, subject: Subject) -> Answer:
        """Compare each ticked box about a fact with the fact."""
        ticked = [claim for claim in claims(subject) if claim.block.ticked]
        if not ticked:
            return NotApplicable("no box about a fact is ticked")
        wrong = next((claim for claim in ticked if claim.holds is False), None)
        if wrong is None:
            return Passed()
        said = f'The box "{wrong.block.text[:60]}" is ticked, but {_MISSING[wrong.what]}.'
        place = Quote(wrong.block.text, wrong.block.line)
        return Failed(said, "Make it true, or take the tick away.", (place,), reason=wrong.what)
