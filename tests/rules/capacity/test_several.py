"""Several sprints ahead: the same numbers give the same days, and teams are slow together."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.capacity.points import Velocity
from rules.capacity.several import Ahead, finish, in_sprints
from tests.rules.capacity.test_forecast import velocity

FIRST, LAST = date(2026, 11, 30), date(2026, 12, 11)
USUAL = velocity(12, 11, 13, 12, 10, days=(50, 48, 50, 50, 45))


def ahead(work: float = 40, closed: Velocity = USUAL, **values: Any) -> Ahead:
    defaults: dict[str, Any] = {"team": "Payments", "planned": ((LAST, 50.0),), "begins": FIRST, "cadence_days": 14}
    return Ahead(closed=closed, work=work, **defaults | values)


def test_the_same_numbers_give_the_same_ranges_and_days() -> None:
    assert in_sprints(USUAL, [35, None]) == in_sprints(USUAL, [35, None])
    assert finish([ahead()]) == finish([ahead()])


def test_half_the_people_finish_half_of_the_first_sprint() -> None:
    alone, half = in_sprints(USUAL, [50.0])[0].p50, in_sprints(USUAL, [25.0])[0].p50

    assert half == pytest.approx(alone / 2, rel=0.03)


def test_six_equal_sprints_finish_about_six_times_as_much() -> None:
    assert in_sprints(velocity(*(20,) * 8), [None] * 6)[-1].p50 == pytest.approx(120, rel=0.02)


def test_the_level_keeps_the_range_wide_however_many_sprints_there_are() -> None:
    """The level of a team is not known better because more sprints are added up."""
    ranges = in_sprints(velocity(15, 25, 20, 22, 18, 20, 24, 16), [None] * 20)
    first, last = ((one.p85 - one.p15) / one.p50 for one in (ranges[0], ranges[-1]))

    assert last > 0.5 * first


@settings(max_examples=8)
@given(st.lists(st.floats(1, 50), min_size=1, max_size=8), st.floats(1, 200))
def test_days_are_in_the_order_of_their_probabilities_and_more_work_is_never_earlier(
    points: list[float], work: float
) -> None:
    closed = velocity(*points)
    less, more = (finish([ahead(amount, closed)]) for amount in (work, 2 * work))
    days = [[one.days[chance] or date.max for chance in (0.5, 0.85, 0.95)] for one in (less, more)]

    assert days[0] == sorted(days[0])
    assert days[0][0] <= days[1][0]


def test_work_ends_with_a_sprint_planned_or_later() -> None:
    days = finish([ahead(12 * 3)]).days.values()

    assert all(day is not None and (day - LAST).days % 14 == 0 for day in days)


def test_no_work_is_done_before_the_next_sprint() -> None:
    assert finish([ahead(0)]).days[0.95] == FIRST


def test_what_takes_longer_than_ten_years_has_no_day() -> None:
    assert finish([ahead(1e6)]).days[0.5] is None


def test_all_teams_together_are_done_with_the_last_one() -> None:
    small, big = ahead(10, team="Search"), ahead(60, team="Payments")
    whole = finish([small, big])

    assert whole.days == finish([small, big]).by_team["Payments"]
    assert whole.last["Payments"] > 0.99 > whole.last["Search"]


def test_teams_share_a_part_of_their_level() -> None:
    """Where both are slow together, the later of the two is not as late as of two that have nothing in common."""
    wide = velocity(5, 40, 10, 30, 20, 8, 35, 15)
    first, second = (ahead(100, wide, team=name) for name in ("Payments", "Search"))
    together = finish([first, second])

    assert together.days[0.5] is not None
    assert together.by_team["Payments"][0.5] is not None
    assert together.days[0.5] >= together.by_team["Payments"][0.5]


def test_planned_sprints_count_with_their_own_person_days() -> None:
    away = finish([ahead(30, planned=((LAST, 0.0),))])
    there = finish([ahead(30, planned=((LAST, 50.0),))])

    assert away.days[0.5] is not None
    assert there.days[0.5] is not None
    assert away.days[0.5] - there.days[0.5] == timedelta(days=14)
