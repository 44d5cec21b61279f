"""Whether an issue far from its sprint is still rough."""

from typing import ClassVar

from pydantic import Field

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.wording import Wording


class DetailFits(ReadyRule):
    """An issue far from its sprint is not refined in detail yet.

    Why: An issue that is months away will change, and its details are then written twice. Near the top of the backlog
    details are welcome, so the rule applies only beyond a few sprints.

    Fails:
        Story: Pay with a saved card
        Sub-tasks: SHOP-11, SHOP-12, SHOP-13, SHOP-14
        Sprints away: 6

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Sprints away: 6

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "detail_fits"
    title: ClassVar[str] = "detail fits the distance"
    failure: ClassVar[str] = "detailed too early"
    effort: ClassVar[Effort] = Effort.SECTION
    replayable: ClassVar[bool] = False

    severity: Severity = Severity.INFO
    beyond_sprints: float = Field(default=3.0, ge=0)
    """The rule applies to issues more than this many sprints away."""
    max_words: int = Field(default=600, ge=50)
    """The maximum length of a far issue's description, in words; code is not counted."""
    max_criteria: int = Field(default=15, ge=1)
    """The maximum number of acceptance criteria of a far issue."""
    max_subtasks: int = Field(default=3, ge=0)
    """The maximum number of sub-tasks of a far issue."""

    def check(self, subject: Subject) -> Answer:
        """Count sub-tasks, criteria and words of an issue far from its sprint."""
        if subject.distance is None:
            return NotApplicable("the distance to its sprint is unknown")
        if subject.distance <= self.beyond_sprints:
            return NotApplicable("the issue is near its sprint")
        subtasks, criteria = len(subject.issue.subtasks), len(subject.reading.criteria)
        if subtasks > self.max_subtasks:
            what = Wording("{count:sub-task|sub-tasks}", count=subtasks)
            return _failed(subject.distance, what, self.max_subtasks, reason="sub-tasks")
        if criteria > self.max_criteria:
            what = Wording("{count:criterion|criteria}", count=criteria)
            return _failed(subject.distance, what, self.max_criteria, reason="criteria")
        # The reading counts the field for criteria, too.
        if subject.reading.words > self.max_words and (words := subject.issue.document.words) > self.max_words:
            what = Wording("{count:word|words}", count=words)
            return _failed(subject.distance, what, self.max_words, reason="words")
        return Passed()


def _failed(distance: float, what: Wording, most: int, *, reason: str) -> Failed:
    template = "The issue is {away:sprint|sprints} away but already has {what}, more than {most}."
    message = Wording(template, away=round(distance, 1), what=what, most=most)
    return Failed(message, "Keep the goal, and add details when its sprint is near.", reason=reason)
