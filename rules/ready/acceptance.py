"""Whether it is written down how one will know that it is done."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text import Quote, Reading

SHOWN = 3  # quotes beside a pass; more would only repeat the issue


class Acceptance(ReadyRule):
    """There are acceptance criteria.

    Why: Without them the team finds out at the review what was meant. Criteria may stand in a field of their own,
    under a heading, as a list, as tick boxes, or as Given / When / Then; an empty heading or "TBD" is not one.

    Fails:
        Story: Pay with a saved card

        As a returning shopper, I want to pay with a saved card so that checkout takes seconds.

        ## Acceptance criteria
        TBD

    Mended:
        Story: Pay with a saved card

        As a returning shopper, I want to pay with a saved card so that checkout takes seconds.

        ## Acceptance criteria
        - A saved card is offered with its last four digits
        - An expired card is refused with a message
    """

    name: ClassVar[str] = "acceptance"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.SECTION

    severity: Severity = Severity.MUST
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Take the reader's word: present, empty, absent, or not asked because the text reports a defect."""
        reading = subject.reading
        if reading.facts.acceptance == "na":
            return NotApplicable("the text reports a defect")
        if reading.facts.acceptance == "present":
            return Passed(tuple(criterion.quote for criterion in reading.criteria[:SHOWN]))
        if reading.facts.acceptance == "empty":
            said = "There is a place for acceptance criteria, but nothing stands in it."
            return Failed(said, "Fill it with two to seven criteria.", _slot(reading), reason="empty")
        said = "There are no acceptance criteria."
        return Failed(said, "Add two to seven criteria that can be checked.", reason="absent")


def _slot(reading: Reading) -> tuple[Quote, ...]:
    """The line that stands where the criteria should, or the heading over nothing."""
    places = [section for section in reading.sections if section.role == "acceptance"]
    inside = {block.line for section in places for block in section.blocks}
    stand_ins = tuple(quote for quote in reading.placeholders if quote.line in inside)
    headings = tuple(section.heading for section in places if section.heading)
    return (stand_ins or headings or reading.empty_slots)[:1]
