"""Whether the template has been filled in."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject
from rules.text import Reading
from rules.text.content import shorten

SHOWN = 3


class Placeholders(ReadyRule):
    """No slot of the template is left unfilled.

    Why: An empty section or "TBD" says that something is still to come, and nobody knows whether it matters. Filling
    it or deleting it takes a minute and settles that.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Out of scope
        TBD

    Mended:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Out of scope
        Adding a new card.
    """

    name: ClassVar[str] = "placeholders"
    effort: ClassVar[Effort] = Effort.FIELD

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Take the reader's word and show where."""
        if subject.reading.facts.placeholder == "no":
            return Passed()
        reading = subject.reading
        found = (*reading.placeholders, *reading.empty_slots)
        told = _told_elsewhere(subject.issue.kind, reading)
        places = tuple(place for place in found if place.line not in told)
        if found and not places:
            return Passed()
        first = next((place.text for place in places if place.text.strip()), "")
        named = f': "{shorten(first, 40)}"' if first else ""
        said = f"A slot of the template is not filled{named}."
        return Failed(said, "Fill it in, or delete it.", places[:SHOWN], reason="unfilled")


def _told_elsewhere(kind: Kind, reading: Reading) -> frozenset[int]:
    """The lines of an empty place for a story's criteria: the rule about criteria tells that, and once is enough."""
    if kind is not Kind.STORY or reading.facts.acceptance != "empty":
        return frozenset()
    places = [section for section in reading.sections if section.role == "acceptance"]
    headings = {section.heading.line for section in places if section.heading}
    return frozenset(headings | {block.line for section in places for block in section.blocks})
