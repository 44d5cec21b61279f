"""Whether it hangs on few other issues."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject


class Independent(ReadyRule):
    """It hangs on few other open issues.

    Why: Every dependency is a date that somebody else decides. With three of them an issue seldom goes through a
    sprint undisturbed; cutting it differently often frees most of it.

    Fails:
        Story: Pay with a saved card
        Blocked by: SHOP-7, open
        Blocked by: SHOP-8, open
        Blocked by: SHOP-9, open

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card
        Blocked by: SHOP-7, done
        Blocked by: SHOP-8, done
        Blocked by: SHOP-9, open

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "independent"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.TASK})
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)
    most: int = Field(default=2, ge=0)
    """The most open issues it may block or wait for."""

    def check(self, subject: Subject) -> Answer:
        """Count the open issues on both sides of its blocking links."""
        if subject.cannot_see("links"):
            return NotApplicable("the project has no links", unavailable="links")
        backlog = subject.backlog
        waiting = backlog.blocks.get(subject.issue.key, ())
        still_open = sorted({*(blocker.key for blocker in subject.open_blockers), *waiting})
        if len(still_open) <= self.most:
            return Passed()
        said = f"It hangs on {len(still_open)} open issues: {', '.join(still_open[:6])}."
        return Failed(said, "Cut it so that most of it can be done alone, or rank it after them.", reason="many")
