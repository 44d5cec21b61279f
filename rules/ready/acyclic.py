"""Whether issues wait for each other in a circle."""

from typing import ClassVar

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject

SHOWN = 6


class Acyclic(ReadyRule):
    """It does not wait for itself.

    Why: If A waits for B and B for A, neither can ever start, however good the rest is. Usually one of the links
    points the wrong way.

    Fails:
        Story: Pay with a saved card
        Blocked by: SHOP-9, open
        Also in the backlog: SHOP-9 (blocked by SHOP-1) Keep the cards of a shopper

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card
        Blocked by: SHOP-9, open
        Also in the backlog: SHOP-9 Keep the cards of a shopper

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "acyclic"
    effort: ClassVar[Effort] = Effort.FIELD

    severity: Severity = Severity.MUST

    def check(self, subject: Subject) -> Answer:
        """Look whether it lies on a loop of open issues."""
        if subject.cannot_see("links"):
            return NotApplicable("the project has no links", unavailable="links")
        way = subject.backlog.cycles.get(subject.issue.key)
        if way is None:
            return Passed()
        shown = " → ".join((*way[:SHOWN], *(("…",) if len(way) > SHOWN else ()), way[0]))
        reason = ",".join(sorted(way))
        return Failed(f"It waits for itself: {shown}.", "Remove or turn round one of these links.", reason=reason)
