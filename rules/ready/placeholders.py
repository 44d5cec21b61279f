"""Whether the template is filled in."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject
from rules.text import Reading
from rules.text.content import shorten
from rules.wording import Wording

SHOWN = 3


class Placeholders(ReadyRule):
    """No template text is left unfilled.

    Why: An empty section or "TBD" says that something is missing, but not whether it matters. Filling it in or
    deleting it takes a minute.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Out of scope
        TBD

    Fixed:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Out of scope
        Adding a new card.
    """

    name: ClassVar[str] = "placeholders"
    title: ClassVar[str] = "no placeholders"
    failure: ClassVar[str] = "unfilled template text"
    effort: ClassVar[Effort] = Effort.FIELD

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Show the first places that were read as placeholders."""
        if subject.reading.facts.placeholder == "no":
            return Passed()
        reading = subject.reading
        unfilled = (*reading.placeholders, *reading.empty_slots)
        elsewhere = _reported_elsewhere(subject.issue.kind, reading)
        places = tuple(place for place in unfilled if place.line not in elsewhere)
        if unfilled and not places:
            return Passed()
        first = next((place.text for place in places if place.text.strip()), "")
        message = "Template text is not filled in."
        if first:
            message = Wording("Template text is not filled in: {text!q}.", text=shorten(first, 40))
        return Failed(message, "Fill in the template text, or delete it.", places[:SHOWN], reason="unfilled")


def _reported_elsewhere(kind: Kind, reading: Reading) -> frozenset[int]:
    """The lines of an empty section for a story's criteria, which the rule about criteria reports."""
    if kind is not Kind.STORY or reading.facts.acceptance != "empty":
        return frozenset()
    places = [section for section in reading.sections if section.role == "acceptance"]
    headings = {section.heading.line for section in places if section.heading}
    return frozenset(headings | {block.line for section in places for block in section.blocks})
