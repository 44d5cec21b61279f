"""Where reports say whether a coding agent may begin."""

from dataclasses import replace

import pytest

from rules.rule import Finding, Severity
from rules.verdict import AgentVerdict
from sync.reports import as_json, as_markdown, as_text
from sync.reports.base import RunReport
from sync.reports.issue import as_markdown as issue_markdown
from sync.reports.issue import as_text as issue_text
from sync.reports.issue.page import IssuePage
from sync.reports.redact import WITHHELD, shared
from sync.reports.selection import Selection, select
from tests.sync.reports.sample import HIDDEN, sample

SCOPE = Finding(
    rule="agent.scope",
    severity=Severity.MUST,
    subject="SHOP-110",
    message="It is not said what is out of scope.",
    hint="Add a section.",
    phrase="nothing named as out of scope",
)
FAILS = AgentVerdict(findings=(SCOPE,), passed=("agent.place",))
PASSES = AgentVerdict(findings=(), passed=("agent.scope",))


def asked() -> RunReport:
    """The sample, in which one issue fails, one restricted issue fails, and all others pass."""
    report = sample()
    verdicts = tuple(
        replace(one, agent=FAILS if one.issue.key in {"SHOP-110", HIDDEN} else PASSES)
        for one in report.judgement.verdicts
    )
    return replace(report, judgement=replace(report.judgement, verdicts=verdicts))


def test_the_verdict_is_next_to_the_teams_in_json() -> None:
    issues = {one.key: one for one in as_json.check_document(asked()).issues}
    agent = issues["SHOP-110"].agent
    assert agent is not None
    assert (agent.verdict, [one.rule for one in agent.findings]) == ("not-ready", ["agent.scope"])
    assert as_json.check_document(sample()).issues[0].agent is None


def test_why_has_only_the_rule_that_is_asked_for() -> None:
    (one,) = as_json.why_document(asked(), "SHOP-110", (), "agent.place").issues
    assert one.agent is not None
    assert (one.agent.findings, one.agent.passed, one.findings) == ((), ("agent.place",), ())


@pytest.mark.parametrize("render", [as_markdown.render, lambda report: as_text.plain(as_text.check(report), 200)])
def test_reports_count_the_issues_where_the_rules_are_asked(render: object) -> None:
    count = len(sample().judgement.verdicts)
    assert f"{count - 2} of {count} issues are ready for a coding agent" in render(asked())  # type: ignore[operator]
    assert "coding agent" not in render(sample())  # type: ignore[operator]


def test_nothing_of_a_restricted_issue_is_quoted() -> None:
    agent = shared(asked()).judgement.by_key[HIDDEN].agent
    assert agent is not None
    assert [one.message for one in agent.findings] == [WITHHELD]


def test_a_rule_for_agents_selects_issues_too() -> None:
    chosen = select(asked(), Selection(rules=frozenset({"agent.scope"})))
    assert {one.issue.key for one in chosen.verdicts} == {"SHOP-110", HIDDEN}


def test_why_shows_it_below_the_teams_verdict() -> None:
    page = IssuePage(asked().judgement.by_key["SHOP-110"])
    for shown in (as_text.plain(issue_text.why(page), 200), issue_markdown.why(page)):
        assert "Not ready for a coding agent: nothing named as out of scope." in shown
        assert SCOPE.message in shown
    ready = IssuePage(replace(page.verdict, agent=PASSES))
    assert "Ready for a coding agent." in as_text.plain(issue_text.why(ready), 200)


@pytest.mark.parametrize(("rule", "answer"), [("agent.scope", "failed"), ("agent.place", "passed")])
def test_why_answers_about_one_rule_for_agents(rule: str, answer: str) -> None:
    page = IssuePage(asked().judgement.by_key["SHOP-110"])
    assert f": {answer}" in as_text.plain(issue_text.why_rule(page, rule), 200)
    assert f": {answer}**" in issue_markdown.why_rule(page, rule)
