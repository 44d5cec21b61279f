"""Whether acceptance criteria are written down."""

from collections.abc import Iterable
from itertools import islice
from typing import ClassVar

from pydantic import Field

from rules.document import Block
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text import Quote, Reading
from rules.text.content import shorten
from rules.text.criteria_lines import is_vague
from rules.text.doubt import is_form_for_defects
from rules.wording import Wording

SHOWN = 3  # quotes as evidence that it passed; more would only repeat the issue


class Acceptance(ReadyRule):
    """A story has acceptance criteria.

    Why: Without criteria, the team learns at the Sprint Review what was meant. Criteria may be a field, a section, a
    list, a table, tick boxes or Given / When / Then. A label such as "AC1:" is enough. Empty headings, "TBD", a
    template's own words and lone pictures do not count. Neither do wishes such as "it works".
    A story that fixes something, or shows an error, may be a bug under another type, and needs none. Neither does one
    with a sentence such as "If the card has expired, the page should say so". Four more kinds of text say by themselves
    when they are done. A chore: "Update Java to 21", "Remove the old basket". A question: "Investigate the slow start".
    A change that is linked already. And a request that names in code what changes, with five words or more and without
    doubt: "Expose getReceipt()". Such texts are most of what it misses: strict readers called three of four complaints
    about them pedantic or wrong. A text with a story sentence always needs criteria. `ask_always` asks everywhere.
    It is must although fewer than 95 of 100 complaints are right: a template that nobody filled in must not be ready.
    Most of the wrong complaints are about defects without a type. Use should where a site has many of these.

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
    ask_always: bool = False
    """Ask for criteria even where the text says by itself when it is done: chores, questions, changes named in code."""

    def check(self, subject: Subject) -> Answer:
        """Present, empty or absent, as read in the text; a text that reports a defect needs none."""
        reading = subject.reading
        if subject.reports_defect:
            return NotApplicable("the text reports a defect")
        if reading.facts.acceptance == "present":
            return Passed(tuple(criterion.quote for criterion in reading.criteria[:SHOWN]))
        if reading.facts.acceptance == "empty" and not is_form_for_defects(reading.sections):
            return _empty(reading)
        if subject.may_be_no_wish:
            return NotApplicable("the text may report a defect")
        if not self.ask_always and (why := subject.why_clear):
            return NotApplicable(why)
        return Failed("Acceptance criteria are missing.", "Add two to seven testable criteria.", reason="absent")


def _empty(reading: Reading) -> Failed:
    """What is where the criteria should be: nothing, only pictures, or wishes that are always met."""
    places = [section for section in reading.sections if section.role == "acceptance"]
    blocks = [block for section in places for block in section.blocks]
    if blocks and all(block.only_pictures for block in blocks):
        message, hint = "The acceptance criteria are only a picture.", "Write two to seven testable criteria as text."
        return Failed(message, hint, _quotes(blocks), reason="picture", phrase="acceptance criteria only as a picture")
    if vague := [block for block in blocks if is_vague(block.text)]:
        first = shorten(vague[0].text, 50)
        message = Wording("Testable criteria are missing: {criterion!q} is always met.", criterion=first)
        hint = "Say what can be observed: a number, a text or a condition."
        return Failed(message, hint, _quotes(vague), reason="vague", phrase="no testable criterion")
    lines = {block.line for block in blocks}
    placeholders = tuple(quote for quote in reading.placeholders if quote.line in lines)
    headings = tuple(section.heading for section in places if section.heading)
    return Failed(
        "The section for acceptance criteria is empty.",
        "Fill the section with two to seven testable criteria.",
        (placeholders or headings or reading.empty_slots)[:1],
        reason="empty",
        phrase="empty acceptance criteria",
    )


def _quotes(blocks: Iterable[Block]) -> tuple[Quote, ...]:
    return tuple(Quote(block.text, block.line) for block in islice(blocks, SHOWN))
