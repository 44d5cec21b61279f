"""Whether an issue has a description."""

import re
from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text.content import content_words
from rules.text.plain_request import names_chore
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
    the title. An epic with stories is described by them. A chore may be described by its title: "Update Java to 21".

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
        reading = subject.reading
        wanted = self.min_words_task if issue.kind is Kind.TASK else self.min_words
        if (not reading.content or reading.repeats_title) and names_chore(issue.title):
            return NotApplicable("the title says all there is to do")
        if not reading.content:
            hint = "Describe the situation, the wish and the reason."
            return Failed("The description is missing.", hint, reason="absent")
        if reading.content < wanted and not _points_elsewhere(subject):
            template = "The description is only {count:word|words} long (template text not counted)."
            message = Wording(template, count=reading.content)
            hint = Wording(
                "Describe the situation, the wish and the reason in {count:word|words} or more.", count=wanted
            )
            return Failed(message, hint, reason="short", phrase="description too short")
        if reading.repeats_title:
            hint = "Describe the situation, the wish and the reason."
            phrase = "description repeats the title"
            return Failed("The description only repeats the title.", hint, reason="repeats", phrase=phrase)
        return Passed()


def _points_elsewhere(subject: Subject) -> bool:
    """Whether a text of few words has a link or a picture among them."""
    return any(map(_POINTS_ELSEWHERE.search, content_words(subject.reading, subject.issue.acceptance)))
