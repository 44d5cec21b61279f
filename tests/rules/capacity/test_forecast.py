"""How the next sprint follows from those before: presence, levels, and a change of the pace."""

from collections.abc import Sequence
from datetime import UTC, datetime
from math import exp, log, sqrt
from statistics import NormalDist, fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.capacity.forecast import Shift, chance_of, forecast, learned_presence, shift_of, spread, usual
from rules.capacity.levels import MEANT, Levels
from rules.capacity.model import Range
from rules.capacity.points import Delivered, Velocity
from rules.model import SprintState
from tests.factories import sprint

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def velocity(
    *points: float, days: Sequence[float] | None = None, levels: Levels = MEANT, presence: float = 1.0
) -> Velocity:
    boxes = (sprint(str(n), SprintState.CLOSED, start=START) for n in range(len(points)))
    done = (Delivered(box, p, days[n] if days else None) for n, (box, p) in enumerate(zip(boxes, points, strict=True)))
    return Velocity(tuple(done), levels=levels, presence=presence)


def test_half_the_days_finish_half_the_points() -> None:
    past = velocity(20, 20, 20, days=(40, 40, 40))

    assert usual(past, 20) == 10


def test_with_a_power_of_a_half_a_quarter_of_the_days_finishes_half_the_points() -> None:
    past = velocity(20, 20, 20, days=(40, 40, 40), presence=0.5)

    assert usual(past, 10) == 10


def test_with_a_power_of_nothing_absences_change_nothing() -> None:
    """The pairs of 18, 20 and 22 are 18, 18.97, 19.90, 20, 20.98 and 22; the middle is between the third and fourth."""
    assert usual(velocity(18, 20, 22, days=(30, 40, 50), presence=0.0), 5) == (sqrt(18 * 22) + 20) / 2


def test_earlier_sprints_count_as_if_all_had_been_there_as_usual() -> None:
    """18 in 36 person-days and 22 in 44 are both 20 in the usual 40."""
    assert usual(velocity(18, 20, 22, days=(36, 40, 44)), 40) == pytest.approx(20)


def test_one_extraordinary_sprint_moves_the_middle_little() -> None:
    """Of 20 20 20 20 and 200, ten pairs of 20 and 20 are 20, four with 200 are 63, and 200 is alone."""
    assert usual(velocity(20, 20, 20, 20, 200), 1) == pytest.approx(20)


@given(st.lists(st.floats(1, 100), min_size=1, max_size=12), st.floats(0.1, 10))
def test_the_middle_is_within_the_sprints_and_follows_their_unit(points: list[float], factor: float) -> None:
    middle = usual(velocity(*points), 1)

    assert min(points) * (1 - 1e-9) <= middle <= max(points) * (1 + 1e-9)
    assert usual(velocity(*(factor * one for one in points)), 1) == pytest.approx(factor * middle)


def test_the_power_of_presence_is_learned_from_eight_sprints() -> None:
    days = (20, 30, 40, 50, 40, 30, 20, 50)

    assert learned_presence(velocity(*(10 + 0 * d for d in days), days=days).used) == 0.0
    assert learned_presence(velocity(*(d / 2 for d in days), days=days).used) == 1.0
    assert learned_presence(velocity(*(sqrt(d) for d in days), days=days).used) == 0.5


def test_with_seven_sprints_or_unknown_days_presence_counts_in_full() -> None:
    assert learned_presence(velocity(*(10,) * 7, days=(20, 30, 40, 50, 40, 30, 20)).used) == 1.0
    assert learned_presence(velocity(*range(10, 18)).used) == 1.0


def test_where_all_were_always_there_nothing_is_learned() -> None:
    assert learned_presence(velocity(8, 9, 10, 11, 12, 13, 14, 15, days=(40,) * 8).used) == 1.0


def test_the_ends_are_at_the_levels() -> None:
    """The fifth and the sixth of the ten pairs in order are those of 22 and 25, and of 20 and 30."""
    middle = (sqrt(22 * 25) + sqrt(20 * 30)) / 2
    past = velocity(20, 30, 25, 22, levels=Levels(0.05, 0.9))
    expected = forecast(past, 10)

    assert expected is not None
    assert expected.p15 == round(middle * exp(NormalDist().inv_cdf(0.05) * spread(past)), 1)
    assert expected.p85 == round(middle * exp(NormalDist().inv_cdf(0.9) * spread(past)), 1)


def test_from_six_sprints_on_the_own_spread_outweighs_the_pooled_one() -> None:
    """With six equal sprints, less than half of the pooled variance is left."""
    steady = velocity(*(20,) * 6)

    assert spread(steady) ** 2 / (1 + 1 / 6) < 0.5 * 0.8**2


def test_a_shift_compares_the_last_three_sprints_with_those_before() -> None:
    assert shift_of(velocity(20, 22, 18, 21, 19, 11, 12, 10)) == Shift(11, 20)
    assert shift_of(velocity(20, 22, 18, 21, 19, 21, 20, 22)) is None


def test_with_fewer_than_five_sprints_before_there_is_no_shift() -> None:
    assert shift_of(velocity(20, 22, 18, 21, 5, 5, 5)) is None
    assert shift_of(velocity()) is None


def test_a_steady_pace_shifts_only_by_more_than_a_tenth() -> None:
    """The deviation of equal sprints is 0; one point more is still no news."""
    assert shift_of(velocity(20, 20, 20, 20, 20, 21, 21, 21)) is None
    assert shift_of(velocity(20, 20, 20, 20, 20, 23, 23, 23)) == Shift(23, 20)


def test_the_chance_below_the_median_follows_from_the_low_end() -> None:
    lopsided = Range(5.0, 10.0, 30.0)

    assert chance_of(5.0, lopsided) == pytest.approx(0.85)
    assert chance_of(30.0, lopsided) == pytest.approx(0.15)


@given(st.lists(st.floats(1, 100), min_size=1, max_size=12), st.floats(0.02, 0.4), st.floats(0.6, 0.98))
def test_a_wider_level_never_gives_a_narrower_range(points: list[float], low: float, high: float) -> None:
    wide, usual_range = velocity(*points, levels=Levels(min(low, 0.15), max(high, 0.85))), velocity(*points)
    outer, inner = forecast(wide, 1), forecast(usual_range, 1)

    assert outer is not None
    assert inner is not None
    assert outer.p15 <= inner.p15 <= inner.p50 == outer.p50 <= inner.p85 <= outer.p85


def test_the_spread_can_be_computed_again_from_what_is_shown() -> None:
    points = (12, 11, 13, 12, 10)
    logs = [log(value) for value in points]
    own = fmean((value - fmean(logs)) ** 2 for value in logs)

    assert spread(velocity(*points)) == pytest.approx(sqrt((5 * own + 4 * 0.64) / 9 * (1 + 1 / 5)))
