"""Whether an issue has a priority."""

from typing import ClassVar

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject


class Prioritised(ReadyRule):
    """The issue has a priority.

    Why: An issue without a priority was often never reviewed. Switch the rule off where only the rank counts.

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

    def check(self, subject: Subject) -> Answer:
        """Look at the field; a priority called "none" does not count."""
        if subject.cannot_see("priority"):
            return NotApplicable("the project has no priorities", unavailable="priority")
        priority = subject.issue.priority
        if priority is not None and priority.name.strip().lower() not in self.unset:
            return Passed()
        return Failed("The priority is missing.", "Set a priority, or close the issue.", reason="absent")
