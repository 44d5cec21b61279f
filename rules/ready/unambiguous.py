"""Whether the wish and its criteria are free of words that everybody reads differently."""

import re
from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text import Quote, Reading
from rules.text.content import shorten

_VAGUE = re.compile(
    r"\b(?:etc|and so on|and/or|some(?:how|times)?|several|various|a (?:few|lot of)|as (?:needed|appropriate|required)"
    r"|if (?:possible|necessary|needed)|where (?:possible|applicable)|user[- ]friendly|intuitive|easy|easily|simple"
    r"|fast|quick(?:ly)?|flexible|modern|state[- ]of[- ]the[- ]art|reasonabl[ey]|adequate|normally|usually|mostly"
    r"|usw|bzw|ggf|und so weiter|möglichst|etwa|et cetera|y así sucesivamente|e assim por diante|enzovoort)\b",
    re.IGNORECASE,
)
SHOWN = 3


class Unambiguous(ReadyRule):
    """The wish and its criteria avoid words that everybody reads differently.

    Why: "Some", "etc." and "easy" hide a list, a number or an example that somebody has in mind. Word lists agree only
    weakly with people who label stories, so this is a remark and never more by default.

    Fails:
        Story: Pay with a saved card

        As a shopper, I want to pay with cards, vouchers etc. so that checkout is short.

    Mended:
        Story: Pay with a saved card

        As a shopper, I want to pay with cards and vouchers so that checkout is short.
    """

    name: ClassVar[str] = "unambiguous"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.EPIC})
    effort: ClassVar[Effort] = Effort.LINE

    # 35 vague words against 1,087 labelled stories: precision 0.36 at a base rate of 0.33 (planning domain, A.4).
    severity: Severity = Severity.INFO
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look at the story sentence and the criteria, nowhere else."""
        places = list(_places(subject.reading))
        if not places:
            return NotApplicable("there is neither a story sentence nor a criterion")
        found = [(match.group(), place) for place in places for match in _VAGUE.finditer(place.text)]
        if not found:
            return Passed()
        words = list(dict.fromkeys(word.lower() for word, _ in found))
        named = ", ".join(f'"{word}"' for word in words[:SHOWN])
        quotes = tuple(dict.fromkeys(Quote(shorten(place.text), place.line) for _, place in found))
        hint = "Put the list, the number or an example in its place."
        return Failed(f"Everybody reads {named} differently.", hint, quotes[:SHOWN], reason="vague")


def _places(reading: Reading) -> Iterator[Quote]:
    if reading.story is not None:
        story = reading.story
        yield Quote(f"{story.want}. {story.benefit}", story.quote.line)
    for criterion in reading.criteria:
        yield criterion.quote
