"""Whether an issue has a description."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject
from rules.text.content import content_words
from rules.wording import Wording


class Described(ReadyRule):
    """The description says more than the title.

    Why: A title alone lets everyone imagine something different. Two or three sentences are enough: the situation, the
    wish and the reason. Headings and empty template text are not counted.

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
    min_words: int = Field(default=10, ge=1)
    """The minimum length of a description, in words; headings and empty template text are not counted."""
    min_words_task: int = Field(default=5, ge=1)
    """The minimum length for tasks, in words; their title often says most of it."""

    def check(self, subject: Subject) -> Answer:
        """Count the words that are not part of the template."""
        words = content_words(subject.issue, subject.reading)
        wanted = self.min_words_task if subject.issue.kind is Kind.TASK else self.min_words
        if words >= wanted:
            return Passed()
        if words == 0:
            hint = "Describe the situation, the wish and the reason."
            return Failed("The description is missing.", hint, reason="absent")
        message = Wording("The description is only {count:word|words} long (template text not counted).", count=words)
        hint = Wording("Describe the situation, the wish and the reason in {count:word|words} or more.", count=wanted)
        return Failed(message, hint, reason="short", phrase="description too short")
