"""Whether the title says what changes."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject
from rules.text.content import words_of
from rules.wording import Wording

# Placeholders used as titles, in the languages that readyline reads.
_PLACEHOLDERS = frozenset(
    words_of("""
    todo tbd tba fix test tests new story bug task title untitled placeholder wip xxx asdf neu neue aufgabe titel
    nouveau nouvelle titre nuevo nueva tarea novo nova tarefa nieuw taak
""")
)
# A number is a word of a title: "Release 3.4.1", "301 redirects".
_NUMBER = regex(r"\d[\w.,-]*")
_BRACKETED = regex(r"^\s*(?:\[[^\]]*\]\s*)+")


class Titled(ReadyRule):
    """The title says what changes.

    Why: Most people see only the title: on the board, in the sprint backlog, in the release notes. One word, the name
    of the issue type or a whole paragraph does not help them.

    Fails:
        Story: New story

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "titled"
    title: ClassVar[str] = "title"
    failure: ClassVar[str] = "unclear title"
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.SHOULD
    min_words: int = Field(default=2, ge=1)
    """The minimum length of a title, in words; a prefix in square brackets is not counted."""
    max_chars: int = Field(default=200, ge=20)
    """The maximum length of a title, in characters."""

    def check(self, subject: Subject) -> Answer:
        """Look at the title without its bracketed prefixes."""
        title = subject.issue.title.strip()
        bare = _BRACKETED.sub("", title) if title.startswith("[") else title
        words = words_of(bare)
        hint = "Say in 4 to 15 words what changes and for which users."
        if not words or _says_nothing(words, subject.issue.type):
            message = Wording("The title {title!q} does not say what changes.", title=title[:40])
            hint = "Say in 4 to 15 words what changes and for which users, or close the issue."
            return Failed(message, hint, reason="stand-in")
        numbers = _NUMBER.findall(bare)
        length = len(words_of(_NUMBER.sub(" ", bare))) + len(numbers) if numbers else len(words)
        if length < self.min_words:
            template = "The title {title!q} is {count:word|words} long, fewer than {fewest}."
            message = Wording(template, title=title[:40], count=length, fewest=self.min_words)
            return Failed(message, hint, reason="short", phrase="title too short")
        if len(title) > self.max_chars:
            template = "The title is {count:character|characters} long, more than {most}."
            message = Wording(template, count=len(title), most=self.max_chars)
            return Failed(message, hint, reason="long", phrase="title too long")
        return Passed()


def _says_nothing(words: Sequence[str], type_name: str) -> bool:
    """Whether each word is a placeholder, or one of the name of the issue's type."""
    left = set(words) - _PLACEHOLDERS
    return not left or left.issubset(words_of(type_name))
