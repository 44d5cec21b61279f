"""Whether an issue has a description."""

import re
from collections.abc import Iterable
from itertools import chain, islice
from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text.content import content_words
from rules.text.words import words_of
from rules.wording import Wording

# A link, or the name of a picture.
_POINTS_ELSEWHERE = regex(
    r"://|\.(?:png|jpe?g|gif|svg|webp|pdf)$|^image$|^screen_?shot|^(?:img)?[_-]?\d{4,}(?:[_-]\d+)*$", re.IGNORECASE
)


class Described(ReadyRule):
    """The description says more than the title.

    Why: A title alone lets everyone imagine something different. Two or three sentences are enough: the situation, the
    wish and the reason. Headings, empty template text and a section about the environment are not counted. Next to a
    good title, a few words or a link may be enough. The finding is about a description that is empty or only repeats
    the title. An epic with stories is described by them.

    Fails:
        Story: Pay with a saved card

        ## Description

        ## Acceptance criteria

    Fixed:
        Story: Pay with a saved card

        Returning shoppers type their card number at every checkout, and a third of them leave there. They should be
        able to choose a card they used before.
    """

    name: ClassVar[str] = "described"
    title: ClassVar[str] = "description"
    failure: ClassVar[str] = "no description"
    effort: ClassVar[Effort] = Effort.SECTION

    severity: Severity = Severity.MUST
    within_sprints: float | None = Field(default=6.0, ge=0)
    min_words: int = Field(default=3, ge=1)
    """The minimum length of a description, in words; headings and empty template text are not counted."""
    min_words_task: int = Field(default=3, ge=1)
    """The minimum length for tasks, in words."""

    def check(self, subject: Subject) -> Answer:
        """Count the words that are not part of the template, then look for one that the title does not have."""
        issue = subject.issue
        if issue.kind is Kind.EPIC and subject.backlog.children.get(issue.key):
            return NotApplicable("the epic's stories describe it")
        words = content_words(issue, subject.reading)  # a long text is read no further than needed
        wanted = self.min_words_task if issue.kind is Kind.TASK else self.min_words
        first = tuple(islice(words, wanted))
        if not first:
            hint = "Describe the situation, the wish and the reason."
            return Failed("The description is missing.", hint, reason="absent")
        if len(first) < wanted and not any(map(_POINTS_ELSEWHERE.search, first)):
            template = "The description is only {count:word|words} long (template text not counted)."
            message = Wording(template, count=len(first))
            hint = Wording(
                "Describe the situation, the wish and the reason in {count:word|words} or more.", count=wanted
            )
            return Failed(message, hint, reason="short", phrase="description too short")
        if _repeats(issue.title, chain(first, words)):
            hint = "Describe the situation, the wish and the reason."
            phrase = "description repeats the title"
            return Failed("The description only repeats the title.", hint, reason="repeats", phrase=phrase)
        return Passed()


def _repeats(title: str, words: Iterable[str]) -> bool:
    """Whether a text has words of the title and no others; one without any word repeats nothing."""
    known, repeats = set(words_of(title)), False
    for word in words:
        own = words_of(word)
        if not known.issuperset(own):
            return False
        repeats = repeats or bool(own)
    return repeats
