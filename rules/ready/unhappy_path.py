"""Whether the criteria say what happens when something goes wrong."""

import re
from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text.words import english_criteria

_WRONG = re.compile(
    r"\b(?:err\w*|invalid\w*|empty|missing|den(?:y|ied|ies)|time[sd]?[- ]?out|not|n't|no|none|never|cannot|fail\w*"
    r"|limit\w*|expired?|unavailable|reject\w*|refus\w*|wrong|warn\w*|abort\w*|cancel\w*|conflict\w*|forbidden|unauthori[sz]ed"
    r"|exceed\w*|unknown|offline|retr(?:y|ies|ied)|roll(?:ed|s)? ?back|prevent\w*|block\w*|only"
    r"|without|unless|except\w*)\b|n['’]t\b",
    re.IGNORECASE,
)


class UnhappyPath(ReadyRule):
    """One criterion is about something going wrong.

    Why: What happens with the expired card or the empty list is where most of the work and most of the defects are,
    and where everybody imagines something else.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - The checkout shows the card with its last four digits
        - Paying with it shows the order number

    Mended:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - The checkout shows the card with its last four digits
        - An expired card is refused with a message
    """

    name: ClassVar[str] = "unhappy_path"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.INFO
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look for a word that tells of failure in any criterion."""
        criteria = english_criteria(subject.reading)
        if isinstance(criteria, NotApplicable):
            return criteria
        told = next((criterion for criterion in criteria if _WRONG.search(criterion.quote.text)), None)
        if told is not None:
            return Passed((told.quote,))
        said = "No criterion says what happens when something goes wrong."
        return Failed(said, "Add at least one case that fails.", reason="absent")
