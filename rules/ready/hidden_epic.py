"""Whether a story or task is really an epic."""

from typing import ClassVar

from pydantic import Field

from rules.document import BlockKind, Document
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject
from rules.wording import Wording

_APART = frozenset({BlockKind.CODE, BlockKind.QUOTE, BlockKind.ROW})


class HiddenEpic(ReadyRule):
    """A story or task is not an epic under another type.

    Why: A dozen sub-tasks or child stories hide several pieces of work behind one rank and one estimate. As an epic
    with stories, each piece can be ranked and finished on its own. A long description alone does not make an epic. It
    counts only where a limit is configured.

    Fails:
        Story: Payments
        Also in the backlog: SHOP-9 (parent SHOP-1) Pay with a saved card

        Shoppers leave at checkout. They should be able to pay with one click.

    Fixed:
        Story: Pay with one click

        Shoppers leave at checkout. They should be able to pay with one click.
    """

    name: ClassVar[str] = "hidden_epic"
    title: ClassVar[str] = "no hidden epic"
    failure: ClassVar[str] = "epic under another type"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.TASK})
    effort: ClassVar[Effort] = Effort.TALK
    reads_text: ClassVar[bool] = False  # by default; only a limit for words looks at the text
    replayable: ClassVar[bool] = False

    severity: Severity = Severity.INFO
    max_subtasks: int = Field(default=12, ge=1)
    """The maximum number of sub-tasks of one issue."""
    max_words: int | None = Field(default=None, ge=100)
    """The maximum length of a description, in words, without code and tables; without a value, it does not count."""

    def check(self, subject: Subject) -> Answer:
        """Look for child issues, then count sub-tasks and words."""
        issue = subject.issue
        kind = Wording(issue.kind.value)
        below = sorted(i.key for i in subject.backlog.children.get(issue.key, ()) if i.kind is not Kind.SUBTASK)
        if below:
            message = Wording("The {kind} has child issues: {issues}.", kind=kind, issues=tuple(below[:6]))
            return Failed(message, _hint(kind), reason="children")
        if len(issue.subtasks) > self.max_subtasks:
            template = "The {kind} has {count:sub-task|sub-tasks}, more than {most}."
            message = Wording(template, kind=kind, count=len(issue.subtasks), most=self.max_subtasks)
            return Failed(message, _hint(kind), reason="subtasks")
        if self.max_words is not None and (words := _words_of(issue.document)) > self.max_words:
            template = "The description is {count:word|words} long, more than {most}."
            return Failed(Wording(template, count=words, most=self.max_words), _hint(kind), reason="words")
        return Passed()


def _hint(kind: Wording) -> Wording:
    return Wording("Make the {kind} an epic, and its parts stories.", kind=kind)


def _words_of(document: Document) -> int:
    return sum(len(block.text.split()) for block in document.blocks if block.kind not in _APART)
