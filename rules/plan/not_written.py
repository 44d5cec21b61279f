"""The writes that a run did not make, each with the decision behind it: what the journal keeps next to the writes."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from rules.model import Issue
from rules.plan.changes import (
    COMMENT,
    PAGE,
    SPRINT,
    Change,
    ChangePlan,
    LeftAsIs,
    identity_of,
    kind_of,
    mark_of,
    value_of,
)
from rules.plan.grounds import Ground, grounds_of
from rules.plan.outcome import Outcome, Result
from rules.verdict import Judgement

LABEL = "label"
"""The mark of an issue that gets no label at all."""


class Decision(StrEnum):
    """Why a write was not made."""

    OFF = "off"
    """Writing is off."""
    REFUSED = "refused"
    """The whole plan was refused."""
    QUIET_HOURS = "quiet-hours"
    SKIPPED = "skipped"
    """It was no longer right just before it, or the run ended earlier."""
    HELD = "held"
    """It waits: for the weekly limit of mails, for the end of a pause, for an end of contradicting edits."""
    LEFT_AS_IS = "left-as-is"
    """A person decided otherwise."""
    LEFT_ALONE = "left-alone"
    """An issue in the ready horizon that gets no label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotWritten:
    """A write that was not made.

    `mark` is the label, "comment" or "sprint". `kind`, `value` and `why` are those of the change, "" where none was
    planned. `reason` is why it was not made. `there` is what the issue has at the mark: the label, the digest of our
    comment or the sprint's id, "" for nothing. `restricted` is whether only some people may see the issue.
    """

    key: str
    mark: str
    decision: Decision
    reason: str
    kind: str = ""
    value: str = ""
    why: str = ""
    there: str = ""
    grounds: tuple[Ground, ...] = ()
    restricted: bool = False


def not_written(
    plan: ChangePlan,
    issues: Iterable[Issue],
    judgement: Judgement,
    *,
    outcomes: Iterable[Outcome] = (),
    journalled: Collection[tuple[str, str, str]] = (),
    obstacle: tuple[Decision, str] | None = None,
) -> tuple[NotWritten, ...]:
    """All writes that were not made, in the order of the plan.

    `issues` are as they were when the plan was made. `obstacle` is what kept the whole plan from being written, with
    its reason. `journalled` are the identities of the changes that the journal has among the writes.
    """
    waiting = {(change.key, mark_of(change)) for change in plan.held}
    verdicts = judgement.by_key

    def left(key: str, mark: str, decision: Decision, reason: str) -> NotWritten:
        grounds = grounds_of(verdicts[key]) if key in verdicts else ()
        return NotWritten(key=key, mark=mark, decision=decision, reason=reason, grounds=grounds)

    entries = (
        *(_unmade(change, *obstacle) for change in plan.changes if obstacle),
        *(_unmade(change, Decision.SKIPPED, reason) for change, reason in _skipped(outcomes, journalled)),
        *(_unmade(change, Decision.HELD, _why_held(change, plan.left_as_is)) for change in plan.held),
        *(left(o.key, o.what, Decision.LEFT_AS_IS, o.why) for o in plan.left_as_is if (o.key, o.what) not in waiting),
        *(left(key, LABEL, Decision.LEFT_ALONE, why) for key, why in plan.left_alone.items()),
    )
    by_key = {issue.key: issue for issue in issues}
    return tuple(_placed(entry, by_key[entry.key]) if entry.key in by_key else entry for entry in entries)


def _skipped(outcomes: Iterable[Outcome], journalled: Collection[tuple[str, str, str]]) -> Iterator[tuple[Change, str]]:
    for outcome in outcomes:
        if outcome.result is Result.SKIPPED and identity_of(outcome.change) not in journalled:
            yield outcome.change, outcome.reason


def _unmade(change: Change, decision: Decision, reason: str) -> NotWritten:
    return NotWritten(
        key=change.key,
        mark=mark_of(change),
        decision=decision,
        reason=reason,
        kind=kind_of(change),
        value=value_of(change),
        why=change.why,
        grounds=change.grounds,
    )


def _why_held(change: Change, left_as_is: Iterable[LeftAsIs]) -> str:
    """The reason that the plan gives: the latest one, where a person's decision is about the same mark."""
    reasons = [one.why for one in left_as_is if (one.key, one.what) == (change.key, mark_of(change))]
    return reasons[-1] if reasons else ""


def _placed(entry: NotWritten, issue: Issue) -> NotWritten:
    """An entry with what its issue has at the mark."""
    return replace(entry, there=_there(issue, entry.mark), restricted=issue.restricted)


def _there(issue: Issue, mark: str) -> str:
    if mark == COMMENT:
        return issue.marks.comment_digest
    if mark == SPRINT:
        return issue.sprint or ""
    if mark == PAGE:
        return issue.marks.page
    return mark if mark in issue.labels else ""
