"""Whether work on an issue can start."""

from typing import ClassVar

from pydantic import Field

from rules.backlog.blockers import Blocker, Timing
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.wording import Wording


class Unblocked(ReadyRule):
    """Every blocker is done or planned before this issue.

    Why: A blocked issue in a sprint takes the place of work that could start. A blocker is fine if it is done, planned
    for no later sprint, or ranked above the issue. A flag counts as a blocker.

    Fails:
        Story: Pay with a saved card
        Blocked by: SHOP-9, open

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Blocked by: SHOP-9, done

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "unblocked"
    title: ClassVar[str] = "no open blocker"
    failure: ClassVar[str] = "blocked"
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.OWNER
    reads_text: ClassVar[bool] = False

    severity: Severity = Severity.MUST
    within_sprints: float | None = Field(default=3.0, ge=0)
    rank_is_enough: bool = True
    """Whether a blocker may be ranked above the issue; if not, it must be done or in a sprint."""

    def check(self, subject: Subject) -> Answer:
        """Look at the flag, then at every open blocker's sprint and rank."""
        if (answer := flag_or_no_links(subject)) is not None:
            return answer
        if self.rank_is_enough and subject.cannot_see("rank") and self._depends_on_rank(subject):
            return NotApplicable("the backlog has no rank", unavailable="rank")
        late = [blocker.key for blocker in subject.open_blockers if not self._comes_in_time(blocker)]
        if not late:
            return Passed()
        template = "Blocked by {issues}, which {issues:is|are} neither done nor planned before this issue."
        message = Wording(template, issues=tuple(late))
        hint = Wording("Finish or plan {issues} first, or rank this issue below {issues:it|them}.", issues=tuple(late))
        phrase = Wording("blocked by {issue}", issue=late[0])
        if len(late) > 1:
            phrase = Wording("blocked by {issue} and {more} more", issue=late[0], more=len(late) - 1)
        return Failed(message, hint, reason=", ".join(late), phrase=phrase)

    def _depends_on_rank(self, subject: Subject) -> bool:
        return any(blocker.timing in {Timing.ABOVE, Timing.LATE} for blocker in subject.open_blockers)

    def _comes_in_time(self, blocker: Blocker) -> bool:
        return blocker.timing is Timing.PLANNED or (self.rank_is_enough and blocker.timing is Timing.ABOVE)


def flag_or_no_links(subject: Subject) -> Answer | None:
    """The answer that rests on no blocker: a flag counts as one, and without links none is known."""
    if subject.issue.flagged:
        hint = "Remove the impediment, then the flag."
        return Failed("The issue is flagged as impeded.", hint, reason="flagged", phrase="flagged as impeded")
    if subject.cannot_see("links"):
        return NotApplicable("the project has no links", unavailable="links")
    return None
