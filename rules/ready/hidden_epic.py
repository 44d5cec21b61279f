"""Whether a story is an epic in disguise."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject


class HiddenEpic(ReadyRule):
    """A story is not an epic in disguise.

    Why: A dozen sub-tasks or stories of its own hide several pieces of work behind one rank and one size. As an epic
    with stories below, each piece can be ranked and finished by itself.

    Fails:
        Story: Payments
        Also in the backlog: SHOP-9 (parent SHOP-1) Pay with a saved card

        Shoppers leave at checkout. They should be able to pay with one click.

    Mended:
        Story: Pay with one click

        Shoppers leave at checkout. They should be able to pay with one click.
    """

    name: ClassVar[str] = "hidden_epic"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.TASK})
    effort: ClassVar[Effort] = Effort.TALK

    severity: Severity = Severity.INFO
    max_subtasks: int = Field(default=12, ge=1)
    """The most sub-tasks one issue may have."""
    max_words: int = Field(default=800, ge=100)
    """The longest description of one issue, in words; code is not counted."""

    def check(self, subject: Subject) -> Answer:
        """Look for stories below it, then count sub-tasks and words."""
        issue = subject.issue
        hint = "Make it an epic, and its parts stories."
        below = sorted(i.key for i in subject.backlog.children.get(issue.key, ()) if i.kind is not Kind.SUBTASK)
        if below:
            return Failed(f"Other issues hang below it: {', '.join(below[:6])}.", hint, reason="children")
        if len(issue.subtasks) > self.max_subtasks:
            said = f"It has {len(issue.subtasks)} sub-tasks, more than {self.max_subtasks}."
            return Failed(said, hint, reason="subtasks")
        words = issue.document.words
        if words > self.max_words:
            return Failed(f"It is described in {words} words, more than {self.max_words}.", hint, reason="words")
        return Passed()
