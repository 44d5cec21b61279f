"""Whether a story says who wants what."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject


class StoryForm(ReadyRule):
    """A story names who wants what.

    Why: Who wants it decides what is good enough: an administrator and a guest need different things of the same page.
    "As a ..., I want ..." is one way to say it, and any wording that names a role and its wish will do.

    Fails:
        Story: Saved cards

        The checkout offers cards that were used before.

    Mended:
        Story: Saved cards

        As a returning shopper, I want to pay with a card I used before so that checkout takes seconds.
    """

    name: ClassVar[str] = "story_form"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.LINE

    # Many teams write good stories in other words, so the sentence is an offer and not a demand.
    severity: Severity = Severity.INFO
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Take the reader's word."""
        if subject.reading.facts.story_form == "yes":
            return Passed((subject.reading.story.quote,) if subject.reading.story else ())
        hint = 'Add one sentence: "As a ..., I want ... so that ...".'
        return Failed("No sentence says who wants what.", hint, reason="absent")
