"""Whether the title tells the issue apart from others."""

import re
from typing import ClassVar

from pydantic import Field

from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject
from rules.text.words import words_of

# Titles that stand where one should be, in the languages the reader knows.
_STAND_INS = frozenset(
    words_of("""
    todo tbd tba fix test tests new story bug task title untitled placeholder wip xxx asdf neu neue aufgabe titel
    nouveau nouvelle titre nuevo nueva tarea novo nova tarefa nieuw taak
""")
)
_BRACKETED = re.compile(r"^\s*(?:\[[^\]]*\]\s*)+")


class Titled(ReadyRule):
    """The title says what changes.

    Why: Most people only ever see the title: on the board, in the sprint list, in the release notes. One word, the
    name of the issue type or a whole paragraph tells them nothing.

    Fails:
        Story: New story

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "titled"
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.SHOULD
    min_words: int = Field(default=2, ge=1)
    """The fewest words a title may have; a prefix in square brackets is not counted."""
    max_chars: int = Field(default=140, ge=20)
    """The longest a title may be, in characters."""

    def check(self, subject: Subject) -> Answer:
        """Look at the title without its bracketed prefixes."""
        title = subject.issue.title.strip()
        words = words_of(_BRACKETED.sub("", title))
        type_name = set(words_of(subject.issue.type))
        hint = "Say in 4 to 15 words what changes and for whom."
        if not words or all(word in _STAND_INS or word in type_name for word in words):
            return Failed(f'The title "{title[:40]}" says nothing.', hint, reason="stand-in")
        if len(words) < self.min_words:
            return Failed(f'The title "{title[:40]}" is a single catchword.', hint, reason="short")
        if len(title) > self.max_chars:
            return Failed(f"The title has {len(title)} characters, more than {self.max_chars}.", hint, reason="long")
        return Passed()
