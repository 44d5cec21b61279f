"""Whether acceptance criteria are written down."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text import Quote, Reading

SHOWN = 3  # quotes as evidence that it passed; more would only repeat the issue


class Acceptance(ReadyRule):
    """A story has acceptance criteria.

    Why: Without criteria, the team learns at the Sprint Review what was meant. Criteria may be a field, a section, a
    list, tick boxes, or Given / When / Then. An empty heading or "TBD" does not count.

    Fails:
        Story: Pay with a saved card

        As a returning shopper, I want to pay with a saved card so that checkout takes seconds.

        ## Acceptance criteria
        TBD

    Fixed:
        Story: Pay with a saved card

        As a returning shopper, I want to pay with a saved card so that checkout takes seconds.

        ## Acceptance criteria
        - A saved card is offered with its last four digits
        - An expired card is refused with a message
    """

    name: ClassVar[str] = "acceptance"
    title: ClassVar[str] = "acceptance criteria"
    failure: ClassVar[str] = "no acceptance criteria"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.SECTION

    severity: Severity = Severity.MUST
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Present, empty or absent, as read in the text; a text that reports a defect needs none."""
        reading = subject.reading
        if subject.reports_defect:
            return NotApplicable("the text reports a defect")
        if reading.facts.acceptance == "present":
            return Passed(tuple(criterion.quote for criterion in reading.criteria[:SHOWN]))
        if reading.facts.acceptance == "empty":
            hint, phrase = "Fill the section with two to seven testable criteria.", "empty acceptance criteria"
            return Failed(
                "The section for acceptance criteria is empty.", hint, _slot(reading), reason="empty", phrase=phrase
            )
        return Failed("Acceptance criteria are missing.", "Add two to seven testable criteria.", reason="absent")


def _slot(reading: Reading) -> tuple[Quote, ...]:
    """The placeholder in the section for criteria, or the heading of the empty section."""
    places = [section for section in reading.sections if section.role == "acceptance"]
    inside = {block.line for section in places for block in section.blocks}
    placeholders = tuple(quote for quote in reading.placeholders if quote.line in inside)
    headings = tuple(section.heading for section in places if section.heading)
    return (placeholders or headings or reading.empty_slots)[:1]
