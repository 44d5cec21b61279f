"""Real issues, pulled by both dialects: every one is judged, twice the same, and a run leaves nothing to plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.external_data import needs
from tests.journeys.app_harness import Ended, Office
from tests.journeys.real import raw_issues, real_office

OPEN = {"MOD": 91, "TIMOB": 2418}

pytestmark = [
    pytest.mark.uncovered,  # many runs over the same lines
    pytest.mark.journey,
    *(needs(raw_issues(project)) for project in OPEN),
]


@dataclass(frozen=True)
class Checked:
    """A site that holds all issues of a real project, and how the first two checks of it ended."""

    project: str
    site: Office
    first: Ended
    second: Ended


def _real(project: str, dialect: str, *marks: pytest.MarkDecorator) -> Any:
    """A real project on a site. Filling it takes seconds: all tests of one run in one process."""
    name = f"{project} on {dialect}"
    return pytest.param((project, dialect), id=name, marks=[pytest.mark.xdist_group(name), *marks])


@pytest.fixture(
    scope="module",
    params=[
        _real("MOD", "cloud"),
        _real("TIMOB", "cloud", pytest.mark.ci),
        _real("TIMOB", "datacenter", pytest.mark.thorough),
    ],
)
def checked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checked]:
    project, dialect = request.param
    with real_office(tmp_path_factory.mktemp("real"), dialect, project) as place:
        first, second = (place.run("check", "--format", "json") for _ in range(2))
        assert place.jira.writes == []
        yield Checked(project, place, first, second)


def test_every_open_issue_is_judged_and_twice_the_same_byte_for_byte(checked: Checked) -> None:
    first, second = checked.first, checked.second
    assert first.code == 0, first.err
    assert len(first.document["issues"]) == OPEN[checked.project]
    assert first.out == second.out


def test_an_unchanged_second_run_reads_no_issue_again(checked: Checked, tmp_path: Path) -> None:
    before = len(checked.site.jira.requests)
    assert checked.site.run("report", "--out", str(tmp_path)).code == 0
    assert len(checked.site.jira.requests) - before < 25


def test_plan_then_run_then_plan_ends_with_an_empty_plan(checked: Checked) -> None:
    site = checked.site
    planned = site.run("plan", "--format", "json").document
    assert planned["changes"]
    done = site.run("run", "--expect", planned["digest"], "--format", "json").document
    assert {outcome["outcome"] for outcome in done["outcomes"]} == {"done"}
    assert site.run("plan", "--format", "json").document["changes"] == []
