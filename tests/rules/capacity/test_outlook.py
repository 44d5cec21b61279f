"""Which sprints are planned, how long they are, and what will be carried over into the next one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rules.capacity.compute import capacities
from rules.capacity.days import coming_windows, next_sprint, parked_sprints
from rules.capacity.model import TeamCapacity
from rules.capacity.options import CapacityOptions
from rules.model import Category, Issue, Snapshot, Sprint, SprintState
from tests.factories import NOW, absence, finished, issue, person, product, snapshot, sprint, team

MONDAY = datetime(2026, 3, 9, 9, tzinfo=UTC)


def future(number: str, start: datetime | None = None, days: int = 14) -> Sprint:
    """A future sprint of board 12, with dates or without."""
    end = start + timedelta(days=days) if start else None
    return sprint(number, SprintState.FUTURE, start=start, end=end)


def only(world: Snapshot, **options: Any) -> TeamCapacity:
    """The capacity of the only team."""
    (found,) = capacities(world, CapacityOptions(**options))
    return found


def test_the_first_future_sprint_in_the_boards_order_is_next_whatever_its_dates() -> None:
    """A sprint without dates that the board lists first is not ignored because a later one has dates."""
    world = snapshot(sprints=(future("21"), future("20", MONDAY)))

    assert next_sprint(world, world.product.teams[0]) == world.sprints[0]


def test_sprints_without_dates_are_counted_on_from_the_one_before() -> None:
    running = sprint("19", SprintState.ACTIVE, start=MONDAY - timedelta(days=14), end=MONDAY - timedelta(days=2))
    world = snapshot(sprints=(running, future("20"), future("21")))
    windows = [window for _, window in coming_windows(world, world.product.teams[0])]

    assert [(window.first, window.last) for window in windows] == [
        (date(2026, 3, 9), date(2026, 3, 20)),
        (date(2026, 3, 23), date(2026, 4, 3)),
    ]


def test_a_parking_lot_is_skipped_and_named() -> None:
    running = sprint("19", SprintState.ACTIVE, start=MONDAY - timedelta(days=14), end=MONDAY)
    lot = replace(future("3"), name="To be scheduled")
    world = snapshot(sprints=(running, lot, future("20", MONDAY)))

    assert parked_sprints(world, world.product.teams[0]) == (lot,)
    found = only(world)
    assert found.sprint is not None
    assert found.sprint.id == "20"
    assert any(w.code == "SKIPPED-SPRINT" and '"To be scheduled"' in w.text for w in found.warnings)


def test_the_real_length_of_sprints_counts_and_one_message_says_so() -> None:
    """Three-week sprints where the configuration says ten working days."""
    world = snapshot(sprints=(future("20", MONDAY, 21), future("21")))
    found = only(world)

    assert found.cadence_days == 21
    assert [(one.first, one.last) for one in found.outlook] == [
        (date(2026, 3, 9), date(2026, 3, 29)),
        (date(2026, 3, 30), date(2026, 4, 17)),
    ]
    assert [w.code.value for w in found.warnings].count("SPRINT-DAYS") == 1


def test_every_planned_sprint_has_its_own_person_days() -> None:
    away = person("Bo", absences=(absence(date(2026, 3, 9), date(2026, 3, 20)),))
    world = snapshot(
        product=product(team(people=(away, person("Cy")))),
        sprints=(future("20", MONDAY), future("21", MONDAY + timedelta(14))),
    )

    assert [one.net_days for one in only(world).outlook] == [10.0, 20.0]


def carried(share: int, running: float) -> TeamCapacity:
    """Six closed sprints of 20 points, `share` of four issues in each unfinished, and a running one."""
    closed, done = finished(6, [5.0] * 4)
    late = [
        replace(one, sprints=(*one.sprints, str(int(one.sprints[0]) + 1)), category=Category.TODO, resolved=None)
        if number % 4 < share
        else one
        for number, one in enumerate(done)
    ]
    active = sprint("90", SprintState.ACTIVE, start=NOW - timedelta(days=3), end=NOW + timedelta(days=9))
    inside: list[Issue] = [issue("SHOP-1", points=running, sprint="90", category=Category.DOING)]
    return only(
        snapshot(*inside, sprints=(*closed, active, future("95", NOW + timedelta(days=14))), history=tuple(late))
    )


def test_open_points_of_the_running_sprint_are_carried_over_by_the_usual_share() -> None:
    """A quarter of each sprint was not finished in it, and 8 points are open now: 2 points of load."""
    found = carried(1, 8.0)

    assert 0 < found.carry_over < 8
    assert found.load == found.carry_over
    assert any(line.startswith("Carry-over: probably") for line in found.explanation)


def test_a_team_that_finishes_what_it_plans_carries_nothing_over() -> None:
    found = carried(0, 8.0)

    assert (found.carry_over, found.load) == (0.0, 0.0)


@pytest.mark.parametrize("timezone", ["", "Pacific/Auckland"])
def test_usual_points_are_the_typical_velocity(timezone: str) -> None:
    closed, done = finished(6)
    found = only(snapshot(sprints=tuple(closed), history=tuple(done)), timezone=timezone)

    assert found.usual is not None
    assert found.usual.p50 == found.velocity == 21
