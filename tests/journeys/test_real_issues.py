"""Real issues, pulled by both dialects: every one is judged, twice the same, and a run leaves nothing to plan."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.external_data import needs
from tests.journeys.app_harness import DIALECTS, Office
from tests.journeys.real import raw_issues, real_office

PROJECT = "TIMOB"
OPEN = 2418

pytestmark = [
    pytest.mark.journey,
    needs(raw_issues(PROJECT)),
]


@pytest.fixture(scope="module", params=DIALECTS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A site that holds all 22,371 issues of a real project."""
    with real_office(tmp_path_factory.mktemp("real"), request.param, PROJECT) as place:
        yield place


def test_every_open_issue_is_judged_and_twice_the_same_byte_for_byte(site: Office) -> None:
    first, second = (site.run("check", "--format", "json") for _ in range(2))
    assert first.code == 0, first.err
    assert len(first.document["issues"]) == OPEN
    assert first.out == second.out
    assert site.jira.writes == []


def test_plan_then_run_then_plan_ends_with_an_empty_plan(site: Office) -> None:
    planned = site.run("plan", "--format", "json").document
    assert planned["changes"]
    done = site.run("run", "--expect", planned["digest"], "--format", "json").document
    assert {outcome["outcome"] for outcome in done["outcomes"]} == {"done"}
    assert site.run("plan", "--format", "json").document["changes"] == []


def test_an_unchanged_second_pass_reads_no_issue_again(site: Office, tmp_path: Path) -> None:
    site.run("check", "-q")
    before = len(site.jira.requests)
    assert site.run("report", "--out", str(tmp_path)).code == 0
    assert len(site.jira.requests) - before < 25
