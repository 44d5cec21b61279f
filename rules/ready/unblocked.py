"""Whether work on it can start, or waits for something."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from rules.model import Category, Issue, LinkKind, Snapshot
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
        late = [key for key in open_blockers(subject.issue, subject) if not self._comes_in_time(key, subject)]
        if not late:
            return Passed()
        keys = ", ".join(late)
        one = len(late) == 1
        said = f"It waits for {keys}, which {'is' if one else 'are'} neither done nor planned before it."
        return Failed(said, f"Finish or plan {keys} first, or rank this below {'it' if one else 'them'}.", reason=keys)

    def _comes_in_time(self, key: str, subject: Subject) -> bool:
        blocker = subject.snapshot.by_key.get(key)
        if blocker is None:
            return False
        if blocker.sprint is not None:
            return subject.issue.sprint is None or not _later(blocker, subject.issue, subject.snapshot)
        rank = subject.backlog.rank
        above = rank.get(key, len(rank)) < rank[subject.issue.key]
        return self.rank_is_enough and above and subject.issue.sprint is None


def open_blockers(issue: Issue, subject: Subject) -> Iterator[str]:
    """The keys of what an issue waits for and what is not done, each once, in a stable order."""
    told = {link.key: link.category for link in issue.links if link.kind is LinkKind.BLOCKED_BY}
    for key in sorted({*told, *subject.backlog.blockers.get(issue.key, ())}):
        known = subject.snapshot.by_key.get(key)
        category = known.category if known else told.get(key)
        if category is not Category.DONE and key != issue.key:
            yield key


def _later(one: Issue, other: Issue, snapshot: Snapshot) -> bool:
    """Whether the sprint of `one` starts after that of `other`; undated sprints come last."""
    first, second = (snapshot.sprint_by_id.get(issue.sprint or "") for issue in (one, other))
    if first is None or first.start is None:
        return first is not second
    return second is not None and second.start is not None and first.start > second.start
