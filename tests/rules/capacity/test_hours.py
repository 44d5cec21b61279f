from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.capacity.days import TeamDays, Window, team_days
from rules.capacity.hours import meeting_hours, planning_timebox, team_hours
from rules.capacity.options import CapacityOptions
from tests.factories import absence, person, team

MARCH = Window(date(2026, 3, 9), date(2026, 3, 22))


def weeks(number: int) -> Window:
    return Window(date(2026, 3, 2), date.fromordinal(date(2026, 3, 2).toordinal() + 7 * number - 1))


@pytest.fixture
def five_with_two_away() -> TeamDays:
    """35 of 50 person-days: the two who are away lose 7.5 days each."""
    half = (absence(date(2026, 3, 9), date(2026, 3, 17)), absence(date(2026, 3, 18), fraction=0.5))
    people = (*(person(f"P{n}") for n in range(3)), person("Di", absences=half), person("Ed", absences=half))
    return team_days(team(people=people), MARCH, {})


def test_top_down_is_available_hours_times_focus(five_with_two_away: TeamDays) -> None:
    assert team_hours(five_with_two_away, CapacityOptions()).plannable == 210


def test_a_full_working_day_has_as_many_hours_as_configured(five_with_two_away: TeamDays) -> None:
    hours = team_hours(five_with_two_away, CapacityOptions(hours_per_day=7.0))

    assert (hours.available, hours.plannable) == (245, 183.75)


def test_bottom_up_takes_off_meetings_refinement_and_the_unplanned(five_with_two_away: TeamDays) -> None:
    hours = team_hours(five_with_two_away, CapacityOptions(hours_mode="bottom-up"))

    assert hours.plannable == 201.6  # (280 - 35 - 21) * 0.9
    assert hours.other == 210


def test_meetings_of_two_weeks_take_ten_hours_of_each_person() -> None:
    assert meeting_hours(MARCH) == 10


def test_a_part_timer_sits_in_every_meeting() -> None:
    part = team_days(team(people=(person(share=0.6),)), MARCH, {})
    options = CapacityOptions(hours_mode="bottom-up", refinement_share=0, unplanned_share=0)

    assert team_hours(part, options).plannable == 38  # 48 h less the same 10 h a full-timer spends


@pytest.mark.parametrize(("number", "hours"), [(1, 2), (2, 4), (3, 6), (4, 8), (5, 8)])
def test_sprint_planning_takes_two_hours_a_week_and_eight_at_most(number: int, hours: float) -> None:
    assert planning_timebox(weeks(number)) == hours


def test_a_calendar_month_has_the_timebox_of_four_weeks() -> None:
    assert planning_timebox(Window(date(2026, 3, 1), date(2026, 3, 31))) == 8


def test_a_refinement_reserve_outside_the_buffer_is_taken_off_first(five_with_two_away: TeamDays) -> None:
    hours = team_hours(five_with_two_away, CapacityOptions(refinement="outside", refinement_share=0.1))

    assert hours.refinement == 28
    assert hours.plannable == 189  # (280 - 28) * 0.75


def test_a_team_without_people_has_no_hours() -> None:
    assert team_hours(team_days(team(people=()), MARCH, {}), CapacityOptions()).plannable == 0


def test_the_buffer_is_divided_by_its_categories(five_with_two_away: TeamDays) -> None:
    options = CapacityOptions(buffer={"meetings": 0.10, "reviews": 0.05, "bugs": 0.07, "interruptions": 0.03})

    assert team_hours(five_with_two_away, options).buffer == (
        ("meetings", 28),
        ("reviews", 14),
        ("bugs", 19.6),
        ("interruptions", 8.4),
    )
    assert team_hours(five_with_two_away, CapacityOptions()).buffer == ()


@given(
    weights=st.lists(st.integers(1, 99), min_size=1, max_size=6),
    focus=st.sampled_from([0.70, 0.72, 0.75, 0.777, 0.80]),
    shares=st.lists(st.sampled_from([1.0, 0.6, 1 / 3]), min_size=1, max_size=5),
    outside=st.booleans(),
)
def test_plannable_hours_and_the_categories_of_the_buffer_add_up_to_all_hours(
    weights: list[int],
    focus: float,
    shares: list[float],
    outside: bool,  # noqa: FBT001 - a column
) -> None:
    buffer = {f"c{n}": (1 - focus) * weight / sum(weights) for n, weight in enumerate(weights)}
    options = CapacityOptions(buffer=buffer, focus=focus, refinement="outside" if outside else "inside")
    people = tuple(person(f"P{n}", share=share) for n, share in enumerate(shares))
    hours = team_hours(team_days(team(people=people), MARCH, {}), options)
    shown = [hours.plannable, *(part for _, part in hours.buffer), *([hours.refinement] if outside else [])]

    assert sum(round(10 * round(part, 1)) for part in shown) == round(10 * round(hours.available, 1))
