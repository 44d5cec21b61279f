"""The labels that show a verdict: which an issue should have and why, and what that changes."""

from collections.abc import Mapping

from rules.causes import firsts
from rules.plan.changes import AddLabel
from rules.plan.comparison import Comparison
from rules.plan.grounds import Ground, grounds_of, grounds_of_agent
from rules.plan.marks import AGENT_REASON, PAUSED, reason_of
from rules.plan.policy import Policy
from rules.verdict import State, Verdict


def desired_labels(verdict: Verdict, policy: Policy) -> Mapping[str, str]:
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


def compare_labels(verdict: Verdict, policy: Policy, result: Comparison, *, is_released: bool) -> None:
    """Add missing labels and remove ours that are wrong; a released issue gets none of these."""
    desired = {} if is_released else desired_labels(verdict, policy)
    for label in policy.verdict_labels:
        is_there = label in result.issue.labels
        if label in desired and not is_there:
            _add(label, desired[label], verdict, policy, result)
        elif label not in desired and is_there and label in result.marks.labels:
            why = "the Product Owner released it" if is_released else _why_not(label, verdict, policy)
            result.remove_label(label, why, _grounds(label, verdict, policy))
        elif label not in desired and is_there:
            result.leave(label, result.issue.changed_by.get(label, "a person added it"))


def _add(label: str, reason: str, verdict: Verdict, policy: Policy, result: Comparison) -> None:
    """Add a label, unless the baseline holds it back or a person removed it."""
    if result.is_held and label != policy.agent_ready:
        return
    if result.marks.has_refused(label, reason):
        undone = result.marks.has_undone(label, reason)
        result.leave(label, PAUSED if undone else "a person removed it; nothing has changed since")
        return
    issue, why, grounds = result.issue, _why(label, verdict, policy), _grounds(label, verdict, policy)
    result.changes.append(AddLabel(issue=issue.id, key=issue.key, label=label, why=why, reason=reason, grounds=grounds))


def _grounds(label: str, verdict: Verdict, policy: Policy) -> tuple[Ground, ...]:
    return grounds_of_agent(verdict) if label == policy.agent_ready else grounds_of(verdict)


def _why(label: str, verdict: Verdict, policy: Policy) -> str:
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
