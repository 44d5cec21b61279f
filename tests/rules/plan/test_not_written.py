"""Every write that is not made has an entry with its decision, its reason and the rules behind it."""

from dataclasses import replace

import pytest

from rules.model import Issue, OwnMarks
from rules.plan.changes import (
    COMMENT,
    SPRINT,
    AddLabel,
    ChangePlan,
    LeftAsIs,
    MoveToSprint,
    PutComment,
    identity_of,
)
from rules.plan.comment import CommentBody
from rules.plan.grounds import Ground, grounds_of
from rules.plan.not_written import LABEL, Decision, NotWritten, not_written
from rules.plan.outcome import Outcome, Result
from rules.rule import Finding
from rules.text import Quote
from rules.verdict import Judgement, Verdict
from tests.factories import facts, finding, issue

RULE = (Ground(rule="ready.estimated", says="The estimate is missing."),)
ADD = AddLabel(issue="1", key="SHOP-1", label="readyline-ready", why="all must rules pass", grounds=RULE)
PUT = PutComment(issue="1", key="SHOP-1", note=CommentBody(headline="Not ready."), why="Not ready.", grounds=RULE)
MOVE = MoveToSprint(issue="2", key="SHOP-2", sprint="5", why="Fits.", grounds=RULE)


def verdict(of: Issue, *findings: Finding) -> Verdict:
    return Verdict(issue=of, score=40, findings=findings, passed=("ready.titled",), facts=facts())


def entries(plan: ChangePlan, *issues: Issue, **around: object) -> tuple[NotWritten, ...]:
    judgement = Judgement(verdicts=tuple(verdict(one, finding(subject=one.key)) for one in issues))
    return not_written(plan, issues or (issue("SHOP-1"), issue("SHOP-2")), judgement, **around)  # type: ignore[arg-type]


def test_a_plan_that_is_written_leaves_nothing() -> None:
    assert entries(ChangePlan(changes=(ADD, PUT, MOVE))) == ()


@pytest.mark.parametrize("decision", [Decision.OFF, Decision.REFUSED, Decision.QUIET_HOURS])
def test_what_keeps_the_plan_from_being_written_is_the_reason_of_all_its_changes(decision: Decision) -> None:
    found = entries(ChangePlan(changes=(ADD, MOVE)), obstacle=(decision, "because"))
    assert [(one.key, one.kind, one.value, one.mark) for one in found] == [
        ("SHOP-1", "add-label", "readyline-ready", "readyline-ready"),
        ("SHOP-2", "move-to-sprint", "5", SPRINT),
    ]
    assert {(one.decision, one.reason, one.grounds) for one in found} == {(decision, "because", RULE)}


def test_a_change_that_waits_is_there_once_with_the_reason_it_waits_for() -> None:
    plan = ChangePlan(changes=(ADD, PUT)).holding({PUT: "Ana has her 20 mails"})
    [one] = entries(plan)
    assert (one.decision, one.reason, one.kind, one.why) == (
        Decision.HELD, "Ana has her 20 mails", "put-comment", "Not ready.",
    )  # fmt: skip


def test_what_a_person_decided_is_there_with_what_the_issue_has() -> None:
    mine = issue("SHOP-1", labels=frozenset({"readyline-ready"}), sprint="5", marks=OwnMarks(comment_digest="abc"))
    plan = ChangePlan(left_as_is=tuple(LeftAsIs(key="SHOP-1", what=what, why="Bo did") for what in (
        "readyline-ready", "readyline-not-ready", COMMENT, SPRINT,
    )))  # fmt: skip
    found = entries(plan, mine)
    assert [one.there for one in found] == ["readyline-ready", "", "abc", "5"]
    assert {(one.decision, one.reason, one.kind) for one in found} == {(Decision.LEFT_AS_IS, "Bo did", "")}
    assert {one.grounds[0].rule for one in found} == {"ready.estimated"}


def test_an_issue_that_gets_no_label_is_there_with_the_reason() -> None:
    [one] = entries(ChangePlan(left_alone={"SHOP-1": "in the running sprint: left alone"}), issue("SHOP-1"))
    assert (one.mark, one.decision, one.reason) == (LABEL, Decision.LEFT_ALONE, "in the running sprint: left alone")


def test_a_change_that_was_no_longer_right_is_there_unless_the_journal_has_it() -> None:
    skipped = [Outcome(change=change, result=Result.SKIPPED, reason="it changed") for change in (ADD, MOVE)]
    done = Outcome(change=PUT, result=Result.DONE)
    found = entries(ChangePlan(), outcomes=(*skipped, done), journalled={identity_of(MOVE)})
    assert [(one.kind, one.decision, one.reason) for one in found] == [("add-label", Decision.SKIPPED, "it changed")]


def test_an_issue_with_restricted_access_is_marked_so() -> None:
    plan = ChangePlan(left_alone={"SHOP-1": "why", "SHOP-2": "why"})
    found = entries(plan, issue("SHOP-1", restricted=True), issue("SHOP-2"))
    assert [one.restricted for one in found] == [True, False]


def test_the_grounds_of_a_verdict_are_the_rules_that_fail_with_what_they_quote() -> None:
    quote = Quote("soon", 3)
    found = grounds_of(verdict(issue("SHOP-1"), finding(evidence=(quote,))))
    assert found == (Ground(rule="ready.estimated", says="The estimate is missing.", evidence=(quote,)),)


def test_the_grounds_of_a_ready_issue_are_the_rules_that_pass() -> None:
    assert grounds_of(verdict(issue("SHOP-1"))) == (Ground(rule="ready.titled", passed=True),)


def test_the_grounds_of_a_restricted_issue_hold_none_of_its_text() -> None:
    hidden = verdict(replace(issue("SHOP-1"), restricted=True), finding(evidence=(Quote("soon", 3),)))
    assert grounds_of(hidden) == (Ground(rule="ready.estimated"),)
