"""Whether work on it can start, or waits for something."""

from typing import ClassVar

from pydantic import Field

from rules.backlog.blockers import Blocker, Timing
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject


class Unblocked(ReadyRule):
    """Nothing it waits for comes later than itself.

    Why: A blocked issue in a sprint is a place taken by work that cannot start. A blocker is fine while it is done,
    planned no later, or ranked above the issue; otherwise the two stand in the wrong order. A raised flag counts as a
    blocker.

    Fails:
        Story: Pay with a saved card
        Blocked by: SHOP-9, open

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card
        Blocked by: SHOP-9, done

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "unblocked"
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.OWNER

    severity: Severity = Severity.MUST
    within_sprints: float | None = Field(default=3.0, ge=0)
    rank_is_enough: bool = True
    """Whether a blocker ranked above the issue is fine; if not, it must be done or in a sprint."""

    def check(self, subject: Subject) -> Answer:
        """Look at the flag, then at every open blocker's sprint and rank."""
        if subject.issue.flagged:
            said = "It is flagged as impeded."
            return Failed(said, "Remove the impediment, then the flag.", reason="flagged")
        if subject.cannot_see("links"):
            return NotApplicable("the project has no links", unavailable="links")
        late = [blocker.key for blocker in subject.open_blockers if not self._comes_in_time(blocker)]
        if not late:
            return Passed()
        keys = ", ".join(late)
        one = len(late) == 1
        said = f"It waits for {keys}, which {'is' if one else 'are'} neither done nor planned before it."
        return Failed(said, f"Finish or plan {keys} first, or rank this below {'it' if one else 'them'}.", reason=keys)

    def _comes_in_time(self, blocker: Blocker) -> bool:
        return blocker.timing is Timing.PLANNED or (self.rank_is_enough and blocker.timing is Timing.ABOVE)
