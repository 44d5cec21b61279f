"""The size of the backlog in months, by hand: open issues over the issues that are finished in a month."""

from datetime import timedelta

import pytest

from rules.inventory.size import BacklogSize, size_of
from rules.model import Category, Kind, SprintState
from tests.factories import NOW, finished, issue, product, sprint, team
from tests.rules.inventory.judged import judged


def test_open_issues_are_divided_by_the_issues_finished_in_a_month() -> None:
    """3 sprints of 14 days without a gap are 42 days, with 4 issues each: 12 / 42 * 30.4375 = 8.696 a month.

    20 open issues last 20 / 8.696 = 2.3 months. An epic, a sub-task and an issue in the running sprint do not count.
    """
    sprints, done = finished(3)
    running = sprint("99", SprintState.ACTIVE)
    waiting = [issue(f"SHOP-{number}") for number in range(20)]
    others = [
        issue("SHOP-50", kind=Kind.EPIC),
        issue("SHOP-51", kind=Kind.SUBTASK),
        issue("SHOP-52", sprint="99", sprints=("99",)),
    ]
    backlog, _ = judged(*waiting, *others, sprints=(*sprints, running), history=tuple(done))
    size = size_of(backlog, 2.0)
    assert size.open == 20
    assert size.per_month == pytest.approx(12 / 42 * 30.4375)
    assert size.months == pytest.approx(2.2998, abs=1e-4)
    assert size.is_above
    assert not size_of(backlog, 2.4).is_above


def test_the_teams_paces_are_added() -> None:
    """Payments: 8 issues in 28 days. Search: 4 in 14 days. (8 / 28 + 4 / 14) * 30.4375 = 17.393."""
    shop = product(team("Payments"), team("Search", board=13))
    sprints, done = finished(2)
    more, searched = finished(1, board=13)
    more = [sprint("700", SprintState.CLOSED, board=13, start=one.start) for one in more]
    searched = [
        issue(f"S-{n}", category=Category.DONE, resolved=one.resolved, sprints=("700",))
        for n, one in enumerate(searched)
    ]
    backlog, _ = judged(issue(), product=shop, sprints=(*sprints, *more), history=(*done, *searched))
    assert size_of(backlog, 12).per_month == pytest.approx(17.393, abs=1e-3)


def test_few_finished_issues_show_no_pace() -> None:
    sprints, done = finished(1)
    backlog, _ = judged(issue(), sprints=tuple(sprints), history=tuple(done))
    size = size_of(backlog, 12)
    assert (size.open, size.per_month, size.months, size.is_above) == (1, None, None, False)
    assert size_of(judged(issue())[0], 12).months is None


def test_work_that_was_finished_after_the_last_closed_sprint_does_not_count() -> None:
    sprints, done = finished(2)
    late = issue("SHOP-77", category=Category.DONE, resolved=NOW - timedelta(days=1), sprints=(sprints[0].id,))
    backlog, _ = judged(issue(), sprints=tuple(sprints), history=(*done, late))
    assert size_of(backlog, 12).per_month == pytest.approx(8 / 28 * 30.4375)


def test_a_backlog_at_its_limit_is_not_above_it() -> None:
    assert not BacklogSize(open=24, per_month=2.0, limit=12).is_above
