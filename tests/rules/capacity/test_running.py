"""What a team still finishes in its running sprint."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from rules.capacity.compute import capacities
from rules.capacity.model import RunningCapacity
from rules.capacity.options import CapacityOptions
from rules.model import SprintState
from tests.factories import absence, person, product, snapshot, sprint, team

MONDAY, END = datetime(2026, 3, 9, 9, tzinfo=UTC), datetime(2026, 3, 20, 17, tzinfo=UTC)
GUESS = CapacityOptions(points_per_day=0.5)


def running(
    at: datetime, crew: Any = None, options: CapacityOptions = GUESS, **overrides: Any
) -> RunningCapacity | None:
    values: dict[str, Any] = {"start": MONDAY, "end": END} | overrides
    crew = crew or team(people=(person("Bo"), person("Cy")))
    box = sprint("4", SprintState.ACTIVE, board=crew.board, **values)
    (one,) = capacities(snapshot(product=product(crew), sprints=(box,), taken_at=at), options)
    return one.running


def test_the_points_of_the_sprint_count_by_the_person_days_that_are_left() -> None:
    crew = team(people=(person("Bo"), person("Cy", absences=(absence(date(2026, 3, 16)),))))
    one = running(datetime(2026, 3, 16, 8, tzinfo=UTC), crew)

    assert one is not None
    assert (one.days, one.days_left, one.elapsed, one.is_half_over) == (19, 9, 0.5, True)
    assert one.left is not None
    assert one.left.p50 == pytest.approx(9.5 * 9 / 19)


def test_before_half_of_the_weekdays_are_over_it_is_not_half_over() -> None:
    one = running(datetime(2026, 3, 13, 18, tzinfo=UTC))

    assert one is not None
    assert (one.elapsed, one.is_half_over) == (0.4, False)


def test_after_the_last_day_nothing_is_left() -> None:
    one = running(datetime(2026, 3, 23, 8, tzinfo=UTC))

    assert one is not None
    assert one.left is not None
    assert (one.days_left, one.elapsed, one.left.p85) == (0, 1.0, 0.0)


def test_without_dates_or_a_running_sprint_nothing_is_known() -> None:
    assert running(MONDAY, end=None) is None
    (idle,) = capacities(snapshot(), GUESS)
    assert idle.running is None


def test_without_people_the_weekdays_count_and_without_a_velocity_no_points() -> None:
    one = running(datetime(2026, 3, 16, 8, tzinfo=UTC), team(people=()), CapacityOptions())

    assert one is not None
    assert (one.days, one.days_left, one.left) == (10, 5, None)
