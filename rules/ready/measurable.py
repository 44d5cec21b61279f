"""Whether a demand such as "fast" has a limit."""

import re
from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.text.content import shorten
from rules.wording import Wording

_QUALITY = regex(
    r"\b(?:(?:very |more |really )?(?:fast(?:er)?|quick(?:er)?(?! action)|slow|performant|scalable|secure"
    r"|reliable|robust|highly available|lightweight|efficient)"
    r"|schnell(?:er)?|zuverlässig|rapide(?:ment)?|fiable|rápid[oa]|seguro|snel(?:ler)?|betrouwbaar)\b",
    re.IGNORECASE,
)
# A number, a standard that contains the numbers, or brackets with what is meant.
_BOUND = regex(
    r"\d|\b(?:one|two|three|five|ten|WCAG|OWASP|ISO|GDPR|TLS|SLA|SLO|baseline)\b|https?://|\(", re.IGNORECASE
)

# A deadline says when, not how fast.
_DATE = regex(r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")


class Measurable(ReadyRule):
    """A criterion that says fast, secure or scalable also says how much.

    Why: "Fast" means different things to different people. A limit makes the wish testable, and so does a named
    standard.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - The list of cards is fast
        - An expired card is refused

    Fixed:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - The list of cards is fast: 95 % of the requests take under 300 ms
        - An expired card is refused
    """

    name: ClassVar[str] = "measurable"
    title: ClassVar[str] = "measurable criteria"
    failure: ClassVar[str] = "criterion without a limit"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.TASK})
    effort: ClassVar[Effort] = Effort.LINE
    asks: ClassVar[Role] = Role.OWNER

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look for a quality word without a bound in the same criterion."""
        if subject.reports_defect:
            return NotApplicable("the text reports a defect")
        criteria = subject.reading.criteria
        if not criteria:
            return NotApplicable("the issue has no criteria")
        for criterion in criteria:
            word = _QUALITY.search(criterion.quote.text)
            if word and not _BOUND.search(_DATE.sub("", criterion.quote.text)):
                place = shorten(criterion.quote.text, 60)
                message = Wording("{word!q} has no limit in {criterion!q}.", word=word.group(), criterion=place)
                hint = 'Add a limit, for example "95 % under 300 ms", or name a standard.'
                return Failed(message, hint, (criterion.quote,), reason=word.group().lower())
        return Passed()
