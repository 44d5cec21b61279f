"""Whether the reason for the work is given."""

import re
from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from rules.document import BlockKind, Document
from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text import Quote

# A reason, a benefit or a problem of today: found in plain prose more often than in a story sentence.
_REASON = regex(
    r"\b(?:because|so that|in order to|otherwise|thereby|due to"
    r"|so (?:we|you|i|they|users?|people|customers?|developers?|it|one)"
    r" (?:can|could|do|does|don['’]t|will|won['’]t|would|may|must)"
    r"|(?:would|will|could) (?:also )?(?:allow|enable|help|let|make|save|reduce|improve|simplify|speed|avoid|prevent)"
    r"|(?:allows?|enables?|helps?|lets?) (?:us|you|users?|people|them|the|to)|allowing|enabling"
    r"|since (?:the|it|we|they|this)|this way|to help|out of date|tedious"
    r"|useful|helpful|beneficial|benefits?|valuable|easier|faster|to avoid|to prevent|to reduce|to improve"
    r"|currently|right now|at the moment|as of now|at present|today|no (?:easy )?way to|limits|lacks?|missing"
    r"|weil|damit|um zu|derzeit|aktuell|bisher|parce que|afin (?:de|que)|pour que|actuellement|porque|para que"
    r"|actualmente|atualmente|omdat|zodat|momenteel)\b",
    re.IGNORECASE,
)


class ValueStated(ReadyRule):
    """The issue says why it is wanted.

    Why: The reason lets the Product Owner rank the issue and the team find a cheaper solution. A "so that" in the
    story sentence counts, and so does a section about the value. A sentence with a reason or about today's problem
    also counts, and so does a filled field of the tracker. The rule applies to issues with a story sentence. Where a
    field is configured, it applies to all. A text that reports a defect needs no reason.

    Fails:
        Story: Pay with a saved card

        As a returning shopper, I want to pay with a card I used before.

    Fixed:
        Story: Pay with a saved card

        As a returning shopper, I want to pay with a card I used before so that checkout takes seconds.
    """

    name: ClassVar[str] = "value_stated"
    title: ClassVar[str] = "reason"
    failure: ClassVar[str] = "no reason given"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.EPIC})
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.OFF
    within_sprints: float | None = Field(default=6.0, ge=0)
    field: str = ""
    """The tracker field that holds the value, empty for none; it must be among the fields that are read."""

    def check(self, subject: Subject) -> Answer:
        """Look at the story sentence, then for a section, then at the field."""
        reading = subject.reading
        if subject.reports_defect:
            return NotApplicable("the text reports a defect")
        if reading.facts.story_benefit == "yes":
            return Passed((reading.story.quote,) if reading.story else ())
        section = reading.section("value")
        if section is not None and section.blocks:
            return Passed((section.heading,) if section.heading else ())
        reason = next(_reasons(subject.issue.document), None)
        if reason is not None or subject.issue.is_filled(self.field):
            return Passed((reason,) if reason else ())
        if not self.field and reading.facts.story_form == "no":
            return NotApplicable("the issue has no story sentence")  # other texts give their reason in any words
        return Failed("The reason is missing.", 'Add why it is wanted, for example "so that ...".', reason="absent")


def _reasons(document: Document) -> Iterator[Quote]:
    """The paragraphs and items that give a reason, items of a list of criteria included."""
    prose = (BlockKind.PARAGRAPH, BlockKind.ITEM)
    for block in document.blocks:
        if block.kind in prose and _REASON.search(block.text):
            yield Quote(block.text, block.line)
