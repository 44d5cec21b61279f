"""How a plan is computed: a three-way comparison of what is on the tracker, what we last wrote, and what should be.

People's decisions take precedence. A mark of ours that is gone was removed by a person: it is not written again for
the same reason. A mark that looks like ours but that we never wrote was added by a person: it is left alone. The
remaining differences become changes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from rules.causes import firsts
from rules.commands.answers import Commands
from rules.commands.grammar import COMMAND
from rules.model import NO_MARKS, UNDONE, Issue, OwnMarks, Snapshot, SprintState
from rules.plan.changes import (
    COMMENT,
    SPRINT,
    AddLabel,
    Change,
    ChangePlan,
    DeleteComment,
    LeftAsIs,
    MoveToSprint,
    PutComment,
    RemoveLabel,
)
from rules.plan.comment import comment_for, in_language, released_comment, resolved_comment
from rules.plan.grounds import HANDS_OFF as BY_HANDS_OFF
from rules.plan.grounds import OUT_OF_BACKLOG, Ground, grounds_of, grounds_of_agent, grounds_of_move
from rules.plan.left_alone import Held, Wish, is_held, why_left_alone, wish_of
from rules.plan.marks import AGENT_REASON, COMMENT_REASON, HANDS_OFF, PAUSED, marks_of, reason_of, without
from rules.plan.policy import CommentZone, Policy, SprintMode, language_for
from rules.plan.release_label import label_changes, label_refused
from rules.planning.model import Placement, SprintProposal
from rules.verdict import Judgement, State, Verdict


@dataclass(slots=True)
class _Comparison:
    """The result for one issue, collected before it becomes part of the frozen plan.

    `wish` is why people want nothing to be written to it. `is_held` is whether its verdict is still the one of the
    baseline: then it gets no label.
    """

    marks: OwnMarks
    wish: Wish | None = None
    changes: list[Change] = field(default_factory=list)
    left_as_is: list[LeftAsIs] = field(default_factory=list)
    is_held: bool = False


def plan_changes(  # noqa: PLR0913 - everything that a plan depends on
    snapshot: Snapshot,
    judgement: Judgement,
    proposal: SprintProposal,
    policy: Policy,
    memory: Mapping[str, OwnMarks],
    commands: Commands = Commands(),  # noqa: B008 - frozen
    *,
    baseline: Held = frozenset(),
) -> ChangePlan:
    """The differences between the snapshot and what should be there, in backlog order.

    `memory` holds, by issue id, what we last wrote; for an issue that is not in it, the marks that the tracker
    keeps (`Issue.marks`) are the base. The plan's `marks` are updated by what people removed since.
    `commands` are the commands in comments, and our answers. Labels and moves in `baseline` are not written; an
    accepted move is.
    """
    placed = {placement.issue.id: placement for placement in proposal.placements}
    compared: dict[str, _Comparison] = {}
    hands_off = commands.hands_off

    def beginning(issue: Issue) -> _Comparison:
        marks = marks_of(issue, memory)
        wish = wish_of(issue, policy, hands_off, marks)
        return _Comparison(_remembering(marks, issue.id, hands_off), wish)

    for verdict in judgement.verdicts:
        issue, result = verdict.issue, beginning(verdict.issue)
        if result.wish is None and snapshot.why_stopped(issue):
            continue  # nothing is known of its sprint, so nothing is decided
        _notice_choices(verdict, snapshot, policy, result)
        placement = _proposed(placed.get(issue.id), verdict, policy, commands)
        if placement is not None and (issue.id, SPRINT, placement.sprint) in baseline:
            placement = placement if issue.id in commands.accepted else None
        result.is_held = is_held(verdict, baseline)
        _compare(verdict, placement, snapshot, policy, commands, result)
        result.changes = [change if change.grounds else _grounded(change, verdict) for change in result.changes]
        compared[issue.id] = result
    in_scope = {issue.id for issue in snapshot.issues}
    for issue in (*snapshot.history, *snapshot.left):
        if issue.id in compared:
            continue
        result = beginning(issue)
        if why := _why_tidied(issue, snapshot, in_scope, result.wish):
            _tidy(issue, policy, result, why)
            compared[issue.id] = result
    wishes = {issue: result.wish for issue, result in compared.items() if result.wish is not None}
    changes = [change for result in compared.values() for change in result.changes]
    moves = [change for change in changes if isinstance(change, MoveToSprint)]
    moves.sort(key=lambda move: move.sprint)  # stable: one request per sprint, rank order within
    return ChangePlan(
        changes=(*(change for change in changes if not isinstance(change, MoveToSprint)), *moves),
        left_as_is=tuple(one for result in compared.values() for one in result.left_as_is),
        marks={key: result.marks for key, result in compared.items() if result.marks != NO_MARKS or key in memory},
        in_scope=len({issue.id for issue in snapshot.issues} | {change.issue for change in changes}),
        left_alone={
            verdict.issue.key: why
            for verdict in judgement.verdicts
            if (why := why_left_alone(verdict, snapshot, policy, baseline, wishes.get(verdict.issue.id)))
        },
        unwanted={v.issue.key: wishes[v.issue.id].why for v in judgement.verdicts if v.issue.id in wishes},
        released=frozenset(issue for issue, wish in wishes.items() if wish.on_issue),
    )


def _remembering(marks: OwnMarks, issue: str, hands_off: Mapping[str, bool]) -> OwnMarks:
    """The marks with what people last said in a comment: without our store the mark on the issue remembers it."""
    if issue not in hands_off:
        return marks
    entry = ((HANDS_OFF, COMMAND),) if hands_off[issue] else ()
    return replace(marks, refused=(*without(marks.refused, HANDS_OFF), *entry))


def _grounded(change: Change, verdict: Verdict) -> Change:
    return replace(change, grounds=grounds_of(verdict))


def _proposed(placement: Placement | None, verdict: Verdict, policy: Policy, commands: Commands) -> Placement | None:
    """The placement if it may be written. The verdict may be newer than the proposal."""
    if placement is None or policy.sprints in (SprintMode.OFF, SprintMode.PROPOSE):
        return None
    if not verdict.ready and not placement.though:
        return None
    accepted = policy.sprints is SprintMode.ASSIGN or placement.issue.id in commands.accepted
    return placement if accepted else None


def _compare(
    verdict: Verdict,
    placement: Placement | None,
    snapshot: Snapshot,
    policy: Policy,
    commands: Commands,
    result: _Comparison,
) -> None:
    issue = verdict.issue
    if result.wish is not None:
        _withdraw(issue, result, result.wish.why)
        return
    if snapshot.is_running(issue):
        return  # planned and in progress: nothing is changed any more
    if policy.labels:
        _compare_labels(verdict, policy, result, is_released=issue.id in commands.released)
        result.changes += label_changes(issue, commands, policy, result.marks)
        result.left_as_is += label_refused(issue, commands, policy, result.marks)
    if _may_comment(verdict, policy, commands, result):
        _compare_comment(verdict, policy, commands, result)
    _compare_sprint(issue, placement, snapshot, result)


def _may_comment(verdict: Verdict, policy: Policy, commands: Commands, result: _Comparison) -> bool:
    """Whether an issue may get a comment: by the zone, because a person waits for an answer, or about its release."""
    if policy.comments is CommentZone.OFF:
        return False
    if policy.comments is CommentZone.ALL or verdict.in_horizon or commands.is_waiting(verdict.issue.id):
        return True
    return _is_about_release(verdict.issue, policy, commands, result)


def _is_about_release(issue: Issue, policy: Policy, commands: Commands, result: _Comparison) -> bool:
    """Whether the issue is released, or is so no more and our comment still says it."""
    is_over = any(isinstance(one, RemoveLabel) and one.label == policy.released for one in result.changes)
    if issue.id in commands.released or is_over:
        return True
    digest = result.marks.comment_digest
    return bool(digest) and digest == released_comment(commands.lines(issue.id)).digest


def _compare_labels(verdict: Verdict, policy: Policy, result: _Comparison, *, is_released: bool) -> None:
    issue = verdict.issue
    desired = {} if is_released else _desired_labels(verdict, policy)
    for label in policy.verdict_labels:
        ours, there = label in result.marks.labels, label in issue.labels
        if label in desired and not there:
            if result.is_held and label != policy.agent_ready:
                continue
            reason = desired[label]
            if result.marks.has_refused(label, reason):
                undone = result.marks.has_undone(label, reason)
                why = PAUSED if undone else "a person removed it; nothing has changed since"
                result.left_as_is.append(LeftAsIs(key=issue.key, what=label, why=why))
            else:
                why, grounds = _why_label(label, verdict, policy), _label_grounds(label, verdict, policy)
                result.changes.append(
                    AddLabel(issue=issue.id, key=issue.key, label=label, why=why, reason=reason, grounds=grounds)
                )
        elif label not in desired and there and ours:
            grounds = _label_grounds(label, verdict, policy)
            why = "the Product Owner released it" if is_released else _why_not(label, verdict, policy)
            result.changes.append(RemoveLabel(issue=issue.id, key=issue.key, label=label, why=why, grounds=grounds))
        elif label not in desired and there:
            who = issue.changed_by.get(label, "a person added it")
            result.left_as_is.append(LeftAsIs(key=issue.key, what=label, why=who))


def _label_grounds(label: str, verdict: Verdict, policy: Policy) -> tuple[Ground, ...]:
    return grounds_of_agent(verdict) if label == policy.agent_ready else grounds_of(verdict)


def _desired_labels(verdict: Verdict, policy: Policy) -> Mapping[str, str]:
    """The labels for a verdict with their reasons; none outside the horizon.

    None of the team's where what is missing is waived or not due yet, none for agents where that is switched off.
    """
    labels: dict[str, str] = {}
    if not verdict.issue.is_counted or not verdict.in_horizon:
        return labels
    if verdict.ready or verdict.blocking:
        labels[policy.ready if verdict.ready else policy.not_ready] = reason_of(verdict)
    if policy.agent_label and verdict.agent is not None and verdict.agent.ready:
        labels[policy.agent_ready] = AGENT_REASON
    return labels


def _why_label(label: str, verdict: Verdict, policy: Policy) -> str:
    if label == policy.agent_ready:
        return "all rules for coding agents pass"
    if verdict.ready:
        return "all must rules pass"
    return " ".join(finding.message for finding in firsts(verdict.blocking))


def _why_not(label: str, verdict: Verdict, policy: Policy) -> str:
    if not verdict.in_horizon:
        return "no longer in the ready horizon"
    if label == policy.agent_ready:
        missing = verdict.agent.missing if policy.agent_label and verdict.agent else ()
        return " ".join(finding.message for finding in missing) or "labels for coding agents are switched off"
    if verdict.state is State.NOT_READY and not verdict.blocking:
        return "what is missing is waived"
    return "no longer ready" if verdict.blocking else "nothing required is missing any more"


def _notice_choices(verdict: Verdict, snapshot: Snapshot, policy: Policy, result: _Comparison) -> None:
    """Record what people removed since the last run, and which marks are there now and for which reason."""
    issue = verdict.issue
    if result.marks == NO_MARKS and issue.sprint is None and issue.labels.isdisjoint(policy.written_labels):
        return  # nothing is there, and nothing was
    reason = reason_of(verdict)
    _notice_set_again(issue, policy, result)
    _notice_comment(issue, result)
    for label in policy.written_labels:
        _notice_removed(issue, label, AGENT_REASON if label == policy.agent_ready else reason, result)
    _forget_refusals(verdict, policy, result)
    for label, why in _desired_labels(verdict, policy).items():
        if label in issue.labels:
            result.marks = replace(result.marks, reasons=(*without(result.marks.reasons, label), (label, why)))
    _notice_sprint(issue, snapshot, result)


def _notice_set_again(issue: Issue, policy: Policy, result: _Comparison) -> None:
    """A label that a person took away and set again is the person's."""
    theirs = frozenset(label for label in policy.written_labels if label in issue.labels & issue.changed_by.keys())
    result.marks = replace(result.marks, labels=result.marks.labels - theirs)


def _notice_comment(issue: Issue, result: _Comparison) -> None:
    """A comment of ours that a person edited or answered is the person's: it is neither edited nor deleted any more.

    A new one is not written until the issue was ready in between, as if the person had deleted it.
    """
    deed = issue.changed_by.get(result.marks.comment or "")
    if deed is None:
        return
    why = f"{deed}; readyline leaves the comment alone"
    result.left_as_is.append(LeftAsIs(key=issue.key, what=COMMENT, why=why))
    refused = (*without(result.marks.refused, COMMENT), (COMMENT, COMMENT_REASON))
    result.marks = replace(result.marks, comment=None, comment_digest="", refused=refused)


def _forget_refusals(verdict: Verdict, policy: Policy, result: _Comparison) -> None:
    """A removed label may come back once the issue was not ready, or ready, in between."""
    gone = [policy.not_ready if verdict.ready else policy.ready]
    gone += [policy.agent_ready] if verdict.agent is not None and not verdict.agent.ready else []
    for label in gone:
        result.marks = replace(result.marks, refused=without(result.marks.refused, label))


def _notice_removed(issue: Issue, label: str, reason: str, result: _Comparison) -> None:
    """Record a label that a person removed, with the reason it had."""
    marks, before = result.marks, dict(result.marks.reasons)
    if label in issue.labels or not (label in marks.labels or label in before):
        return
    refused = (*without(marks.refused, label), (label, before.get(label, reason)))
    reasons = without(marks.reasons, label)
    result.marks = replace(marks, labels=marks.labels - {label}, refused=refused, reasons=reasons)


def _notice_sprint(issue: Issue, snapshot: Snapshot, result: _Comparison) -> None:
    """Record a future sprint that a person took the issue out of, no matter who put it there."""
    marks, now = result.marks, issue.sprint
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


def _compare_comment(verdict: Verdict, policy: Policy, commands: Commands, result: _Comparison) -> None:
    """A release and blocking findings are worth a comment; once these are fixed, one line of it remains."""
    issue, answers = verdict.issue, commands.lines(verdict.issue.id)
    waiting, is_released = commands.is_waiting(issue.id), issue.id in commands.released
    if is_released:
        note = released_comment(answers)
    elif verdict.blocking:
        note = comment_for(
            verdict, hands_off=policy.hands_off, commands=policy.commands, docs=policy.docs, answers=answers
        )
    else:
        again = ((COMMENT, COMMENT_REASON), (f"{UNDONE}{COMMENT}", COMMENT_REASON))
        still = tuple(entry for entry in result.marks.refused if entry not in again)
        result.marks = replace(result.marks, refused=still)
        if result.marks.comment is None and not waiting:
            return
        note = resolved_comment(verdict, answers)
    if result.marks.comment_digest == note.digest:
        return
    if result.marks.has_refused(COMMENT, COMMENT_REASON) and not waiting:
        if not any(one.what == COMMENT for one in result.left_as_is):
            undone = result.marks.has_undone(COMMENT, COMMENT_REASON)
            then = "" if is_released else "; the issue is still not ready"
            why = PAUSED if undone else f"a person deleted, edited or answered it{then}"
            result.left_as_is.append(LeftAsIs(key=issue.key, what=COMMENT, why=why))
        return
    if result.marks.has_refused(COMMENT, note.digest) and not waiting:
        result.left_as_is.append(LeftAsIs(key=issue.key, what=COMMENT, why="a person undid the same comment"))
        return
    # A person who waits for an answer gets one even if our comment was deleted: then it is written again.
    comment, why = None if waiting else result.marks.comment, str(note.headline)
    spoken = in_language(note, language_for(issue, policy.language))
    result.changes.append(
        PutComment(issue=issue.id, key=issue.key, note=spoken, why=why, comment=comment, reason=COMMENT_REASON)
    )


def _compare_sprint(issue: Issue, placement: Placement | None, snapshot: Snapshot, result: _Comparison) -> None:
    if placement is None or placement.sprint is None or issue.sprint is not None:
        return
    sprint = snapshot.sprint_by_id[placement.sprint]
    if sprint.state is not SprintState.FUTURE or sprint.is_period:
        return
    if result.marks.has_refused(SPRINT, sprint.id):
        undone = result.marks.has_undone(SPRINT, sprint.id)
        why = PAUSED if undone else f'a person took it out of "{sprint.name}"'
        result.left_as_is.append(LeftAsIs(key=issue.key, what=SPRINT, why=why))
        return
    grounds = grounds_of_move(placement)
    result.changes.append(
        MoveToSprint(issue=issue.id, key=issue.key, sprint=sprint.id, why=placement.why, grounds=grounds)
    )


def _withdraw(issue: Issue, result: _Comparison, why: str) -> None:
    """Remove all our marks from an issue to which people want nothing to be written."""
    grounds = (Ground(rule=BY_HANDS_OFF, says=why),)
    for label in sorted(result.marks.labels & issue.labels):
        result.changes.append(RemoveLabel(issue=issue.id, key=issue.key, label=label, why=why, grounds=grounds))
    if (comment := result.marks.comment) is not None:
        result.changes.append(DeleteComment(issue=issue.id, key=issue.key, comment=comment, why=why, grounds=grounds))


def _why_tidied(issue: Issue, snapshot: Snapshot, in_scope: Collection[str], wish: Wish | None) -> str:
    """Why our labels leave an issue without a verdict, "" if they stay: what a running sprint holds is left alone."""
    if wish is not None or snapshot.why_stopped(issue):
        return wish.why if wish is not None else ""
    if not issue.is_open:
        return "the issue is done"
    if issue.id in in_scope or snapshot.is_running(issue):
        return ""
    return "the issue is no longer in the backlog"


def _tidy(issue: Issue, policy: Policy, result: _Comparison, why: str) -> None:
    """An issue without a verdict loses our labels; the comment stays in its history, unless people want it gone.

    The label of a released issue stays as well: it says why the issue was closed, or left the query.
    """
    _notice_set_again(issue, policy, result)
    for label in policy.verdict_labels:
        _notice_removed(issue, label, "", result)
    if result.wish is not None:
        _notice_comment(issue, result)
        _withdraw(issue, result, why)
    elif policy.labels:
        grounds = (Ground(rule=OUT_OF_BACKLOG, says=why),)
        for label in sorted(result.marks.labels - {policy.released}):
            result.changes.append(RemoveLabel(issue=issue.id, key=issue.key, label=label, why=why, grounds=grounds))
