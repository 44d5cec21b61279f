"""The label of issues that are ready for a coding agent goes through the same comparison as the others."""

from dataclasses import replace

import pytest

from rules.model import NO_MARKS, OwnMarks
from rules.plan.changes import AddLabel, Change, ChangePlan, RemoveLabel
from rules.plan.compare import plan_changes
from rules.plan.marks import AGENT_REASON, after
from rules.plan.policy import CommentZone, Policy
from rules.planning.model import SprintProposal
from rules.rule import Finding, Severity
from rules.verdict import AgentVerdict, Judgement, Verdict
from tests.factories import facts, issue, snapshot

LABEL = "readyline-agent-ready"
POLICY = Policy(agent_label=True, comments=CommentZone.OFF)
SCOPE = Finding(
    rule="agent.scope", severity=Severity.MUST, subject="SHOP-1", message="No scope.", hint="Add it.", phrase="no scope"
)
PASSES = AgentVerdict(findings=(), passed=("agent.scope",))
FAILS = AgentVerdict(findings=(SCOPE,), passed=())


def verdict(agent: AgentVerdict | None, *labels: str, near: bool = True) -> Verdict:
    """A verdict on an issue that is ready for its team, and has its label already."""
    one = issue(labels=frozenset({"readyline-ready", *labels}))
    return Verdict(issue=one, score=100, findings=(), passed=(), facts=facts(), in_horizon=near, agent=agent)


def planned(one: Verdict, marks: OwnMarks = NO_MARKS, policy: Policy = POLICY) -> ChangePlan:
    memory = {one.issue.id: marks} if marks != NO_MARKS else {}
    return plan_changes(snapshot(one.issue), Judgement(verdicts=(one,)), SprintProposal(), policy, memory)


def changes(one: Verdict, marks: OwnMarks = NO_MARKS, policy: Policy = POLICY) -> list[Change]:
    return [change for change in planned(one, marks, policy).changes if getattr(change, "label", "") == LABEL]


OURS = replace(NO_MARKS, labels=frozenset({LABEL}), reasons=((LABEL, AGENT_REASON),))


def test_it_is_added_where_all_rules_pass_and_rests_on_them() -> None:
    (added,) = changes(verdict(PASSES))
    assert isinstance(added, AddLabel)
    assert (added.why, [one.rule for one in added.grounds]) == ("all rules for coding agents pass", ["agent.scope"])


@pytest.mark.parametrize(
    ("one", "policy"),
    [
        (verdict(FAILS), POLICY),
        (verdict(None), POLICY),
        (verdict(PASSES, near=False), POLICY),
        (verdict(PASSES), replace(POLICY, agent_label=False)),
        (verdict(PASSES), replace(POLICY, labels=False)),
    ],
    ids=["a rule fails", "not asked", "far away", "switched off", "no labels at all"],
)
def test_it_is_not_added_otherwise(one: Verdict, policy: Policy) -> None:
    assert changes(one, policy=policy) == []


def test_it_is_there_once_and_then_nothing_is_planned() -> None:
    (added,) = changes(verdict(PASSES))
    assert changes(verdict(PASSES, LABEL), after(NO_MARKS, added)) == []


@pytest.mark.parametrize(
    ("agent", "policy", "why"),
    [
        (FAILS, POLICY, "No scope."),
        (None, POLICY, "labels for coding agents are switched off"),
        (PASSES, replace(POLICY, agent_label=False), "labels for coding agents are switched off"),
    ],
)
def test_ours_goes_where_a_rule_fails_or_the_rules_are_off(
    agent: AgentVerdict | None, policy: Policy, why: str
) -> None:
    (removed,) = changes(verdict(agent, LABEL), OURS, policy)
    assert (type(removed), removed.why) == (RemoveLabel, why)
    assert removed.grounds


def test_one_that_a_person_removed_stays_away_until_the_issue_was_not_ready_in_between() -> None:
    away = planned(verdict(PASSES), OURS)
    assert (LABEL, "a person removed it; nothing has changed since") in [(one.what, one.why) for one in away.left_as_is]
    kept = away.marks[verdict(PASSES).issue.id]
    assert changes(verdict(PASSES), kept) == []

    between = planned(verdict(FAILS), kept).marks[verdict(FAILS).issue.id]
    assert len(changes(verdict(PASSES), between)) == 1


def test_one_that_a_person_added_is_left_alone() -> None:
    left = planned(verdict(FAILS, LABEL)).left_as_is
    assert (LABEL, "a person added it") in [(one.what, one.why) for one in left]
