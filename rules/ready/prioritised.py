"""Whether an issue has a priority that somebody chose."""

from typing import ClassVar

from pydantic import Field

from rules.model import Category, Issue
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.wording import Wording


class Prioritised(ReadyRule):
    """The issue has a priority, and a near one has a priority that somebody chose.

    Why: An issue without a priority was often never reviewed. The same holds for one that still has the priority that
    new issues get. A person who put it into a sprint or started it has reviewed it. Where people move issues in the
    order, their place says what comes first, and any priority will do. Switch the rule off where only the rank counts.

    Fails:
        Story: Pay with a saved card
        Priority: none

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Priority: High

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "prioritised"
    title: ClassVar[str] = "priority"
    failure: ClassVar[str] = "no priority"
    effort: ClassVar[Effort] = Effort.FIELD
    reads_text: ClassVar[bool] = False

    severity: Severity = Severity.INFO
    unset: frozenset[str] = frozenset({"none", "unprioritized", "unprioritised", "not set", "null"})
    """Names of priorities, in lower case, that mean that none is set."""
    chosen_within_sprints: float = Field(default=3.0, ge=0)
    """Issues at most this many sprints away need a priority that a person chose."""

    def check(self, subject: Subject) -> Answer:
        """Look at the field and its past; a priority called "none" does not count.

        It was chosen if a person ever changed it, or if it is not the one that new issues get.
        """
        if subject.cannot_see("priority"):
            return NotApplicable("the project has no priorities", unavailable="priority")
        issue = subject.issue
        if issue.priority is None or issue.priority.name.strip().lower() in self.unset:
            return Failed("The priority is missing.", "Set a priority, or close the issue.", reason="absent")
        if not subject.backlog.is_within(issue.key, self.chosen_within_sprints):
            return Passed()
        if subject.cannot_see("changelog"):
            return NotApplicable("who set the priority is not known", unavailable="changelog")
        backlog = subject.backlog
        if backlog.is_ordered_by_people or issue.key not in backlog.unchosen_priorities or _was_reviewed(issue):
            return Passed()
        return Failed(
            Wording(
                "The priority {priority!q} is the one that new issues get, and nobody chose it.",
                priority=issue.priority.name,
            ),
            "Choose a priority. To confirm this one, change it and change it back.",
            reason="unchosen",
            phrase="priority that nobody chose",
        )


def _was_reviewed(issue: Issue) -> bool:
    """Whether somebody works on it, or it is in a sprint."""
    return issue.category is Category.DOING or bool(issue.sprint)
