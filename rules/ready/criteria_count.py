"""Whether the number of criteria fits one story."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject


class CriteriaCount(ReadyRule):
    """There are neither too few nor too many criteria.

    Why: A single criterion usually leaves out what happens when something goes wrong; more than ten usually are two or
    three stories in one.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - A saved card is offered with its last four digits

    Mended:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - A saved card is offered with its last four digits
        - An expired card is refused with a message
    """

    name: ClassVar[str] = "criteria_count"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.INFO
    within_sprints: float | None = Field(default=3.0, ge=0)
    fewest: int = Field(default=2, ge=1)
    """The fewest criteria a story should have."""
    most: int = Field(default=10, ge=1)
    """The most criteria one story should need."""

    def check(self, subject: Subject) -> Answer:
        """Count them; a scenario counts once and a paragraph is not counted at all."""
        criteria = subject.reading.criteria
        if not criteria or all(criterion.form == "prose" for criterion in criteria):
            return NotApplicable("there is no list of criteria")
        count = len(criteria)
        if all(criterion.form == "scenario" for criterion in criteria) or self.fewest <= count <= self.most:
            return Passed() if count <= self.most else self._many(count)
        if count > self.most:
            return self._many(count)
        said = f"There {'is one criterion' if count == 1 else f'are {count} criteria'}, fewer than {self.fewest}."
        hint = "Add what must hold besides, for one when something goes wrong."
        return Failed(said, hint, (criteria[0].quote,), reason="few")

    def _many(self, count: int) -> Failed:
        return Failed(f"There are {count} criteria, more than {self.most}.", "Split along them.", reason="many")
