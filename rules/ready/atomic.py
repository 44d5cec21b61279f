"""Whether a story contains one wish only.

The criterion is from the Quality User Story framework (Lucassen et al., Requirements Engineering 21, 2016).
"""

import re
from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.text.content import shorten
from rules.text.words import VERBS, is_english
from rules.wording import Wording

_JOIN = regex(r"\b(?:and|or)\b|[&+]", re.IGNORECASE)
_LIST = regex(r",\s+(?:and|or)\b", re.IGNORECASE)
_SECOND_VERB = regex(
    r"(?:\b(?:and|or)\b|[&+])\s+(?:(?:to|also|then|not|even|can|be able to|\w+ly)\s+)*(?P<verb>[a-z'-]+)", re.IGNORECASE
)
_PURPOSE = regex(r"\s+to\s+(?:\w+ly\s+)?(?P<verb>[a-z'-]+)", re.IGNORECASE)
_CONSEQUENCE = regex(r",\s*\w+ing\b.*", re.DOTALL)
_LEAD = regex(r"^\W*(?:to\s+)?(?:be able to\s+)?", re.IGNORECASE)
_ACTS = regex(r"^\W*(?:to|be)\b", re.IGNORECASE)


class Atomic(ReadyRule):
    """A story contains one wish.

    Why: Two wishes in one sentence are two stories. Each can then be ranked, estimated and finished on its own. The
    check looks for a second verb or a list in the wish, without its purpose ("to ...") and consequence (", saving
    ..."). People often disagree about this, and most complaints are not right, so the rule is off by default.

    Fails:
        Story: Manage saved cards

        As a shopper, I want to add a card and receive a monthly list of payments so that I keep track.

    Fixed:
        Story: Add a card

        As a shopper, I want to add a card so that I need not type it again.
    """

    name: ClassVar[str] = "atomic"
    title: ClassVar[str] = "one wish per story"
    failure: ClassVar[str] = "more than one wish"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.OWNER

    severity: Severity = Severity.OFF
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look for a second wish in the story sentence."""
        story = subject.reading.story
        if story is None:
            return NotApplicable("the issue has no story sentence")
        if not is_english(story.quote.text):
            return NotApplicable("the story sentence is not in English")
        if not wants_two_things(story.want):
            return Passed((story.quote,))
        message = Wording("The story contains more than one wish: {wish!q}.", wish=shorten(wish_of(story.want)))
        return Failed(message, "Split it into one story per wish.", (story.quote,), reason="several")


def wants_two_things(want: str) -> bool:
    """Whether the wish joins a second verb, a list of three, or two wanted things that are not actions."""
    wish = wish_of(want)
    if not _JOIN.search(wish):
        return False
    return bool(_has_second_verb(wish) or _LIST.search(wish) or not _acts(want))


def wish_of(want: str) -> str:
    """The wish without its purpose: cut before the first `to VERB` after its lead, and before `, VERBing`."""
    wish = _CONSEQUENCE.sub("", want.strip())
    lead = _LEAD.match(wish)
    start = lead.end() if lead else 0
    purposes = (match for match in _PURPOSE.finditer(wish, start) if match["verb"].lower() in VERBS)
    cut = next(purposes, None)
    return wish[: cut.start()] if cut else wish


def _has_second_verb(wish: str) -> bool:
    return any(match["verb"].lower() in VERBS for match in _SECOND_VERB.finditer(wish))


def _acts(want: str) -> bool:
    """Whether the wish is to do something rather than to have something."""
    first = _LEAD.sub("", want).split(maxsplit=1)
    return bool(_ACTS.match(want)) or (bool(first) and first[0].lower() in VERBS)
