"""Whether wish and criteria are free of vague words.

The criterion is from the Quality User Story framework (Lucassen et al., Requirements Engineering 21, 2016).
"""

import re
from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text import Quote, Reading
from rules.text.content import shorten
from rules.wording import Wording

_VAGUE = regex(
    r"\b(?:etc|and so on|and/or|some(?:how|times)?|several|various|a (?:few|lot of)|as (?:needed|appropriate|required)"
    r"|if (?:possible|necessary|needed)|where (?:possible|applicable)|user[- ]friendly|intuitive|easy|easily|simple"
    r"|fast|quick(?:ly)?|flexible|modern|state[- ]of[- ]the[- ]art|reasonabl[ey]|adequate|normally|usually|mostly"
    r"|usw|bzw|ggf|und so weiter|möglichst|etwa|et cetera|y así sucesivamente|e assim por diante|enzovoort)\b",
    re.IGNORECASE,
)
SHOWN = 3


class Unambiguous(ReadyRule):
    """The wish and the acceptance criteria contain no vague words.

    Why: "Some", "etc." and "easy" hide a list, a number or an example that the author has in mind. Word lists agree
    only weakly with people who label stories, so the rule is off by default.

    Fails:
        Story: Pay with a saved card

        As a shopper, I want to pay with cards, vouchers etc. so that checkout is short.

    Fixed:
        Story: Pay with a saved card

        As a shopper, I want to pay with cards and vouchers so that checkout is short.
    """

    name: ClassVar[str] = "unambiguous"
    title: ClassVar[str] = "no vague words"
    failure: ClassVar[str] = "vague words"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.EPIC})
    effort: ClassVar[Effort] = Effort.LINE

    # Vague words predict ambiguity in 1,087 labelled stories at a precision of 0.36, with a base rate of 0.33.
    severity: Severity = Severity.OFF
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look at the story sentence and the criteria only."""
        places = list(_places(subject.reading))
        if not places:
            return NotApplicable("the issue has neither a story sentence nor criteria")
        matches = [(match.group(), place) for place in places for match in _VAGUE.finditer(place.text)]
        if not matches:
            return Passed()
        words = list(dict.fromkeys(word.lower() for word, _ in matches))
        quotes = tuple(dict.fromkeys(Quote(shorten(place.text), place.line) for _, place in matches))
        named = tuple(words[:SHOWN])
        message = Wording("{words!q} {words:is|are} vague.", words=named)
        hint = Wording("Replace {words:it|them} with a number, a list or an example.", words=named)
        return Failed(message, hint, quotes[:SHOWN], reason="vague")


def _places(reading: Reading) -> Iterator[Quote]:
    if reading.story is not None:
        story = reading.story
        yield Quote(f"{story.want}. {story.benefit}", story.quote.line)
    for criterion in reading.criteria:
        yield criterion.quote
