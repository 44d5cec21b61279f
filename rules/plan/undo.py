"""Undo of a run: the inverse of each of its writes, where the value has not changed since.

Undo is a person's decision, so what it removes counts as refused: the next run does not write it again
for the same reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rules.model import NO_MARKS, Issue, OwnMarks
from rules.plan.changes import (
    COMMENT,
    SPRINT,
    AddLabel,
    Change,
    ChangePlan,
    DeleteComment,
    LeftAsIs,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    RemoveLabel,
    mark_of,
)
from rules.plan.comment import CommentBody
from rules.plan.marks import COMMENT_REASON

_LEAVES_SOMETHING = (AddLabel, PutComment, MoveToSprint)


@dataclass(frozen=True, slots=True)
class Written:
    """One successful write, and our marks on the issue before it."""

    change: Change
    before: OwnMarks


def plan_undo(
    run: str,
    written: Sequence[Written],
    issues: Mapping[str, Issue],
    memory: Mapping[str, OwnMarks],
    notes: Mapping[str, CommentBody],
    *,
    hands_off: str = "",
) -> ChangePlan:
    """The plan with the inverse of what `run` wrote, last write first.

    `issues` are the issues as they are now, by id (a missing one no longer exists); `memory` is what is ours now;
    `notes` holds the comments' earlier texts by digest. What cannot be undone is in the plan's `left_as_is`, and so
    is what would be added to an issue with the label `hands_off`.
    """
    changes: list[Change] = []
    conflicts: list[LeftAsIs] = []
    marks = dict(memory)
    for one in reversed(written):
        issue = issues.get(one.change.issue)
        inverse = "the issue no longer exists" if issue is None else _inverse(one, issue, run, notes)
        if isinstance(inverse, _LEAVES_SOMETHING) and issue is not None and hands_off in issue.labels:
            inverse = f"a person added {hands_off}"
        if isinstance(inverse, str):
            conflicts.append(LeftAsIs(key=one.change.key, what=mark_of(one.change), why=inverse))
            continue
        changes.append(inverse)
        marks[inverse.issue] = _refused(marks.get(inverse.issue, NO_MARKS), one.change)
    touched = {change.issue: marks[change.issue] for change in changes}
    ordered = sorted(changes, key=lambda change: (isinstance(change, MoveToBacklog | MoveToSprint), change.issue))
    return ChangePlan(changes=tuple(ordered), left_as_is=tuple(conflicts), in_scope=len(issues), marks=touched)


def _inverse(one: Written, issue: Issue, run: str, notes: Mapping[str, CommentBody]) -> Change | str:
    """The change that undoes one write, or the reason why it is left as it is."""
    where = {"issue": issue.id, "key": issue.key, "why": f"undo of run {run}"}
    match one.change:
        case AddLabel(label=label):
            gone = label not in issue.labels
            return "a person removed it since" if gone else RemoveLabel(label=label, **where)
        case RemoveLabel(label=label):
            there = label in issue.labels
            return "a person added it again since" if there else AddLabel(label=label, **where)
        case MoveToSprint(sprint=sprint):
            moved = issue.sprint != sprint
            return "a person moved the issue since" if moved else MoveToBacklog(sprint=sprint, **where)
        case MoveToBacklog(sprint=sprint):
            moved = issue.sprint is not None
            return "a person moved the issue since" if moved else MoveToSprint(sprint=sprint, **where)
        case PutComment() | DeleteComment():
            return _inverse_comment(one, issue, where["why"], notes)


def _inverse_comment(one: Written, issue: Issue, why: str, notes: Mapping[str, CommentBody]) -> Change | str:
    wrote = one.change.note.digest if isinstance(one.change, PutComment) else ""
    if issue.marks.comment_digest != wrote:
        return "the comment has changed since" if issue.marks.comment else "a person deleted it since"
    if not one.before.comment_digest:
        if issue.marks.comment is None:
            return "a person deleted it since"
        return DeleteComment(issue=issue.id, key=issue.key, comment=issue.marks.comment, why=why)
    earlier = notes.get(one.before.comment_digest)
    if earlier is None:
        return "its earlier text is no longer stored"
    comment = issue.marks.comment
    # A comment that was deleted is ours again, with its reason.
    reason = COMMENT_REASON if isinstance(one.change, DeleteComment) else ""
    return PutComment(issue=issue.id, key=issue.key, note=earlier, why=why, comment=comment, reason=reason)


def _refused(marks: OwnMarks, change: Change) -> OwnMarks:
    """The marks after undoing `change`: what it wrote counts as refused for the same reason."""
    entries: tuple[tuple[str, str], ...]
    match change:
        case AddLabel(label=label, reason=reason):
            entries = ((label, dict(marks.reasons).get(label, reason)),)
        case PutComment(note=note, comment=None, reason=reason):
            entries = ((COMMENT, reason or COMMENT_REASON), (COMMENT, note.digest))
        case PutComment(note=note):
            entries = ((COMMENT, note.digest),)
        case MoveToSprint(sprint=sprint):
            entries = ((SPRINT, sprint),)
        case _:
            return marks
    return replace(marks, refused=tuple(dict.fromkeys((*marks.refused, *entries))))
