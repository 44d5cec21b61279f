"""How a plan is computed: a three-way comparison of what is on the tracker, what we last wrote, and what should be.

People's decisions take precedence (`choices`). A mark of ours that is gone was removed by a person: it is not written
again for the same reason. A mark that looks like ours but that we never wrote was added by a person: it is left alone.
The remaining differences become changes.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from rules.commands.answers import Commands
from rules.model import NO_MARKS, UNDONE, Issue, OwnMarks, Snapshot, SprintState
from rules.plan.changes import COMMENT, SPRINT, Change, ChangePlan, DeleteComment, MoveToSprint, PutComment, RemoveLabel
from rules.plan.choices import notice_choices, notice_choices_alone
from rules.plan.comment import CommentBody, comment_for, in_language, released_comment, resolved_comment
from rules.plan.comparison import Comparison, begin
from rules.plan.grounds import HANDS_OFF, OUT_OF_BACKLOG, Ground, grounds_of, grounds_of_move
from rules.plan.left_alone import Held, Wish, is_held, why_left_alone
from rules.plan.marks import COMMENT_REASON, PAUSED
from rules.plan.policy import CommentZone, Policy, SprintMode, language_for
from rules.plan.release_label import label_changes, label_refused
from rules.plan.verdict_labels import compare_labels
from rules.planning.model import Placement, SprintProposal
from rules.verdict import Judgement, Verdict


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
    compared: dict[str, Comparison] = {}
    for verdict in judgement.verdicts:
        issue, result = verdict.issue, begin(verdict.issue, policy, memory, commands.hands_off)
        if result.wish is None and snapshot.why_stopped(issue):
            continue  # nothing is known of its sprint, so nothing is decided
        notice_choices(verdict, snapshot, policy, result)
        placement = _proposed(placed.get(issue.id), verdict, policy, commands, baseline)
        result.is_held = is_held(verdict, baseline)
        _compare(verdict, placement, snapshot, policy, commands, result)
        result.changes = [change if change.grounds else _grounded(change, verdict) for change in result.changes]
        compared[issue.id] = result
    in_scope = {issue.id for issue in snapshot.issues}
    for issue in (*snapshot.history, *snapshot.left):
        if issue.id not in compared:
            result = begin(issue, policy, memory, commands.hands_off)
            if why := _why_tidied(issue, snapshot, in_scope, result.wish):
                _tidy(policy, result, why)
                compared[issue.id] = result
    changes = _in_order(change for result in compared.values() for change in result.changes)
    wishes = {issue: result.wish for issue, result in compared.items() if result.wish is not None}
    return ChangePlan(
        changes=changes,
        left_as_is=tuple(one for result in compared.values() for one in result.left_as_is),
        marks={key: result.marks for key, result in compared.items() if result.marks != NO_MARKS or key in memory},
        in_scope=len(in_scope | {change.issue for change in changes}),
        left_alone={
            verdict.issue.key: why
            for verdict in judgement.verdicts
            if (why := why_left_alone(verdict, snapshot, policy, baseline, wishes.get(verdict.issue.id)))
        },
        unwanted={v.issue.key: wishes[v.issue.id].why for v in judgement.verdicts if v.issue.id in wishes},
        released=frozenset(issue for issue, wish in wishes.items() if wish.on_issue),
    )


def _in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes with moves at the end, by sprint: one request a sprint, and rank order within."""
    moves: list[MoveToSprint] = []
    others: list[Change] = []
    for change in changes:
        if isinstance(change, MoveToSprint):
            moves.append(change)
        else:
            others.append(change)
    return (*others, *sorted(moves, key=lambda move: move.sprint))


def _grounded(change: Change, verdict: Verdict) -> Change:
    return replace(change, grounds=grounds_of(verdict))


def _proposed(
    placement: Placement | None, verdict: Verdict, policy: Policy, commands: Commands, baseline: Held
) -> Placement | None:
    """The placement if it may be written. The verdict may be newer than the proposal."""
    if placement is None or policy.sprints in (SprintMode.OFF, SprintMode.PROPOSE):
        return None
    if not verdict.ready and not placement.though:
        return None
    if placement.issue.id in commands.accepted:
        return placement
    is_held_back = (placement.issue.id, SPRINT, placement.sprint) in baseline
    return placement if policy.sprints is SprintMode.ASSIGN and not is_held_back else None


def _compare(
    verdict: Verdict,
    placement: Placement | None,
    snapshot: Snapshot,
    policy: Policy,
    commands: Commands,
    result: Comparison,
) -> None:
    issue = verdict.issue
    if result.wish is not None:
        _withdraw(result, result.wish.why)
        return
    if snapshot.is_running(issue):
        return  # planned and in progress: nothing is changed any more
    if policy.labels:
        compare_labels(verdict, policy, result, is_released=issue.id in commands.released)
        result.changes += label_changes(issue, commands, policy, result.marks)
        result.left_as_is += label_refused(issue, commands, policy, result.marks)
    if _may_comment(verdict, policy, commands, result):
        _compare_comment(verdict, policy, commands, result)
    _compare_sprint(placement, snapshot, result)


def _may_comment(verdict: Verdict, policy: Policy, commands: Commands, result: Comparison) -> bool:
    """Whether an issue may get a comment: by the zone, because a person waits for an answer, or about its release."""
    if policy.comments is CommentZone.OFF:
        return False
    if policy.comments is CommentZone.ALL or verdict.in_horizon or commands.is_waiting(verdict.issue.id):
        return True
    return _is_about_release(verdict.issue, policy, commands, result)


def _is_about_release(issue: Issue, policy: Policy, commands: Commands, result: Comparison) -> bool:
    """Whether the issue is released, or is so no more and our comment still says it."""
    is_over = any(isinstance(one, RemoveLabel) and one.label == policy.released for one in result.changes)
    if issue.id in commands.released or is_over:
        return True
    digest = result.marks.comment_digest
    return bool(digest) and digest == released_comment(commands.lines(issue.id)).digest


def _compare_comment(verdict: Verdict, policy: Policy, commands: Commands, result: Comparison) -> None:
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
        _forget_refused_comment(result)
        if result.marks.comment is None and not waiting:
            return
        note = resolved_comment(verdict, answers)
    if result.marks.comment_digest == note.digest:
        return
    if not waiting and (why := _why_refused(note, result, is_released=is_released)):
        if not any(one.what == COMMENT for one in result.left_as_is):
            result.leave(COMMENT, why)
        return
    # A person who waits for an answer gets one even if our comment was deleted: then it is written again.
    comment, why = None if waiting else result.marks.comment, str(note.headline)
    spoken = in_language(note, language_for(issue, policy.language))
    result.changes.append(
        PutComment(issue=issue.id, key=issue.key, note=spoken, why=why, comment=comment, reason=COMMENT_REASON)
    )


def _forget_refused_comment(result: Comparison) -> None:
    """A comment that a person removed may be written again once nothing required was missing in between."""
    again = ((COMMENT, COMMENT_REASON), (f"{UNDONE}{COMMENT}", COMMENT_REASON))
    still = tuple(entry for entry in result.marks.refused if entry not in again)
    result.marks = replace(result.marks, refused=still)


def _why_refused(note: CommentBody, result: Comparison, *, is_released: bool) -> str:
    """Why people do not want this comment, "" where nothing says so."""
    if result.marks.has_refused(COMMENT, COMMENT_REASON):
        then = "" if is_released else "; the issue is still not ready"
        undone = result.marks.has_undone(COMMENT, COMMENT_REASON)
        return PAUSED if undone else f"a person deleted, edited or answered it{then}"
    return "a person undid the same comment" if result.marks.has_refused(COMMENT, note.digest) else ""


def _compare_sprint(placement: Placement | None, snapshot: Snapshot, result: Comparison) -> None:
    issue = result.issue
    if placement is None or placement.sprint is None or issue.sprint is not None:
        return
    sprint = snapshot.sprint_by_id[placement.sprint]
    if sprint.state is not SprintState.FUTURE or sprint.is_period:
        return
    if result.marks.has_refused(SPRINT, sprint.id):
        undone = result.marks.has_undone(SPRINT, sprint.id)
        result.leave(SPRINT, PAUSED if undone else f'a person took it out of "{sprint.name}"')
        return
    grounds = grounds_of_move(placement)
    result.changes.append(
        MoveToSprint(issue=issue.id, key=issue.key, sprint=sprint.id, why=placement.why, grounds=grounds)
    )


def _withdraw(result: Comparison, why: str) -> None:
    """Remove all our marks from an issue to which people want nothing to be written."""
    issue, grounds = result.issue, (Ground(rule=HANDS_OFF, says=why),)
    for label in sorted(result.marks.labels & issue.labels):
        result.remove_label(label, why, grounds)
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


def _tidy(policy: Policy, result: Comparison, why: str) -> None:
    """An issue without a verdict loses our labels; the comment stays in its history, unless people want it gone.

    The label of a released issue stays as well: it says why the issue was closed, or left the query.
    """
    notice_choices_alone(policy, result)
    if result.wish is not None:
        _withdraw(result, why)
    elif policy.labels:
        for label in sorted(result.marks.labels - {policy.released}):
            result.remove_label(label, why, (Ground(rule=OUT_OF_BACKLOG, says=why),))
