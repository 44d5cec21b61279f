"""Whether an issue is small enough for one change."""

from typing import ClassVar

from pydantic import Field

from rules.agent_rule import AgentRule
from rules.model import Unit
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, Role, Subject
from rules.wording import Wording


class Small(AgentRule):
    """The issue is one small change.

    Why: One agent's work is one change that a person reviews. Large ones are reviewed badly, and an agent loses the
    thread in them. The estimate decides where there is one, and the number of criteria where there is none.

    Fails:
        Story: Pay with a saved card
        Points: 8

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Points: 2

        Returning shoppers choose a card they used before. New cards are a story of their own.
    """

    name: ClassVar[str] = "small"
    title: ClassVar[str] = "small"
    failure: ClassVar[str] = "too big for one change"
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.DEVELOPERS

    max_points: float = Field(default=3.0, gt=0)
    """The largest estimate of one change, in the unit of the estimates."""
    max_criteria: int = Field(default=6, ge=1)
    """The most criteria of one change that has no estimate."""

    def check(self, subject: Subject) -> Answer:
        """Compare the estimate with its limit; without one, the number of criteria."""
        points = None if subject.snapshot.unit is Unit.ISSUES else subject.issue.points
        if points is not None:
            return Passed() if points <= self.max_points else self._too_big(points)
        count = len(subject.reading.criteria)
        if not count:
            return NotApplicable("neither an estimate nor criteria say how big it is")
        if count <= self.max_criteria:
            return Passed()
        template = "The issue has {count:criterion|criteria}, more than the limit of {limit}."
        message = Wording(template, count=count, limit=self.max_criteria)
        return Failed(message, "Split it so that each part has few criteria.", reason="criteria")

    def _too_big(self, points: float) -> Failed:
        template = "The estimate of {points:point|points} is more than the limit of {limit:point|points}."
        message = Wording(template, points=points, limit=self.max_points)
        return Failed(message, "Split it into changes that can be reviewed one by one.", reason="points")
