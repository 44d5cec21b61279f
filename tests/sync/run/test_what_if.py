"""What if people are away or come, or an issue is left out: what falls below the line, and which days move."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.model import Snapshot, SprintState
from sync.cli.what_if import Assumptions, assume
from sync.errors import UsageError
from sync.reports import as_json
from sync.reports import what_if as comparison
from sync.reports.as_text import plain
from sync.reports.base import RunReport
from sync.run.context import RunContext
from sync.run.run import plan_run
from sync.trackers.memory import MemoryTracker
from tests.factories import finished, issue, person, product, snapshot, sprint, team
from tests.sync.run_contexts import context

START = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
NEXT = sprint("950", SprintState.FUTURE, start=START, end=START + timedelta(days=14), name="Sprint 12")
TITLES = ("Export the report as CSV", "Choose what is exported", "Order the columns yourself")
AWAY = ("Di:2026-03-09..2026-03-18", "Ed:2026-03-12..2026-03-20")
"""15 of 50 person-days: 7.5 on average."""


def world(**overrides: Any) -> Snapshot:
    """Five people who finish 12 points a sprint; the backlog has 5, 3 and 3 points."""
    sprints, done = finished(3, points=(5, 4, 3))
    issues = (
        issue(f"SHOP-{n + 1}", title=TITLES[n], points=points, components=("payments",))
        for n, points in enumerate((5.0, 3.0, 3.0))
    )
    people = tuple(map(person, ("Ana", "Bo", "Cy", "Di", "Ed")))
    values = {
        "sprints": (*sprints, NEXT),
        "history": tuple(done),
        "product": product(team(people=people)),
        **overrides,
    }
    return snapshot(*issues, **values)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[RunContext]:
    there = world()
    with context(tmp_path, MemoryTracker(there)) as opened:
        yield replace(opened, scope=replace(opened.scope, product=there.product))


def changed(place: RunContext, **wanted: Any) -> RunReport:
    return assume(plan_run(place), place, Assumptions(**wanted))


def falls(report: RunReport) -> list[str]:
    assert report.what_if is not None
    return [one.key for one in report.what_if.falls]


def test_30_percent_less_capacity_drops_the_third_story_only(place: RunContext) -> None:
    report = changed(place, off=AWAY)
    assert report.what_if is not None
    (fallen,) = report.what_if.falls

    assert (fallen.key, fallen.points, fallen.left) == ("SHOP-3", 3, -2.6)
    assert (report.before[0].exact_points, report.capacities[0].exact_points) == pytest.approx((12, 8.4))
    assert report.what_if.rises == ()


def test_without_the_first_issue_the_others_fit_and_it_is_not_said_to_fall(place: RunContext) -> None:
    assert falls(changed(place, off=AWAY, without=("shop-1",))) == []


def test_several_assumptions_count_together(place: RunContext) -> None:
    report = changed(place, off=AWAY, add=("Fay:1",))
    assert report.what_if is not None

    assert report.capacities[0].net_days == 45
    assert report.capacities[0].exact_points == pytest.approx(10.8)
    assert report.what_if.assumed == (
        "Di is away from 9 March 2026 to 18 March 2026.",
        "Ed is away from 12 March 2026 to 20 March 2026.",
        "Fay works 100 % for Payments, too.",
    )
    assert falls(report) == ["SHOP-3"]


def test_somebody_who_comes_was_not_there_in_the_closed_sprints(place: RunContext) -> None:
    report = changed(place, add=("Fay:50%",))

    assert report.capacities[0].net_days == 55
    assert report.capacities[0].exact_points == pytest.approx(12 * 55 / 50)


def test_an_absence_changes_nothing_that_is_over(place: RunContext) -> None:
    report = changed(place, off=("Di:2025-01-01..2026-02-28",))
    assert report.what_if is not None

    assert report.capacities[0].exact_points == report.before[0].exact_points
    assert report.what_if.days == ()


def test_the_day_to_which_ready_work_lasts_moves(place: RunContext) -> None:
    report = changed(place, off=AWAY)
    assert report.what_if is not None

    assert [one.team for one in report.what_if.days] == ["", "Payments"]
    assert all(one.before and one.after and one.before < one.after for one in report.what_if.days)


def test_what_serves_the_goal_is_named_first(tmp_path: Path) -> None:
    goal = replace(NEXT, goal="Reports that people arrange themselves: SHOP-3")
    there = world(sprints=(*world().sprints[:-1], goal))
    with context(tmp_path, MemoryTracker(there)) as opened:
        place = replace(opened, scope=replace(opened.scope, product=there.product))
        report = changed(place, off=("Ana:2026-03-09..2026-03-20", "Bo:2026-03-09..2026-03-20", *AWAY))

    assert falls(report) == ["SHOP-3", "SHOP-1"]


def test_text_markdown_and_json_name_the_same_issue(place: RunContext) -> None:
    report = changed(place, off=AWAY)
    assert report.what_if is not None
    shown = plain(comparison.as_text(report, report.what_if))
    markdown = comparison.as_markdown(report, report.what_if)
    document = as_json.capacity_document(report)

    assert "Falls below the cut line" in shown
    assert "SHOP-3 Payments 3 points 2.6 missing – Order the columns yourself" in " ".join(shown.split())
    (row,) = (line for line in markdown.splitlines() if "SHOP-3" in line)
    assert [cell.strip(" \u2060") for cell in row.strip("|").split("|")] == [
        "SHOP-3",
        "Payments",
        "3 points",
        "2.6 missing",
        "–",
        "Order the columns yourself",
    ]
    assert document.what_if is not None
    assert [one.key for one in document.what_if.falls] == ["SHOP-3"]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        pytest.param({"off": ("Nobody:2026-03-09",)}, "no team has a person called", id="nobody"),
        pytest.param({"off": ("Di:2025-03-09..2025-03-01",)}, "before it begins", id="backwards and over"),
        pytest.param({"add": ("Fay",)}, "write NAME:SHARE", id="no share"),
        pytest.param({"add": ("Fay:two",)}, "write NAME:SHARE", id="no number"),
        pytest.param({"add": ("Fay:1.5",)}, "above 0 and at most 1", id="too much"),
        pytest.param({"add": ("Bo:0.5",)}, "Bo would be allocated 150 %", id="more than everything"),
        pytest.param({"without": ("SHOP-77",)}, "no such open issue", id="unknown issue"),
    ],
)
def test_what_cannot_be_assumed_is_an_error_that_says_why(
    place: RunContext, wanted: dict[str, Any], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        changed(place, **wanted)
