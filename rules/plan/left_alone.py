"""Why readyline leaves an issue without a label or a comment: one phrase an issue."""

from collections.abc import Iterator

from rules.model import Kind, Snapshot, SprintState
from rules.plan.changes import SPRINT
from rules.plan.marks import VERDICT, reason_of
from rules.plan.policy import CommentZone, Policy
from rules.planning.model import SprintProposal
from rules.verdict import Judgement, State, Verdict

Held = frozenset[tuple[str, str, str]]
"""Issue id, mark and reason of the marks that a baseline holds back."""


def held_by_baseline(judgement: Judgement, proposal: SprintProposal) -> Held:
    """What a baseline taken now holds back: labels while a verdict stays as it is, moves into the proposed sprints."""
    verdicts = {(verdict.issue.id, VERDICT, reason_of(verdict)) for verdict in judgement.verdicts}
    moves = {(placed.issue.id, SPRINT, placed.sprint) for placed in proposal.placements if placed.sprint is not None}
    return frozenset(verdicts | moves)


def is_held(verdict: Verdict, held: Held) -> bool:
    """Whether the verdict is the one that the issue had at the baseline."""
    return (verdict.issue.id, VERDICT, reason_of(verdict)) in held


def why_left_alone(verdict: Verdict, snapshot: Snapshot, policy: Policy, held: Held) -> str:
    """Why an issue gets no label, "" where it has one or is to get one.

    Outside the ready horizon, where no issue gets one, only what stops every write is a reason.
    """
    if stopped := snapshot.why_stopped(verdict.issue):
        return f"{stopped}: left alone"
    return next(_reasons(verdict, snapshot, policy, held), "") if verdict.in_horizon else ""


def _reasons(verdict: Verdict, snapshot: Snapshot, policy: Policy, held: Held) -> Iterator[str]:
    issue = verdict.issue
    sprint = snapshot.sprint_by_id.get(issue.sprint or "")
    if policy.hands_off in issue.labels:
        yield f"it has the label {policy.hands_off}: left alone"
    if sprint is not None and sprint.state is SprintState.ACTIVE:
        yield "in the running sprint: left alone"
    if not policy.labels and policy.comments is CommentZone.OFF:
        yield "labels and comments are off in [write_back]"
    if not issue.is_counted:
        yield f"{'an epic' if issue.kind is Kind.EPIC else 'a sub-task'} gets no label"
    if verdict.state is State.NOT_DUE:
        yield "what is missing is not due yet: no label"
    if is_held(verdict, held):
        yield "the verdict is the same as at the baseline: no label"
    if verdict.state is State.NOT_READY and not verdict.blocking:
        yield "everything missing is accepted: no label"
