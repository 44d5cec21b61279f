"""Whether issues block each other in a cycle."""

from typing import ClassVar

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.wording import Wording

SHOWN = 6


class Acyclic(ReadyRule):
    """The issue does not depend on itself.

    Why: If A is blocked by B, and B by A, neither can start. Usually one of the links points in the wrong direction.

    Fails:
        Story: Pay with a saved card
        Blocked by: SHOP-9, open
        Also in the backlog: SHOP-9 (blocked by SHOP-1) Keep the cards of a shopper

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Blocked by: SHOP-9, open
        Also in the backlog: SHOP-9 Keep the cards of a shopper

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "acyclic"
    title: ClassVar[str] = "no cycles"
    failure: ClassVar[str] = "circular dependency"
    effort: ClassVar[Effort] = Effort.FIELD
    reads_text: ClassVar[bool] = False
    replayable: ClassVar[bool] = False

    severity: Severity = Severity.MUST

    def check(self, subject: Subject) -> Answer:
        """Look up the cycle of open issues that the issue is part of."""
        if subject.cannot_see("links"):
            return NotApplicable("the project has no links", unavailable="links")
        way = subject.backlog.cycles.get(subject.issue.key)
        if way is None:
            return Passed()
        shown = " → ".join((*way[:SHOWN], *(("…",) if len(way) > SHOWN else ()), way[0]))
        reason = ",".join(sorted(way))
        message = Wording("Circular dependency: {cycle}.", cycle=shown)
        return Failed(message, "Remove or reverse one link.", reason=reason)
