"""Which issues `check` shows."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from rules.verdict import Judgement, State, Verdict
from sync.reports import as_text
from sync.reports.base import RunReport
from sync.reports.selection import ALL, Order, Selection, select
from tests.sync.reports.sample import sample


def keys(selection: Selection, report: RunReport | None = None) -> list[str]:
    return [verdict.issue.key for verdict in select(report or sample(), selection).verdicts]


EVERY = keys(ALL)


def test_nothing_chosen_shows_every_issue_in_the_backlogs_order() -> None:
    assert [verdict.issue.key for verdict in sample().judgement.verdicts] == EVERY


def test_not_ready_leaves_out_what_is_ready_and_keeps_what_is_not_due() -> None:
    shown = select(sample(), Selection(not_ready=True)).verdicts
    left = [verdict for verdict in sample().judgement.verdicts if verdict not in shown]
    assert {verdict.state for verdict in left} == {State.READY}
    assert State.READY not in {verdict.state for verdict in shown}


def test_near_shows_the_ready_horizon() -> None:
    report = sample()
    far = report.judgement.verdicts[-1]
    verdicts = (*report.judgement.verdicts[:-1], replace(far, in_horizon=False))
    report = replace(report, judgement=Judgement(verdicts=verdicts))
    assert keys(Selection(near=True), report) == EVERY[:-1]


def test_a_team_sees_what_it_may_take() -> None:
    report = sample()
    shown = keys(Selection(team="Search"))
    assert 0 < len(shown) < len(EVERY)
    assert all(
        "Search" in {team.name for team in report.snapshot.teams_of(report.judgement.by_key[key].issue)}
        for key in shown
    )


def test_a_rule_shows_the_issues_with_an_open_finding_of_it() -> None:
    found = {
        verdict.issue.key
        for verdict in sample().judgement.verdicts
        if "ready.estimated" in {finding.rule for finding in verdict.open_findings}
    }
    assert set(keys(Selection(rules=frozenset({"ready.estimated"})))) == found
    both = keys(Selection(rules=frozenset({"ready.estimated", "ready.acyclic"})))
    assert found < set(both)


def test_the_limit_counts_what_it_leaves_out() -> None:
    selected = select(sample(), Selection(not_ready=True, limit=2))
    assert len(selected.verdicts) == 2
    assert selected.matching == len(keys(Selection(not_ready=True)))
    text = as_text.plain(as_text.check(sample(), Selection(not_ready=True, limit=2)), 100)
    assert f"{selected.matching} of {len(EVERY)} issues match the options." in text
    assert f"The first 2 are shown; --limit leaves {selected.matching - 2} out." in text
    text = as_text.plain(as_text.check(sample(), Selection(not_ready=True, limit=1)), 100)
    assert f"The first is shown; --limit leaves {selected.matching - 1} out." in text


@pytest.mark.parametrize(
    ("order", "values"),
    [
        (Order.SCORE, lambda verdict: verdict.score),
        (Order.AGE, lambda verdict: verdict.issue.created),
        (Order.RANK, lambda verdict: EVERY.index(verdict.issue.key)),
    ],
)
def test_each_order_is_from_the_lowest_to_the_highest_and_loses_nothing(
    order: Order, values: Callable[[Verdict], Any]
) -> None:
    shown = select(sample(), Selection(order=order)).verdicts
    assert [values(verdict) for verdict in shown] == sorted(values(verdict) for verdict in shown)
    assert {verdict.issue.key for verdict in shown} == set(EVERY)


def test_the_counts_on_top_are_of_the_whole_backlog() -> None:
    """A selection shows fewer issues, and changes no figure."""
    whole = as_text.plain(as_text.check(sample()), 100).splitlines()
    part = as_text.plain(as_text.check(sample(), Selection(limit=1)), 100).splitlines()
    assert whole[0] == part[0]
    assert whole[0].startswith("25 issues: ")
