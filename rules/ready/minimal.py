"""Whether the story sentence contains nothing else.

The criterion is from the Quality User Story framework (Lucassen et al., Requirements Engineering 21, 2016).
"""

import re
from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.model import Issue, Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text import Quote, Story
from rules.text.content import shorten
from rules.wording import Wording

_BRACKETS = regex(r"\([^()]{2,}\)|\[[^\[\]]{2,}\]")
_MORE = regex(r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)[.;]\s+\w.*|\bso I want\b.*|\s[-–—]\s.*", re.DOTALL)


class Minimal(ReadyRule):
    """The story sentence contains only the story.

    Why: Notes in brackets and second sentences hide the wish. They belong in the description or the acceptance
    criteria, where there is room for them.

    Fails:
        Story: Pay with a saved card

        As a shopper, I want to pay with a saved card (Visa first, the rest next year) so that checkout takes seconds.

    Fixed:
        Story: Pay with a saved card

        As a shopper, I want to pay with a saved card so that checkout takes seconds.

        Visa comes first, the rest next year.
    """

    name: ClassVar[str] = "minimal"
    title: ClassVar[str] = "short story sentence"
    failure: ClassVar[str] = "extra text in story sentence"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.OFF
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look for brackets and further clauses within the story sentence."""
        story = subject.reading.story
        if story is None:
            return NotApplicable("the issue has no story sentence")
        extra = extra_in(_line_of(story, subject.issue))
        if not extra:
            return Passed((story.quote,))
        message = Wording("The story sentence contains extra text: {extra!q}.", extra=shorten(extra, 60))
        place = Quote(extra, story.quote.line)
        return Failed(message, "Move the extra text to the description or the criteria.", (place,), reason="extra")


def _line_of(story: Story, issue: Issue) -> str:
    """The whole line that contains the sentence."""
    for block in issue.document.blocks:
        lines = block.text.split("\n")
        if block.line <= story.quote.line < block.line + len(lines) and story.quote.line:
            return lines[story.quote.line - block.line]
    return issue.title


def extra_in(sentence: str) -> str:
    """The first part of a story sentence that is not the story, "" for none."""
    for pattern in (_BRACKETS, _MORE):
        if extra := pattern.search(sentence):
            return extra.group().lstrip(".;-–— ").strip()
    return ""
