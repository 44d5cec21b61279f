"""Whether it is said what the work is good for."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject


class ValueStated(ReadyRule):
    """It says why.

    Why: The reason lets the Product Owner rank it and the team find a cheaper way to the same end. A "so that" in the
    story sentence, a section about the value, or a filled field of the tracker all count.

    Fails:
        Story: Pay with a saved card

        As a returning shopper, I want to pay with a card I used before.

    Mended:
        Story: Pay with a saved card

        As a returning shopper, I want to pay with a card I used before so that checkout takes seconds.
    """

    name: ClassVar[str] = "value_stated"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.EPIC})
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=6.0, ge=0)
    field: str = ""
    """The name of a field that holds the value, if the tracker has one; it must be among the fields that are read."""

    def check(self, subject: Subject) -> Answer:
        """Look at the story sentence, then for a section, then at the field."""
        reading = subject.reading
        if reading.facts.story_benefit == "yes":
            return Passed((reading.story.quote,) if reading.story else ())
        section = reading.section("value")
        if section is not None and section.blocks:
            return Passed((section.heading,) if section.heading else ())
        if self.field and subject.issue.fields.get(self.field, "").strip() not in {"", "0", "0.0"}:
            return Passed()
        return Failed("It does not say why.", 'Add the reason: "so that ...".', reason="absent")
