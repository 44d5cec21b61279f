"""Whether another open issue says the same."""

from typing import ClassVar

from rules.model import Issue, Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text.content import number, shorten


class Duplicate(ReadyRule):
    """No issue above it says the same.

    Why: The same work twice in a backlog is sized, ranked and perhaps even done twice. Only the lower one of the two
    is told, never a twin that only few may see, and nothing where a link shows that somebody knows.

    Fails:
        Story: Pay with a saved card at checkout
        Also above in the backlog: SHOP-2 Pay with a saved card at the checkout

    Mended:
        Story: Pay with a saved card at checkout
        Also above in the backlog: SHOP-2 Show the vouchers of a shopper in the cart
    """

    name: ClassVar[str] = "duplicate"
    kinds: ClassVar[frozenset[Kind]] = frozenset(Kind) - {Kind.SUBTASK, Kind.EPIC}
    effort: ClassVar[Effort] = Effort.FIELD

    severity: Severity = Severity.SHOULD

    def check(self, subject: Subject) -> Answer:
        """Look the issue up among the twins of the backlog."""
        if len(subject.snapshot.issues) < 2:
            return NotApplicable("there is nothing to compare it with")
        duplicate = subject.backlog.near_duplicates.get(subject.issue.key)
        if duplicate is None:
            return Passed()
        other = subject.snapshot.by_key[duplicate.key]
        if _knows(subject.issue, other) or other.restricted:
            return Passed()
        share = number(round(100 * duplicate.similarity))
        said = f'It reads like {duplicate.key} "{shorten(other.title)}": {share} % of the words are the same.'
        return Failed(said, f"Link it to {duplicate.key} or close one of the two.", reason=duplicate.key)


def _knows(one: Issue, other: Issue) -> bool:
    linked = {link.key for link in one.links} | {one.parent}
    return other.key in linked or one.key in ({link.key for link in other.links} | {other.parent})
