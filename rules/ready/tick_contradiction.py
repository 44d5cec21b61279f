"""Whether ticked boxes match the tracker's data."""

from typing import ClassVar

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text import Quote
from rules.text.ticks import Fact, claims
from rules.wording import Wording

_MISSING = {
    Fact.ESTIMATED: "the estimate is missing",
    Fact.ACCEPTED: "acceptance criteria are missing",
    Fact.UNBLOCKED: "an open issue blocks it",
    Fact.ASSIGNED: "the assignee is missing",
}


class TickContradiction(ReadyRule):
    """No ticked box contradicts the tracker's data.

    Why: A ticked box shows what somebody once believed; the field shows what is true now. Where they differ, the field
    counts, and the box misleads its readers.

    Fails:
        Story: Pay with a saved card
        Points: none

        Returning shoppers choose a card they used before.

        ## Definition of Ready checklist
        - [x] Estimated

    Fixed:
        Story: Pay with a saved card
        Points: 5

        Returning shoppers choose a card they used before.

        ## Definition of Ready checklist
        - [x] Estimated
    """

    name: ClassVar[str] = "tick_contradiction"
    title: ClassVar[str] = "boxes match the data"
    failure: ClassVar[str] = "wrong tick in the checklist"
    effort: ClassVar[Effort] = Effort.FIELD
    replayable: ClassVar[bool] = False

    severity: Severity = Severity.SHOULD

    def check(self, subject: Subject) -> Answer:
        """Compare each ticked box about a fact with the fact."""
        ticked = [claim for claim in claims(subject.issue.document) if claim.block.ticked]
        if not ticked:
            return NotApplicable("no box about a fact is ticked")
        wrong = next((claim for claim in ticked if _holds(claim.fact, subject) is False), None)
        if wrong is None:
            return Passed()
        missing = Wording(_MISSING[wrong.fact])
        message = Wording("The box {box!q} is ticked, but {missing}.", box=wrong.block.text[:60], missing=missing)
        place = Quote(wrong.block.text, wrong.block.line)
        return Failed(message, "Correct the data, or remove the tick.", (place,), reason=wrong.fact.value)


def _holds(fact: Fact, subject: Subject) -> bool | None:
    """Whether a claimed fact is true; `None` where the tracker does not know."""
    issue = subject.issue
    match fact:
        case Fact.ESTIMATED:
            return None if subject.cannot_see("points") else issue.points is not None
        case Fact.ACCEPTED:
            acceptance = subject.reading.facts.acceptance
            return None if acceptance == "na" else acceptance == "present"
        case Fact.UNBLOCKED:
            return None if subject.cannot_see("links") else not subject.open_blockers
        case Fact.ASSIGNED:
            return None if subject.cannot_see("assignee") else issue.assignee is not None
