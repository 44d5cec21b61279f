"""What readyline has left on an issue: as known before a run, and as it is after a change.

These marks are the base of the three-way comparison in `compare`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from rules.model import NO_MARKS, UNDONE, Issue, OwnMarks
from rules.plan.changes import (
    COMMENT,
    SPRINT,
    AddLabel,
    Change,
    DeleteComment,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    PutPage,
    RemoveLabel,
)
from rules.verdict import State, Verdict

AGENT_REASON = "agent"
"""The reason of the label for coding agents."""
VERDICT = "verdict"
"""The mark under which a baseline keeps what an issue was like."""
HANDS_OFF = "hands-off"
"""The mark of an issue on which a person commented `/ready hands-off`; it is kept with what people refused."""
COMMENT_REASON = "must"
"""The reason of every comment: findings at this level."""

PUT_BACK = "put back"
"""The reason of a label or comment that an undo put back: nothing removes it until somebody resumes."""
PAUSED = "a person undid it; `readyline resume` ends that"
"""Why a mark that an undo removed is not written again."""


def marks_of(issue: Issue, memory: Mapping[str, OwnMarks]) -> OwnMarks:
    """What readyline last left on an issue: from its own store, else from the issue property on the tracker."""
    return completed(memory.get(issue.id, NO_MARKS), issue.marks)


def completed(stored: OwnMarks, in_property: OwnMarks) -> OwnMarks:
    """The marks in the store, completed from the issue property where the store has none of an issue.

    So a worker that lost its store still finds what it wrote, even if people have moved the issue since.
    """
    if stored is in_property:  # as on most issues: `NO_MARKS`
        return stored
    refused_more = any(mark.removeprefix(UNDONE) != SPRINT for mark, _ in (*stored.refused, *stored.reasons))
    if stored.labels or stored.comment or stored.comment_digest or stored.page or refused_more:
        return stored
    return replace(
        in_property,
        sprint=stored.sprint or in_property.sprint,
        refused=tuple(dict.fromkeys((*in_property.refused, *stored.refused))),
        reasons=(*without(in_property.reasons, SPRINT), *stored.reasons),
    )


def reason_of(verdict: Verdict) -> str:
    """Fingerprint of a verdict's blocking findings, independent of their wording: the reason of a label."""
    if verdict.state is not State.READY and not verdict.blocking:
        return verdict.state.value
    prints = sorted(finding.fingerprint for finding in verdict.blocking)
    return hashlib.sha256("\n".join(prints).encode()).hexdigest()[:12] if prints else "ready"


def after(marks: OwnMarks, change: Change, comment: str | None = None) -> OwnMarks:  # noqa: PLR0911 - one for each kind
    """The marks of an issue after `change` succeeded; `comment` is the id from the tracker.

    A change without a reason comes from an undo that does not know the former one: its label counts as a person's, and
    refusals remain.
    """
    match change:
        case AddLabel(label=label, reason=reason):
            ours, reasons = (frozenset({label}), ((label, reason),)) if reason else (frozenset(), ())
            return replace(
                marks,
                labels=marks.labels | ours,
                reasons=(*without(marks.reasons, label), *reasons),
                refused=_without_former(marks.refused, label) if reason else marks.refused,
            )
        case RemoveLabel(label=label):
            return replace(marks, labels=marks.labels - {label}, reasons=without(marks.reasons, label))
        case PutComment(note=note, reason=reason):
            refused = _without_former(marks.refused, COMMENT) if reason else marks.refused
            return replace(marks, comment=comment or marks.comment, comment_digest=note.digest, refused=refused)
        case DeleteComment():
            return replace(marks, comment=None, comment_digest="")
        case MoveToSprint(sprint=sprint):
            return replace(marks, sprint=sprint)
        case MoveToBacklog():  # ours: it must not look as if a person had taken the issue out
            return replace(marks, sprint=None, reasons=without(marks.reasons, SPRINT))
        case PutPage(page=page):
            return replace(marks, page=page.digest)


def refused(marks: OwnMarks, change: Change) -> OwnMarks:
    """The marks of an issue after a write found that a person deleted our comment."""
    match change:
        case PutComment() | DeleteComment():
            others = without(marks.refused, COMMENT)
            return replace(marks, comment=None, comment_digest="", refused=(*others, (COMMENT, COMMENT_REASON)))
        case _:
            return marks


def _without_former(entries: tuple[tuple[str, str], ...], mark: str) -> tuple[tuple[str, str], ...]:
    """The entries without those of a mark that was written; that an undo put it back is still known."""
    kept = (f"{UNDONE}{mark}", PUT_BACK)
    return (*without(entries, mark), *(entry for entry in entries if entry == kept))


def without(entries: tuple[tuple[str, str], ...], mark: str) -> tuple[tuple[str, str], ...]:
    """The entries of all other marks."""
    return tuple(entry for entry in entries if entry[0].removeprefix(UNDONE) != mark)
