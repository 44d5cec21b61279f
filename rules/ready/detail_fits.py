"""Whether a far issue is still free to change."""

from typing import ClassVar

from pydantic import Field

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text.content import number


class DetailFits(ReadyRule):
    """A far issue is not worked out in detail yet.

    Why: What is months away will change; detail written now is written twice, and makes people cling to it. Near the
    top it belongs there, so only issues beyond a few sprints are told.

    Fails:
        Story: Pay with a saved card
        Sub-tasks: SHOP-11, SHOP-12, SHOP-13, SHOP-14
        Sprints away: 6

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card
        Sprints away: 6

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "detail_fits"
    effort: ClassVar[Effort] = Effort.SECTION

    severity: Severity = Severity.INFO
    beyond_sprints: float = Field(default=3.0, ge=0)
    """Speak only about issues more than this many sprints away."""
    max_words: int = Field(default=600, ge=50)
    """The longest description of a far issue, in words; code is not counted."""
    max_criteria: int = Field(default=15, ge=1)
    """The most acceptance criteria of a far issue."""
    max_subtasks: int = Field(default=3, ge=0)
    """The most sub-tasks of a far issue."""

    def check(self, subject: Subject) -> Answer:
        """Count sub-tasks, criteria and words of an issue that is far away."""
        if subject.distance is None:
            return NotApplicable("nobody knows how far away it is")
        if subject.distance <= self.beyond_sprints:
            return NotApplicable("it is near")
        counts = (
            ("sub-tasks", len(subject.issue.subtasks), self.max_subtasks),
            ("criteria", len(subject.reading.criteria), self.max_criteria),
            ("words", subject.issue.document.words, self.max_words),
        )
        for what, count, most in counts:
            if count > most:
                away = number(round(subject.distance, 1))
                said = f"It is {away} sprints away and already has {count} {what}."
                return Failed(said, "Keep the intent, and leave the detail until it comes near.", reason=what)
        return Passed()
