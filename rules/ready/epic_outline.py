"""Whether a near epic can be refined."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject


class EpicOutline(ReadyRule):
    """A near epic has a first story and, if asked for, a rough estimate.

    Why: An epic is not built itself; its stories are. When an epic comes near, its first story should exist. An epic
    far away needs neither stories nor an estimate.

    Fails:
        Epic: Payments

        Shoppers leave at checkout. They should be able to pay with one click.

    Fixed:
        Epic: Payments
        Points: 40
        Also in the backlog: SHOP-9 (parent SHOP-1) Pay with a saved card

        Shoppers leave at checkout. They should be able to pay with one click.
    """

    name: ClassVar[str] = "epic_outline"
    title: ClassVar[str] = "first story"
    failure: ClassVar[str] = "no story in the backlog"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.EPIC})
    effort: ClassVar[Effort] = Effort.TALK
    reads_text: ClassVar[bool] = False
    replayable: ClassVar[bool] = False

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)
    needs_size: bool = False
    """Whether the epic needs an estimate as long as none of its children has one."""

    def check(self, subject: Subject) -> Answer:
        """Look for children, then for an estimate of the epic or of a child."""
        issue = subject.issue
        if subject.cannot_see("parent"):
            return NotApplicable("the project has no epics with children", unavailable="parent")
        children = subject.backlog.children.get(issue.key, ())
        hint = "Add the first story, or close the epic if all of it is done."
        if not children and not issue.subtasks:
            return Failed("The epic has no story in the backlog.", hint, reason="no child")
        sized = issue.points is not None or any(child.points is not None for child in children)
        if self.needs_size and not subject.cannot_see("points") and not sized:
            message = "The epic and its stories have no estimate."
            return Failed(message, "Give the epic a rough estimate.", reason="no size", phrase="no rough estimate")
        return Passed()
