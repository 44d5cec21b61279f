"""Whether a near epic can be refined."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject


class EpicOutline(ReadyRule):
    """A near epic has a first slice and a rough size.

    Why: An epic is not built, its stories are. Once it comes near, the first of them should be there; an epic far away
    needs neither.

    Fails:
        Epic: Payments

        Shoppers leave at checkout. They should be able to pay with one click.

    Mended:
        Epic: Payments
        Points: 40
        Also in the backlog: SHOP-9 (parent SHOP-1) Pay with a saved card

        Shoppers leave at checkout. They should be able to pay with one click.
    """

    name: ClassVar[str] = "epic_outline"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.EPIC})
    effort: ClassVar[Effort] = Effort.TALK

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)
    needs_size: bool = False
    """Whether the epic needs an estimate of its own while none of its children has one."""

    def check(self, subject: Subject) -> Answer:
        """Look for children, then for a size of its own or theirs."""
        issue = subject.issue
        if subject.cannot_see("parent"):
            return NotApplicable("the project has no epics with children", unavailable="parent")
        children = subject.backlog.children.get(issue.key, ())
        hint = "Cut off the first slice as a story, or close the epic if all of it is done."
        if not children and not issue.subtasks:
            return Failed("No story of the backlog hangs below it.", hint, reason="no child")
        sized = issue.points is not None or any(child.points is not None for child in children)
        if self.needs_size and not subject.cannot_see("points") and not sized:
            return Failed("Neither it nor any of its stories has a size.", "Give it a rough size.", reason="no size")
        return Passed()
