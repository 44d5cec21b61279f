"""Whether the criteria include a failure case."""

import re
from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text.words import are_english

_WRONG = regex(
    r"\b(?:err\w*|invalid\w*|empty|missing|den(?:y|ied|ies)|time[sd]?[- ]?out|not|n't|no|none|never|cannot|fail\w*"
    r"|limit\w*|expired?|unavailable|reject\w*|refus\w*|wrong|warn\w*|abort\w*|cancel\w*|conflict\w*|forbidden|unauthori[sz]ed"
    r"|exceed\w*|unknown|offline|retr(?:y|ies|ied)|roll(?:ed|s)? ?back|prevent\w*|block\w*|only"
    r"|without|unless|except\w*)\b|n['’]t\b",
    re.IGNORECASE,
)


class UnhappyPath(ReadyRule):
    """At least one acceptance criterion covers a failure case.

    Why: Cases such as an expired card or an empty list hold most of the work and most of the defects. Without a
    criterion, everyone expects something different there.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - The checkout shows the card with its last four digits
        - Paying with it shows the order number

    Fixed:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - The checkout shows the card with its last four digits
        - An expired card is refused with a message
    """

    name: ClassVar[str] = "unhappy_path"
    title: ClassVar[str] = "failure case"
    failure: ClassVar[str] = "no failure case"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.OFF
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look for a word about failure in any criterion."""
        if subject.reports_defect:
            return NotApplicable("the text reports a defect")
        criteria = subject.reading.criteria
        if not criteria:
            return NotApplicable("the issue has no criteria")
        if not are_english(criteria):
            return NotApplicable("the criteria are not in English")
        failure = next((criterion for criterion in criteria if _WRONG.search(criterion.quote.text)), None)
        if failure is not None:
            return Passed((failure.quote,))
        hint = "Add at least one case in which something goes wrong."
        return Failed("A criterion for a failure case is missing.", hint, reason="absent")
