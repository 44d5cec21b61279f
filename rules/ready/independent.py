"""Whether an issue has few dependencies.

The criterion is the I of INVEST (Bill Wake, "INVEST in Good Stories, and SMART Tasks", 2003).
"""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.wording import Wording


class Independent(ReadyRule):
    """The issue depends on few other open issues.

    Why: Every dependency is a date that others decide. An issue with three of them is rarely finished in its sprint. A
    different split often removes most of them.

    Fails:
        Story: Pay with a saved card
        Blocked by: SHOP-7, open
        Blocked by: SHOP-8, open
        Blocked by: SHOP-9, open

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Blocked by: SHOP-7, done
        Blocked by: SHOP-8, done
        Blocked by: SHOP-9, open

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "independent"
    title: ClassVar[str] = "few dependencies"
    failure: ClassVar[str] = "too many dependencies"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.TASK})
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.DEVELOPERS
    reads_text: ClassVar[bool] = False

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)
    most: int = Field(default=2, ge=0)
    """The maximum number of open issues that it may depend on or block."""

    def check(self, subject: Subject) -> Answer:
        """Count the open issues that the issue is blocked by or blocks, without those of a cycle it is in."""
        if subject.cannot_see("links"):
            return NotApplicable("the project has no links", unavailable="links")
        backlog = subject.backlog
        waiting = backlog.blocks.get(subject.issue.key, ())
        # A cycle is a finding of its own.
        cycle = backlog.cycles.get(subject.issue.key, ())
        still_open = sorted({*(blocker.key for blocker in subject.open_blockers), *waiting}.difference(cycle))
        if len(still_open) <= self.most:
            return Passed()
        template = "Depends on or blocks {count:open issue|open issues}, more than {most}: {issues}."
        message = Wording(template, count=len(still_open), most=self.most, issues=tuple(still_open[:6]))
        return Failed(message, "Split it so that most of it can be done independently.", reason="many")
