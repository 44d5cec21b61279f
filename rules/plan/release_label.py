"""The label of released issues: which releases stand, and what that means for the label.

A release ends when a person plans the issue, changes its status, takes the label away, or the Product Owner keeps it.
"""

from collections.abc import Iterator, Mapping

from rules.commands.answers import Commands
from rules.model import Issue, OwnMarks, Snapshot
from rules.plan.changes import AddLabel, LeftAsIs, RemoveLabel
from rules.plan.grounds import RELEASE, Ground
from rules.plan.marks import PAUSED, marks_of
from rules.plan.policy import Policy
from rules.release import Stay

RENAMED = "released issues have another label now"


def releases(
    snapshot: Snapshot, commands: Commands, memory: Mapping[str, OwnMarks], policy: Policy
) -> Mapping[str, Stay]:
    """By issue id, the releases that stand; `memory` is what we last wrote."""
    known = ((snapshot.by_id.get(issue), stay) for issue, stay in commands.stays.items())
    return {
        issue.id: stay
        for issue, stay in known
        if issue is not None
        and stay.holds(issue, snapshot.edits.get(issue.id, ()))
        and not _is_taken_back(issue, stay, marks_of(issue, memory), policy.released)
    }


def _is_taken_back(issue: Issue, stay: Stay, marks: OwnMarks, label: str) -> bool:
    """Whether a person took the label of this release away, before the last run or since."""
    return marks.has_refused(label, stay.reason) or (
        label not in issue.labels and dict(marks.reasons).get(label) == stay.reason
    )


def label_changes(
    issue: Issue, commands: Commands, policy: Policy, marks: OwnMarks
) -> Iterator[AddLabel | RemoveLabel]:
    """What makes the label right; where the configuration gives it another name, the former label goes."""
    label, ours = policy.released, marks.labels & issue.labels
    stay, last = commands.released.get(issue.id), commands.stays.get(issue.id)
    over = {old: RENAMED for old in sorted(ours - set(policy.own_labels)) if old.startswith(policy.prefix)}
    if stay is None and label in ours:
        over[label] = _why_over(last)
    for old, why in over.items():
        grounds = (Ground(rule=RELEASE, says=why),)
        yield RemoveLabel(issue=issue.id, key=issue.key, label=old, why=why, grounds=grounds)
    if stay is not None and label not in issue.labels:
        why = f"the Product Owner released it: {stay.because}"
        grounds = (Ground(rule=RELEASE, passed=True, says=why),)
        yield AddLabel(issue=issue.id, key=issue.key, label=label, why=why, reason=stay.reason, grounds=grounds)


def label_refused(issue: Issue, commands: Commands, policy: Policy, marks: OwnMarks) -> Iterator[LeftAsIs]:
    """That a person took the label of the last release away, or undid it."""
    label, last = policy.released, commands.stays.get(issue.id)
    if last is not None and issue.id not in commands.released and marks.has_refused(label, last.reason):
        undone = marks.has_undone(label, last.reason)
        why = PAUSED if undone else "a person removed it, so the issue is no longer released"
        yield LeftAsIs(key=issue.key, what=label, why=why)


def _why_over(last: Stay | None) -> str:
    if last is None or not last.released:
        return "the Product Owner keeps it"
    return "somebody planned it or changed its status since it was released"
