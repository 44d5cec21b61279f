"""The invented shop on every tracker: the same verdicts, and a second run that writes nothing."""

from collections.abc import Iterator, Mapping

import pytest

from rules.verdict import Verdict
from sync.demo.tour import Asked, demo_of
from sync.reports.base import RunReport
from sync.run.context import open_context
from sync.run.run import execute_run, plan_run

pytestmark = pytest.mark.journey

DIFFERENT: Mapping[str, frozenset[str]] = {
    # In Jira new issues get a priority that nobody chose. A label has to be chosen.
    "gitlab": frozenset({"ready.prioritised"}),
    # GitHub does not keep who set the field of a Project.
    "github": frozenset({"ready.prioritised"}),
}
UNAVAILABLE: Mapping[str, frozenset[str]] = {
    "gitlab": frozenset({"parent"}),
    "github": frozenset({"changelog", "sprint-history"}),
}


@pytest.fixture(scope="module")
def on_jira() -> RunReport:
    with demo_of("jira", Asked()) as place, open_context(place.settings()) as context:
        return plan_run(context)


def verdicts(report: RunReport, tracker: str) -> Mapping[str, tuple[str, frozenset[str]]]:
    """By the number of the issue: its state, and the rules that fail."""
    apart = DIFFERENT[tracker]
    return {number: _seen(verdict, apart) for number, verdict in _by_number(report)}


def _by_number(report: RunReport) -> Iterator[tuple[str, Verdict]]:
    for verdict in report.judgement.verdicts:
        yield verdict.issue.key.replace("#", "-").rpartition("-")[2], verdict


def _seen(verdict: Verdict, apart: frozenset[str]) -> tuple[str, frozenset[str]]:
    return (str(verdict.state), frozenset(finding.rule for finding in verdict.findings) - apart)


@pytest.mark.parametrize("tracker", DIFFERENT)
def test_the_shop_has_the_same_verdicts_and_is_written_once(tracker: str, on_jira: RunReport) -> None:
    with demo_of(tracker, Asked()) as place:
        with open_context(place.settings()) as context:
            first = execute_run(context)
        with open_context(place.settings()) as context:
            second = execute_run(context)
    assert verdicts(first, tracker) == verdicts(on_jira, tracker)
    assert first.snapshot.unavailable - on_jira.snapshot.unavailable == UNAVAILABLE[tracker]
    assert first.plan.changes
    assert {str(outcome.result) for outcome in first.outcomes} == {"done"}
    assert second.plan.changes == ()
