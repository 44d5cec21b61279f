"""Why readyline leaves an issue without a label or a comment: one phrase an issue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.capacity.time_boxes import of_product
from rules.commands.grammar import COMMAND
from rules.model import Issue, Kind, OwnMarks, Snapshot, project_of
from rules.plan.changes import SPRINT
from rules.plan.marks import HANDS_OFF, VERDICT, reason_of
from rules.plan.policy import CommentZone, Policy
from rules.planning.model import SprintProposal
from rules.verdict import Judgement, State, Verdict

Held = frozenset[tuple[str, str, str]]
"""Issue id, mark and reason of the marks that a baseline holds back."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Why people want nothing to be written to an issue, so that our marks leave it.

    `on_issue` is whether they said so on the issue itself: then nothing delays that.
    """

    why: str
    on_issue: bool = False


def wish_of(issue: Issue, policy: Policy, hands_off: Mapping[str, bool], marks: OwnMarks) -> Wish | None:
    """What people want for an issue: by its label, by a comment, or in the configuration; `None` for no such wish.

    `hands_off` says by issue id what people last wrote in comments that are known; for others our marks remember it.
    """
    if policy.hands_off in issue.labels:
        return Wish(f"it has the label {policy.hands_off}", on_issue=True)
    if hands_off.get(issue.id, marks.has_refused(HANDS_OFF, COMMAND)):
        return Wish(f"a person commented {COMMAND} {HANDS_OFF}", on_issue=True)
    if (project := project_of(issue.key)) in policy.opt_out.projects:
        return Wish(f"the project {project} is in [opt_out] projects")
    roles = ((issue.assignee, issue.assignee_name, "assigned to"), (issue.reporter, issue.reporter_name, "reported by"))
    for account, name, role in roles:
        if account in policy.opt_out.people:
            return Wish(f"it is {role} {name or account}, who is in [opt_out] people")
    return None


def held_by_baseline(judgement: Judgement, proposal: SprintProposal) -> Held:
    """What a baseline taken now holds back: labels while a verdict stays as it is, moves into the proposed sprints."""
    verdicts = {(verdict.issue.id, VERDICT, reason_of(verdict)) for verdict in judgement.verdicts}
    moves = {(placed.issue.id, SPRINT, placed.sprint) for placed in proposal.placements if placed.sprint is not None}
    return frozenset(verdicts | moves)


def is_held(verdict: Verdict, held: Held) -> bool:
    """Whether the verdict is the one that the issue had at the baseline."""
    return bool(held) and (verdict.issue.id, VERDICT, reason_of(verdict)) in held


def why_left_alone(verdict: Verdict, snapshot: Snapshot, policy: Policy, held: Held, wish: Wish | None) -> str:
    """Why an issue gets no label, "" where it has one or is to get one.

    Outside the ready horizon, where no issue gets one, only what stops every write is a reason.
    """
    if stops := (wish.why if wish else snapshot.why_stopped(verdict.issue)):
        return f"{stops}: left alone"
    return next(_reasons(verdict, snapshot, policy, held), "") if verdict.in_horizon else ""


def _reasons(verdict: Verdict, snapshot: Snapshot, policy: Policy, held: Held) -> Iterator[str]:
    issue = verdict.issue
    if snapshot.is_running(issue):
        yield f"in the running {of_product(snapshot.product).box}: left alone"
    if not policy.labels and policy.comments is CommentZone.OFF:
        yield "labels and comments are off in [write_back]"
    if issue.counted_elsewhere:
        yield "counted with its parent or with the issues below it: no label"
    elif issue.is_released:
        yield "the Product Owner released it: no label of a verdict"
    elif not issue.is_counted:
        yield f"{'an epic' if issue.kind is Kind.EPIC else 'a sub-task'} gets no label"
    if verdict.state is State.NOT_DUE:
        yield "what is missing is not due yet: no label"
    if is_held(verdict, held):
        yield "the verdict is the same as at the baseline: no label"
    if verdict.state is State.NOT_READY and not verdict.blocking:
        yield "everything missing is accepted: no label"
