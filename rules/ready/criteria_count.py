"""Whether the number of acceptance criteria fits one story."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.wording import Wording


class CriteriaCount(ReadyRule):
    """A story has neither too few nor too many acceptance criteria.

    Why: A single criterion usually leaves out what happens when something goes wrong. More than ten criteria usually
    belong to two or three stories.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - A saved card is offered with its last four digits

    Fixed:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - A saved card is offered with its last four digits
        - An expired card is refused with a message
    """

    name: ClassVar[str] = "criteria_count"
    title: ClassVar[str] = "number of criteria"
    failure: ClassVar[str] = "unusual number of criteria"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.OFF
    within_sprints: float | None = Field(default=3.0, ge=0)
    fewest: int = Field(default=2, ge=1)
    """The minimum number of criteria of a story."""
    most: int = Field(default=10, ge=1)
    """The maximum number of criteria of a story."""

    def check(self, subject: Subject) -> Answer:
        """Count the criteria: a scenario counts once, a paragraph does not count."""
        if subject.reports_defect:
            return NotApplicable("the text reports a defect")
        criteria = subject.reading.criteria
        if not criteria or all(criterion.form == "prose" for criterion in criteria):
            return NotApplicable("the issue has no list of criteria")
        count = len(criteria)
        if all(criterion.form == "scenario" for criterion in criteria) or self.fewest <= count <= self.most:
            return Passed() if count <= self.most else self._many(count)
        if count > self.most:
            return self._many(count)
        template = "The story has only {count:criterion|criteria}, fewer than {fewest}."
        message = Wording(template, count=count, fewest=self.fewest)
        hint = "Add what else must hold, for example when something goes wrong."
        return Failed(message, hint, (criteria[0].quote,), reason="few", phrase="too few criteria")

    def _many(self, count: int) -> Failed:
        message = Wording("The story has {count:criterion|criteria}, more than {most}.", count=count, most=self.most)
        return Failed(message, "Split the story along its criteria.", reason="many", phrase="too many criteria")
