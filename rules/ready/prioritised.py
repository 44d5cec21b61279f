"""Whether somebody has set a priority."""

from typing import ClassVar

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject


class Prioritised(ReadyRule):
    """It has a priority.

    Why: An issue without one was often never looked at. Where the rank alone decides, switch this off.

    Fails:
        Story: Pay with a saved card
        Priority: none

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card
        Priority: High

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "prioritised"
    effort: ClassVar[Effort] = Effort.FIELD

    severity: Severity = Severity.INFO
    unset: frozenset[str] = frozenset({"none", "unprioritized", "unprioritised", "not set", "null"})
    """Names, in lower case, that some trackers give to having no priority."""

    def check(self, subject: Subject) -> Answer:
        """Look at the field; a priority that is called none is none."""
        if subject.cannot_see("priority"):
            return NotApplicable("the project has no priorities", unavailable="priority")
        priority = subject.issue.priority
        if priority is not None and priority.name.strip().lower() not in self.unset:
            return Passed()
        return Failed("It has no priority.", "Set one, or drop the issue.", reason="absent")
