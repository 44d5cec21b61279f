"""Whether another open issue is nearly the same."""

from typing import ClassVar

from rules.model import Issue, Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text.content import shorten
from rules.wording import Wording


class Duplicate(ReadyRule):
    """No issue ranked above is nearly the same.

    Why: Duplicates are estimated, ranked and sometimes even done twice. Only the lower one of the two gets a finding.
    Linked issues get none, and neither do duplicates of an issue with restricted access.

    Fails:
        Story: Pay with a saved card at checkout
        Also above in the backlog: SHOP-2 Pay with a saved card at the checkout

    Fixed:
        Story: Pay with a saved card at checkout
        Also above in the backlog: SHOP-2 Show the vouchers of a shopper in the cart
    """

    name: ClassVar[str] = "duplicate"
    title: ClassVar[str] = "no duplicate"
    failure: ClassVar[str] = "possible duplicate"
    kinds: ClassVar[frozenset[Kind]] = frozenset(Kind) - {Kind.SUBTASK, Kind.EPIC}
    effort: ClassVar[Effort] = Effort.FIELD
    replayable: ClassVar[bool] = False

    severity: Severity = Severity.SHOULD

    def check(self, subject: Subject) -> Answer:
        """Look the issue up among the near duplicates of the backlog."""
        if len(subject.snapshot.issues) < 2:
            return NotApplicable("there is no other issue to compare with")
        duplicate = subject.backlog.near_duplicates.get(subject.issue.key)
        if duplicate is None:
            return Passed()
        other = subject.snapshot.by_key[duplicate.key]
        if _knows(subject.issue, other) or other.restricted:
            return Passed()
        key = duplicate.key
        message = Wording(
            "Possible duplicate of {issue} {title!q}: {share} % of the words are the same.",
            issue=key,
            title=shorten(other.title),
            share=round(100 * duplicate.similarity),
        )
        hint = Wording("Link it to {issue}, or close one of the two.", issue=key)
        return Failed(message, hint, reason=key, phrase=Wording("possible duplicate of {issue}", issue=key))


def _knows(one: Issue, other: Issue) -> bool:
    linked = {link.key for link in one.links} | {one.parent}
    return other.key in linked or one.key in ({link.key for link in other.links} | {other.parent})
