"""How a ChangePlan is computed: what is there, what we last wrote, what should be there.

The three-way comparison is what lets people outrank us. A mark that is gone was taken away by a person: it stays away
while its reason stands, whoever had put it there. A mark that looks like ours but that we never wrote was put there
by a person: it is left alone. Only what is left after that becomes a change.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rules.commands import Commands
from rules.model import NO_MARKS, Issue, OwnMarks, Snapshot, SprintState
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
)
from rules.plan.comment import comment_for, resolved_comment
from rules.plan.policy import CommentZone, Policy, SprintMode
from rules.planning.model import Placement, SprintProposal
from rules.verdict import Judgement, State, Verdict

BLOCKED = "must"  # the level at which a comment is written


@dataclass(slots=True)
class _Comparison:
    """What comparing one issue yields, gathered before it is frozen into the plan."""

    marks: OwnMarks
    changes: list[Change] = field(default_factory=list)
    standing: list[LeftAsIs] = field(default_factory=list)


def plan_changes(
    snapshot: Snapshot,
    judgement: Judgement,
    proposal: SprintProposal,
    policy: Policy,
    memory: Mapping[str, OwnMarks],
    commands: Commands = Commands(),  # noqa: B008 - frozen
) -> ChangePlan:
    """Compare the snapshot with what should be there and return the difference, in backlog order.

    `memory` holds, by issue id, what we last wrote; for an issue it does not know, the marks the tracker itself
    keeps (`Issue.marks`) are the base. The plan's `marks` hold what was learnt: refusals, marks that went.
    `commands` are the commands people wrote, and our answers.
    """
    placed = {placement.issue.id: placement for placement in proposal.placements}
    compared: dict[str, _Comparison] = {}
    for verdict in judgement.verdicts:
        issue = verdict.issue
        comparison = _Comparison(marks_of(issue, memory))
        _notice_choices(verdict, snapshot, policy, comparison)
        _compare(
            verdict, _proposed(placed.get(issue.id), verdict, policy, commands), snapshot, policy, commands, comparison
        )
        compared[issue.id] = comparison
    for issue in snapshot.history:
        if not issue.is_open and issue.id not in compared:
            compared[issue.id] = _tidy_done(issue, policy, marks_of(issue, memory))
    changes = [change for found in compared.values() for change in found.changes]
    moves = [change for change in changes if isinstance(change, MoveToSprint)]
    moves.sort(key=lambda move: move.sprint)  # stable: one request a sprint, rank order within
    return ChangePlan(
        changes=(*(change for change in changes if not isinstance(change, MoveToSprint)), *moves),
        standing=tuple(standing for found in compared.values() for standing in found.standing),
        marks={key: found.marks for key, found in compared.items() if found.marks != NO_MARKS or key in memory},
        in_scope=len({issue.id for issue in snapshot.issues} | {change.issue for change in changes}),
    )


def marks_of(issue: Issue, memory: Mapping[str, OwnMarks]) -> OwnMarks:
    """What we last left on an issue: our own memory first, then what the tracker keeps beside the issue."""
    return completed(memory.get(issue.id, NO_MARKS), issue.marks)


def completed(known: OwnMarks, kept: OwnMarks) -> OwnMarks:
    """What we know of an issue, completed by what the tracker keeps where we know of nothing that we left there.

    So a worker that lost its store, and has since only seen people move the issue, still finds what it had written.
    """
    refused_more = any(mark != SPRINT for mark, _ in (*known.refused, *known.reasons))
    if known.labels or known.comment or known.said or refused_more:
        return known
    return replace(
        kept,
        sprint=known.sprint or kept.sprint,
        refused=tuple(dict.fromkeys((*kept.refused, *known.refused))),
        reasons=(*_without(kept.reasons, SPRINT), *known.reasons),
    )


def reason_of(verdict: Verdict) -> str:
    """What a label rests on: the same while the same blocking findings stand, whatever their wording."""
    if verdict.state is not State.READY and not verdict.blocking:
        return verdict.state.value
    prints = sorted(finding.fingerprint for finding in verdict.blocking)
    return hashlib.sha256("\n".join(prints).encode()).hexdigest()[:12] if prints else "ready"


def _proposed(placement: Placement | None, verdict: Verdict, policy: Policy, commands: Commands) -> Placement | None:
    """What of the proposal may be written at all; a verdict may be newer than the proposal."""
    if placement is None or not verdict.ready or policy.sprints in (SprintMode.OFF, SprintMode.PROPOSE):
        return None
    accepted = policy.sprints is SprintMode.ASSIGN or placement.issue.id in commands.accepted
    return placement if accepted else None


def _compare(
    verdict: Verdict,
    placement: Placement | None,
    snapshot: Snapshot,
    policy: Policy,
    commands: Commands,
    found: _Comparison,
) -> None:
    issue = verdict.issue
    if policy.hands_off in issue.labels:
        _withdraw(issue, found, f"somebody put {policy.hands_off} on {issue.key}")
        return
    sprint = snapshot.sprint_by_id.get(issue.sprint or "")
    if sprint is not None and sprint.state is SprintState.ACTIVE:
        return  # planning is over for it: what it bears stays as it is
    if policy.labels:
        _compare_labels(verdict, policy, found)
    if _may_comment(verdict, policy, commands):
        _compare_comment(verdict, policy, commands, found)
    _compare_sprint(issue, placement, snapshot, found)


def _may_comment(verdict: Verdict, policy: Policy, commands: Commands) -> bool:
    """Where comments go: by the zone, and wherever somebody waits for an answer."""
    if policy.comments is CommentZone.OFF:
        return False
    return policy.comments is CommentZone.ALL or verdict.in_horizon or commands.is_waiting(verdict.issue.id)


def _compare_labels(verdict: Verdict, policy: Policy, found: _Comparison) -> None:
    issue, reason = verdict.issue, reason_of(verdict)
    desired = _desired_label(verdict, policy)
    for label in policy.verdict_labels:
        ours, there = label in found.marks.labels, label in issue.labels
        if label == desired and not there:
            if found.marks.has_refused(label, reason):
                found.standing.append(
                    LeftAsIs(key=issue.key, what=label, why="a person took it away; nothing changed since")
                )
            else:
                why = _why_label(verdict)
                found.changes.append(AddLabel(issue=issue.id, key=issue.key, label=label, why=why, reason=reason))
        elif label != desired and there and ours:
            found.changes.append(RemoveLabel(issue=issue.id, key=issue.key, label=label, why=_why_not(verdict)))
        elif label != desired and there:
            found.standing.append(LeftAsIs(key=issue.key, what=label, why="a person put it there"))


def _desired_label(verdict: Verdict, policy: Policy) -> str | None:
    """Ready, not ready, or none: where what is missing was accepted, or is not due yet, the issue carries no label."""
    if not verdict.issue.is_counted or not verdict.in_horizon or (not verdict.ready and not verdict.blocking):
        return None
    return policy.ready if verdict.ready else policy.not_ready


def _why_label(verdict: Verdict) -> str:
    if verdict.ready:
        return "every must-rule passes"
    return "; ".join(finding.message for finding in verdict.blocking)


def _why_not(verdict: Verdict) -> str:
    if not verdict.in_horizon:
        return "it is no longer in the ready horizon"
    if verdict.state is State.NOT_READY and not verdict.blocking:
        return "what is missing was accepted"
    return "it is no longer ready" if verdict.blocking else "what was missing is there now"


def _notice_choices(verdict: Verdict, snapshot: Snapshot, policy: Policy, found: _Comparison) -> None:
    """Remember what people took away since the last look, and what stands now and for which reason."""
    issue, reason = verdict.issue, reason_of(verdict)
    for label in policy.verdict_labels:
        _notice_removed(issue, label, reason, found)
    desired = _desired_label(verdict, policy)
    if desired in issue.labels:
        found.marks = replace(found.marks, reasons=(*_without(found.marks.reasons, desired), (desired, reason)))
    _notice_sprint(issue, snapshot, found)


def _notice_removed(issue: Issue, label: str, reason: str, found: _Comparison) -> None:
    """A label that stood and is gone was taken away by a person: remember it, and the reason it had."""
    marks, stood = found.marks, dict(found.marks.reasons)
    if label in issue.labels or not (label in marks.labels or label in stood):
        return
    refused = (*_without(marks.refused, label), (label, stood.get(label, reason)))
    reasons = _without(marks.reasons, label)
    found.marks = replace(marks, labels=marks.labels - {label}, refused=refused, reasons=reasons)


def _notice_sprint(issue: Issue, snapshot: Snapshot, found: _Comparison) -> None:
    """An issue that is no longer in the future sprint it stood in was taken out of it, whoever had put it there."""
    marks, now = found.marks, issue.sprint
    future = {sprint.id for sprint in snapshot.sprints if sprint.state is SprintState.FUTURE}
    stood = (marks.sprint, dict(marks.reasons).get(SPRINT))
    left = tuple((SPRINT, sprint) for sprint in stood if sprint in future and sprint != now)
    refused = dict.fromkeys((*marks.refused, *left))
    refused.pop((SPRINT, now or ""), None)  # whoever puts it back has changed their mind
    seen = ((SPRINT, now),) if now is not None and now in future else ()
    found.marks = replace(
        marks,
        sprint=marks.sprint if marks.sprint == now else None,
        refused=tuple(refused),
        reasons=(*_without(marks.reasons, SPRINT), *seen),
    )


def _compare_comment(verdict: Verdict, policy: Policy, commands: Commands, found: _Comparison) -> None:
    """Only what keeps an issue from being ready is worth a comment; once that is mended, one line is left of it."""
    issue, answers = verdict.issue, commands.lines(verdict.issue.id)
    waiting = commands.is_waiting(issue.id)
    if verdict.blocking:
        note = comment_for(verdict, hands_off=policy.hands_off, commands=policy.commands, answers=answers)
    else:
        still = tuple(entry for entry in found.marks.refused if entry != (COMMENT, BLOCKED))
        found.marks = replace(found.marks, refused=still)
        if found.marks.comment is None and not waiting:
            return
        note = resolved_comment(verdict, answers)
    if found.marks.said == note.digest:
        return
    if found.marks.has_refused(COMMENT, BLOCKED) and not waiting:
        found.standing.append(LeftAsIs(key=issue.key, what=COMMENT, why="a person deleted it; it is still not ready"))
        return
    if found.marks.has_refused(COMMENT, note.digest) and not waiting:
        found.standing.append(LeftAsIs(key=issue.key, what=COMMENT, why="a person took back what it would say"))
        return
    # Who waits for an answer gets one even where our comment was deleted: it is looked for, and written if it is gone.
    comment, why = None if waiting else found.marks.comment, note.headline
    found.changes.append(PutComment(issue=issue.id, key=issue.key, note=note, why=why, comment=comment, reason=BLOCKED))


def _compare_sprint(issue: Issue, placement: Placement | None, snapshot: Snapshot, found: _Comparison) -> None:
    if placement is None or placement.sprint is None or issue.sprint is not None:
        return
    sprint = snapshot.sprint_by_id[placement.sprint]
    if sprint.state is not SprintState.FUTURE:
        return
    if found.marks.has_refused(SPRINT, sprint.id):
        why = f'a person took it out of "{sprint.name}"'
        found.standing.append(LeftAsIs(key=issue.key, what=SPRINT, why=why))
        return
    found.changes.append(MoveToSprint(issue=issue.id, key=issue.key, sprint=sprint.id, why=placement.why))


def _withdraw(issue: Issue, found: _Comparison, why: str) -> None:
    """Take every mark of ours off an issue that people want left alone."""
    for label in sorted(found.marks.labels & issue.labels):
        found.changes.append(RemoveLabel(issue=issue.id, key=issue.key, label=label, why=why))
    if found.marks.comment is not None:
        found.changes.append(DeleteComment(issue=issue.id, key=issue.key, comment=found.marks.comment, why=why))


def _tidy_done(issue: Issue, policy: Policy, marks: OwnMarks) -> _Comparison:
    """A done issue needs no verdict: our labels go, the comment stays as part of its story."""
    found = _Comparison(marks)
    for label in policy.verdict_labels:
        _notice_removed(issue, label, "", found)
    if policy.labels:
        for label in sorted(found.marks.labels):
            found.changes.append(RemoveLabel(issue=issue.id, key=issue.key, label=label, why="it is done"))
    return found


def after(marks: OwnMarks, change: Change, comment: str | None = None) -> OwnMarks:
    """Tell what we have left on an issue once `change` took hold; `comment` is the id the tracker gave.

    A change without a reason of ours is a person's who takes a run back: its label is as if put there by a person, and
    what was refused stays so.
    """
    match change:
        case AddLabel(label=label, reason=reason):
            ours, reasons = (frozenset({label}), ((label, reason),)) if reason else (frozenset(), ())
            return replace(
                marks,
                labels=marks.labels | ours,
                reasons=(*_without(marks.reasons, label), *reasons),
                refused=_without(marks.refused, label) if reason else marks.refused,
            )
        case RemoveLabel(label=label):
            return replace(marks, labels=marks.labels - {label}, reasons=_without(marks.reasons, label))
        case PutComment(note=note, reason=reason):
            refused = _without(marks.refused, COMMENT) if reason else marks.refused
            return replace(marks, comment=comment or marks.comment, said=note.digest, refused=refused)
        case DeleteComment():
            return replace(marks, comment=None, said="")
        case MoveToSprint(sprint=sprint):
            return replace(marks, sprint=sprint)
        case MoveToBacklog():
            return replace(marks, sprint=None)


def refused(marks: OwnMarks, change: Change) -> OwnMarks:
    """Tell what is known once a write found that a person had taken our comment away."""
    match change:
        case PutComment() | DeleteComment():
            kept = _without(marks.refused, COMMENT)
            return replace(marks, comment=None, said="", refused=(*kept, (COMMENT, BLOCKED)))
        case _:
            return marks


def _without(entries: tuple[tuple[str, str], ...], mark: str) -> tuple[tuple[str, str], ...]:
    return tuple(entry for entry in entries if entry[0] != mark)
