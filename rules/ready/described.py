"""Whether there is a description at all."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject
from rules.text.content import content_words


class Described(ReadyRule):
    """The description says more than the title.

    Why: A title alone lets everyone imagine something else. Two or three sentences about what is, what is wanted and
    why are enough to talk about it; headings and empty slots of a template are not counted.

    Fails:
        Story: Pay with a saved card

        ## Description

        ## Acceptance criteria

    Mended:
        Story: Pay with a saved card

        Returning shoppers type their card number at every checkout, and a third of them leave there. They should be
        able to choose a card they used before.
    """

    name: ClassVar[str] = "described"
    effort: ClassVar[Effort] = Effort.SECTION

    severity: Severity = Severity.MUST
    within_sprints: float | None = Field(default=6.0, ge=0)
    min_words: int = Field(default=10, ge=1)
    """The fewest words a description may have; headings and empty template slots are not counted."""
    min_words_task: int = Field(default=5, ge=1)
    """The same for tasks, whose title often says most of it."""

    def check(self, subject: Subject) -> Answer:
        """Count the words that are not the template's."""
        words = content_words(subject.issue, subject.reading)
        wanted = self.min_words_task if subject.issue.kind is Kind.TASK else self.min_words
        if words >= wanted:
            return Passed()
        if words == 0:
            return Failed("There is no description.", "Say what is, what is wanted, and why.", reason="absent")
        said = f"The description has {words} {'word' if words == 1 else 'words'} of its own."
        return Failed(said, f"Say what is, what is wanted, and why, in {wanted} words or more.", reason="short")
