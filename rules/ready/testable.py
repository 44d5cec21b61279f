"""Whether an acceptance criterion can be tested."""

import re
from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text import Criterion
from rules.text.content import shorten, words_of
from rules.text.given_when_then import unfinished_scenarios
from rules.text.words import are_english
from rules.wording import Wording

SHOWN = 3

# Wishes that are always met. A number, a quoted text or a condition in the same criterion makes them concrete.
_WISHES = regex(
    r"\b(?:works?(?: (?:well|fine|properly|correctly|as (?:expected|intended|before)))?|as expected|properly|correctly"
    r"|user[- ]friendly|easy to (?:use|understand)|intuitive|nice(?:ly)?|good|better|looks? (?:good|nice|right)"
    r"|seamless(?:ly)?|appropriate(?:ly)?|satisf\w+|happy|is (?:done|finished|complete|implemented|tested|fixed))\b",
    re.IGNORECASE,
)
_CONCRETE = regex(
    r"\d|[\"“«„]\w|`|\b(?:when|if|only|unless|given|without|within|before|after|per|each|every|no)\b", re.IGNORECASE
)
FEW = 4  # a concrete statement in addition to a wish has more words than this


class Testable(ReadyRule):
    """At least one acceptance criterion can be tested, and no scenario lacks its result.

    Why: "Works as expected" is always met, so it helps nobody. A useful criterion can turn out unmet: it has a number,
    a text on the screen, or a condition with its result. A scenario with Given and When only says what somebody does,
    and not what must be true then.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - The checkout works as expected
        - It is easy to use

    Fixed:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - The checkout lists the cards used in the last year
        - Choosing one skips the page for card data
    """

    name: ClassVar[str] = "testable"
    title: ClassVar[str] = "testable criteria"
    failure: ClassVar[str] = "no testable criterion"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.SECTION

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Fail if a scenario lacks its third part, or if every criterion is a mere wish."""
        if subject.reports_defect:
            return NotApplicable("the text reports a defect")
        criteria = subject.reading.criteria
        if not criteria:
            return NotApplicable("the issue has no criteria")
        if unfinished := tuple(unfinished_scenarios(criteria)):
            scenario = shorten(unfinished[0].text, 50)
            message = Wording("The scenario {scenario!q} does not say what happens then.", scenario=scenario)
            hint = 'Add "Then" with the result that can be observed.'
            return Failed(message, hint, unfinished[:SHOWN], reason="no-then", phrase="a scenario without a result")
        if not are_english(criteria):
            return NotApplicable("the criteria are not in English")
        if not all(_is_wish(criterion) for criterion in criteria):
            return Passed()
        first = shorten(criteria[0].quote.text, 50)
        message = Wording("Testable criteria are missing: {criterion!q} is always met.", criterion=first)
        hint = "Say what can be observed: a number, a text or a condition."
        return Failed(message, hint, tuple(c.quote for c in criteria[:SHOWN]), reason="wishes")


def _is_wish(criterion: Criterion) -> bool:
    text = criterion.quote.text
    wishes = _WISHES.findall(text)
    if not wishes or _CONCRETE.search(text):
        return False
    rest = words_of(_WISHES.sub("", text))
    return len(rest) <= FEW
