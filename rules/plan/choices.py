"""What people decided about our marks since the last run, which takes precedence over what should be there.

A mark of ours that is gone was removed by a person. A mark that a person set again, edited or answered is the person's.
"""

from dataclasses import replace

from rules.model import NO_MARKS, UNDONE, Snapshot
from rules.plan.changes import COMMENT, SPRINT
from rules.plan.comparison import Comparison
from rules.plan.marks import AGENT_REASON, COMMENT_REASON, reason_of, without
from rules.plan.policy import Policy
from rules.plan.verdict_labels import desired_labels
from rules.verdict import Verdict


def notice_choices(verdict: Verdict, snapshot: Snapshot, policy: Policy, result: Comparison) -> None:
    """Record what people removed since the last run, and which marks are there now and for which reason."""
    issue = verdict.issue
    if result.marks == NO_MARKS and issue.sprint is None and issue.labels.isdisjoint(policy.written_labels):
        return  # nothing is there, and nothing was
    reason = reason_of(verdict)
    _labels_set_again(policy, result)
    _comment_taken_over(result)
    for label in policy.written_labels:
        _label_removed(label, AGENT_REASON if label == policy.agent_ready else reason, result)
    _forget_refusals(verdict, policy, result)
    for label, why in desired_labels(verdict, policy).items():
        if label in issue.labels:
            result.marks = replace(result.marks, reasons=(*without(result.marks.reasons, label), (label, why)))
    _sprint_left(snapshot, result)


def notice_choices_alone(policy: Policy, result: Comparison) -> None:
    """The same for an issue without a verdict; its comment counts only where people want nothing to be written."""
    _labels_set_again(policy, result)
    for label in policy.verdict_labels:
        _label_removed(label, "", result)
    if result.wish is not None:
        _comment_taken_over(result)


def _labels_set_again(policy: Policy, result: Comparison) -> None:
    """A label that a person took away and set again is the person's."""
    there = result.issue.labels & result.issue.changed_by.keys()
    theirs = frozenset(label for label in policy.written_labels if label in there)
    result.marks = replace(result.marks, labels=result.marks.labels - theirs)


def _comment_taken_over(result: Comparison) -> None:
    """A comment of ours that a person edited or answered is the person's: it is neither edited nor deleted any more.

    A new one is not written until the issue was ready in between, as if the person had deleted it.
    """
    deed = result.issue.changed_by.get(result.marks.comment or "")
    if deed is None:
        return
    result.leave(COMMENT, f"{deed}; readyline leaves the comment alone")
    refused = (*without(result.marks.refused, COMMENT), (COMMENT, COMMENT_REASON))
    result.marks = replace(result.marks, comment=None, comment_digest="", refused=refused)


def _forget_refusals(verdict: Verdict, policy: Policy, result: Comparison) -> None:
    """A removed label may come back once the issue was not ready, or ready, in between."""
    gone = [policy.not_ready if verdict.ready else policy.ready]
    gone += [policy.agent_ready] if verdict.agent is not None and not verdict.agent.ready else []
    for label in gone:
        result.marks = replace(result.marks, refused=without(result.marks.refused, label))


def _label_removed(label: str, reason: str, result: Comparison) -> None:
    """Record a label that a person removed, with the reason it had, or with `reason` where that is not known."""
    marks, before = result.marks, dict(result.marks.reasons)
    if label in result.issue.labels or not (label in marks.labels or label in before):
        return
    refused = (*without(marks.refused, label), (label, before.get(label, reason)))
    reasons = without(marks.reasons, label)
    result.marks = replace(marks, labels=marks.labels - {label}, refused=refused, reasons=reasons)


def _sprint_left(snapshot: Snapshot, result: Comparison) -> None:
    """Record a future sprint that a person took the issue out of, no matter who put it there."""
    marks, now = result.marks, result.issue.sprint
    future = snapshot.future_sprints
    before = (marks.sprint, dict(marks.reasons).get(SPRINT))
    left = tuple((SPRINT, sprint) for sprint in before if sprint in future and sprint != now)
    refused = dict.fromkeys((*marks.refused, *left))
    for mark in (SPRINT, f"{UNDONE}{SPRINT}"):
        refused.pop((mark, now or ""), None)  # put back by a person, so no longer refused
    seen = ((SPRINT, now),) if now is not None and now in future else ()
    result.marks = replace(
        marks,
        sprint=marks.sprint if marks.sprint == now else None,
        refused=tuple(refused),
        reasons=(*without(marks.reasons, SPRINT), *seen),
    )
