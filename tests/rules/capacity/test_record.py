"""What was expected of each sprint and what came, and how the ranges follow from it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.capacity.compute import capacities
from rules.capacity.levels import HIGH, INNERMOST, LOW, MEANT, OUTERMOST, STEP, Levels
from rules.capacity.model import Range, StoredForecast
from rules.capacity.options import CapacityOptions
from rules.capacity.points import finished_by_sprint
from rules.capacity.record import adapted, held, known, settled, to_keep
from rules.model import Snapshot, SprintState, Unit
from tests.factories import NOW, finished, snapshot, sprint


def made(number: int, came: float | None = None, **values: Any) -> StoredForecast:
    """The forecast of 10 to 30 points before a sprint, and what came."""
    defaults: dict[str, Any] = {
        "team": "Payments",
        "sprint": str(number),
        "name": f"Sprint {number}",
        "made": NOW - timedelta(days=100 - number),
        "unit": Unit.POINTS,
        "expected": Range(10.0, 20.0, 30.0),
        "came": came,
        "ended": None if came is None else NOW - timedelta(days=90 - number),
    }
    return StoredForecast(**defaults | values)


def world() -> Snapshot:
    """Five closed sprints of 21 points each, and one to come."""
    sprints, done = finished(5)
    return snapshot(sprints=(*sprints, sprint("99", name="Sprint 99")), history=tuple(done))


def test_without_closed_sprints_the_levels_are_those_meant() -> None:
    assert adapted([made(1)]) == MEANT == Levels(0.15, 0.85)


def test_a_sprint_below_the_low_end_widens_it_by_step_times_what_was_meant() -> None:
    levels = adapted([made(1, came=9.9)])

    assert levels.low == pytest.approx(LOW - STEP * 0.85)
    assert levels.high == pytest.approx(HIGH - STEP * 0.15)


def test_a_sprint_at_the_high_end_counts_as_reached() -> None:
    assert adapted([made(1, came=30.0)]).high == pytest.approx(HIGH + STEP * 0.85)
    assert adapted([made(1, came=29.9)]).high == pytest.approx(HIGH - STEP * 0.15)


def test_all_teams_move_the_same_levels_in_the_order_in_which_their_sprints_ended() -> None:
    ours, theirs = made(1, came=5.0), made(2, came=20.0, team="Search")

    assert (
        adapted([theirs, ours])
        == adapted([ours, theirs])
        == MEANT.after(below=True, reached=False).after(below=False, reached=False)
    )


def test_a_guess_moves_no_level_and_is_in_the_record() -> None:
    guess = made(1, came=5.0, is_guess=True)

    assert adapted([guess]) == MEANT
    assert known([guess]) == (guess,)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=400))
def test_levels_stay_within_their_bounds(ends: list[tuple[bool, bool]]) -> None:
    levels = MEANT
    for below, reached in ends:
        levels = levels.after(below=below, reached=reached)
    assert OUTERMOST <= levels.low <= INNERMOST
    assert 1 - INNERMOST <= levels.high <= 1 - OUTERMOST


def test_held_counts_both_ends() -> None:
    assert held([made(1, came=9.0), made(2, came=20.0), made(3, came=31.0)]) == (2, 1)


def test_what_came_is_what_the_team_finished_in_the_sprint() -> None:
    there = world()
    closed = there.sprints[0]
    (one,) = settled([made(0, sprint=closed.id)], there, finished_by_sprint(there))

    assert (one.came, one.ended) == (21.0, closed.completed or closed.end)


def test_a_sprint_that_is_not_closed_yet_or_is_gone_says_nothing() -> None:
    there = world()
    one, other = settled([made(99), made(1234)], there, finished_by_sprint(there))

    assert (one.came, other.came) == (None, None)


def test_a_sprint_that_was_cut_short_is_not_in_the_record() -> None:
    there = world()
    closed = there.sprints[0]
    assert closed.start is not None
    cut = replace(closed, completed=closed.start + timedelta(days=2))
    there = replace(there, sprints=(cut, *there.sprints[1:]))
    (one,) = settled([made(0, sprint=cut.id)], there, finished_by_sprint(there))

    assert (one.came, one.ended) == (None, cut.completed)
    assert known([one]) == ()


def test_a_forecast_in_another_unit_is_not_compared() -> None:
    there = world()
    (one,) = settled([made(0, sprint=there.sprints[0].id, unit=Unit.ISSUES)], there, finished_by_sprint(there))

    assert one.came is None


def test_a_run_keeps_what_came_and_the_forecast_for_the_next_sprint() -> None:
    there = world()
    before = made(0, sprint=there.sprints[-2].id)
    (capacity,) = capacities(there, CapacityOptions())
    past, coming = to_keep([before], there, [capacity])

    assert (past.sprint, past.came) == (before.sprint, 21.0)
    assert (coming.sprint, coming.expected, coming.made, coming.came) == ("99", capacity.points, there.taken_at, None)


def test_no_forecast_is_kept_for_a_sprint_that_has_begun() -> None:
    there = world()
    running = replace(there, sprints=(*there.sprints[:-1], replace(there.sprints[-1], state=SprintState.ACTIVE)))

    assert to_keep([], running, capacities(running, CapacityOptions())) == ()


def test_the_explanation_says_what_was_expected_and_what_came() -> None:
    record = [made(number, came=20.0) for number in range(11)] + [made(11, came=9.0), made(12, came=5.0)]
    (capacity,) = capacities(world(), CapacityOptions(), record)
    said = " ".join(capacity.explanation)

    assert "Sprint 10 20 (10 to 30), it was 20; Sprint 11 20 (10 to 30), it was 9;" in said
    assert "Of 13 sprints, 11 reached the low end (85 % are meant), 0 the high end (15 % are meant)." in said


def test_the_range_widens_after_sprints_below_it_and_the_explanation_says_from_what() -> None:
    record = [made(number, came=5.0, team="Search") for number in range(4)]
    (usual,), (wider,) = (capacities(world(), CapacityOptions(), told) for told in ((), record))

    assert usual.points is not None
    assert wider.points is not None
    assert wider.points.p15 < usual.points.p15
    assert wider.points.p50 == usual.points.p50
    assert (
        "The ends of the range are at levels 0.048 and 0.832, not 0.15 and 0.85: of 4 forecasts for all teams, 4 ended "
        "below the low end and 0 reached the high end."
    ) in wider.explanation
