"""The verdict for coding agents is one of its own: it changes nothing about the team's."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rules.agent import AgentRules
from rules.agent.place import Place
from rules.agent.small import Small
from rules.model import Kind, Unit
from rules.ready.titled import Titled
from rules.rule import Severity
from rules.verdict import Ruleset, State, Verdict, Waiver
from tests.factories import NOW, issue, judge, snapshot

READY = """
As a shopper, I want to pay with a saved card so that checkout takes seconds.

## Acceptance criteria
- A saved card is offered with its last four digits
- An expired card is refused with a message

## Out of scope
Adding and deleting cards.

## Test notes
Extend tests/checkout/test_cards.py with an expired card.
"""


def judged(text: str = READY, ruleset: Ruleset | None = None, **values: object) -> Verdict:
    one = issue("SHOP-1", text, **{"points": 2.0, "components": ("checkout",), **values})
    rules = Ruleset(product=(Titled(),), agent=AgentRules().every) if ruleset is None else ruleset
    return judge(snapshot(one), rules).by_key["SHOP-1"]


def test_an_issue_that_leaves_nothing_open_is_ready_for_an_agent() -> None:
    agent = judged().agent
    assert agent is not None
    assert (agent.state, agent.findings) == (State.READY, ())
    silent = {"agent.scope", "agent.test_notes"}  # nothing in it is open-ended or hard to test
    assert set(agent.passed) == {rule.path for rule in AgentRules().every} - silent


def test_what_an_agent_lacks_is_no_finding_of_the_team_and_does_not_change_its_score() -> None:
    verdict = judged("Shoppers wait for it.", title="Improve slowness")
    assert verdict.agent is not None
    assert {finding.phrase for finding in verdict.agent.findings} >= {
        "nothing named as out of scope",
        "no checkable criteria",
        "no test notes",
    }
    assert (verdict.state, verdict.score, verdict.findings) == (State.READY, 100, ())
    assert len(verdict.open_of_all) == len(verdict.agent.findings)


@pytest.mark.parametrize("kind", [Kind.EPIC, Kind.SPIKE, Kind.SUBTASK])
def test_other_kinds_have_no_such_verdict(kind: Kind) -> None:
    assert judged(kind=kind).agent is None


def test_without_the_rules_there_is_no_such_verdict() -> None:
    assert judged(ruleset=Ruleset(product=(Titled(),))).agent is None


def test_only_must_decides_and_a_rule_that_is_off_is_not_asked() -> None:
    rules = AgentRules(place=Place(severity=Severity.SHOULD), small=Small(severity=Severity.OFF))
    agent = judged(
        READY.replace("tests/checkout/test_cards.py", "a test"), Ruleset(agent=rules.every), points=20.0, components=()
    ).agent
    assert agent is not None
    assert [finding.rule for finding in agent.findings] == ["agent.place"]
    assert agent.ready


def test_a_waiver_is_shown_and_changes_no_verdict() -> None:
    until = (NOW + timedelta(days=9)).date()
    waiver = Waiver(rule="agent.small", issue="SHOP-1", reason="agreed", owner="Ana", until=until)
    verdict = judged(ruleset=Ruleset(agent=AgentRules().every, waivers=(waiver,)), points=8.0)
    assert verdict.agent is not None
    (finding,) = verdict.agent.findings
    assert (finding.waived.startswith("accepted until"), verdict.agent.ready) == (True, False)
    assert verdict.open_of_all == ()


def test_a_team_that_counts_issues_has_no_size_in_points() -> None:
    taken = snapshot(issue("SHOP-1", READY, points=8.0, components=("checkout",)))
    verdict = judge(replace(taken, unit=Unit.ISSUES), Ruleset(agent=AgentRules().every)).by_key["SHOP-1"]
    assert verdict.agent is not None
    assert "agent.small" in verdict.agent.passed
