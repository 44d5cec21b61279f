"""The report shows the trends of each team by sprint, from what the runs before each sprint kept."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.learning import learn as learning
from rules.learning.learn import Learned
from rules.learning.trends import LEAST, SeriesKind
from rules.model import Category, Sprint, SprintState
from sync.reports import as_text
from sync.reports.base import RunReport
from sync.run import run
from tests.factories import issue, sprint
from tests.sync.reports.page import all_pages
from tests.sync.run.test_as_of import Shop


def sprints_pass(shop: Shop, number: int) -> RunReport:
    """A run the day before each sprint; in each sprint one more issue of 3 points is finished."""
    for step in range(number):
        shop.run()
        shop.clock.move(days=1)
        begun = sprint(f"7{step}", SprintState.ACTIVE, start=shop.clock.now)
        following = sprint(f"7{step + 1}", start=shop.clock.now + timedelta(days=14))
        shop.change(sprints=(*_closed(shop), begun, following))
        shop.clock.move(days=13)
        done = issue(
            f"DONE-9{step}",
            category=Category.DONE,
            status="Done",
            resolved=shop.clock.now - timedelta(days=2),
            sprints=(begun.id,),
        )
        shop.tracker._issues[done.id] = done
        closed = replace(begun, state=SprintState.CLOSED, completed=shop.clock.now)
        past = {one.id: () for one in (*shop.seen.issues, *shop.seen.history, done)}
        shop.change(sprints=(*_closed(shop), closed, following), history=(*shop.seen.history, done), edits=past)
    return shop.run()


def _closed(shop: Shop) -> tuple[Sprint, ...]:
    return tuple(one for one in shop.seen.sprints if one.state is SprintState.CLOSED)


def series(report: RunReport) -> dict[SeriesKind, int]:
    """How many sprints each series has."""
    assert report.learned is not None
    [trend] = report.learned.trends
    return {one.kind: len(one.points) for one in trend.series}


def test_a_run_learns_once_and_only_for_a_report_that_shows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Learned] = []

    def learn(*values: Any) -> Learned:
        asked.append(learning.learn(*values))
        return asked[-1]

    monkeypatch.setattr(run, "learn", learn)
    report = Shop(tmp_path).run()
    assert not asked
    assert all_pages(report)
    assert len(asked) == 1


def words(report: RunReport) -> str:
    """The text report as one line."""
    return " ".join(as_text.render(report).split())


def test_after_six_sprints_the_report_shows_each_series(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.change(sprints=(*_closed(shop), sprint("70", start=shop.clock.now + timedelta(days=1))))
    report = sprints_pass(shop, LEAST)
    assert min(series(report).values()) >= LEAST
    page = all_pages(report)
    assert page.count('class="trend"') >= len(SeriesKind)
    assert 'class="range"' in page
    assert "Too few data for a trend" not in page


def test_after_three_sprints_the_report_says_that_data_are_too_few(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.change(sprints=(*_closed(shop), sprint("70", start=shop.clock.now + timedelta(days=1))))
    report = sprints_pass(shop, 3)
    assert series(report)[SeriesKind.READY] == 3
    text = words(report)
    assert (
        "ready issues in the ready horizon at its start: 50 %, 50 %, 50 %. Too few data for a trend: 3 sprints, 6"
        in text
    )


def test_without_a_run_before_a_sprint_there_are_no_data_yet(tmp_path: Path) -> None:
    text = words(Shop(tmp_path).run())
    assert "Payments, no data yet: ready issues in the ready horizon at its start, sprints of ready work" in text
