from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from rules.capacity.days import (
    Window,
    coming_windows,
    next_sprint,
    next_window,
    team_days,
    window_of,
    with_absence,
    with_absences,
)
from rules.model import Person, Sprint, SprintState
from rules.workdays import HolidayChanges
from tests.factories import absence, person, product, snapshot, sprint, team

CHRISTMAS = Window(date(2026, 12, 21), date(2027, 1, 1))
MARCH = Window(date(2026, 3, 9), date(2026, 3, 22))


def net_days(*people: Person, window: Window = MARCH) -> float:
    return team_days(team(people=people), window, {}).net


@pytest.mark.parametrize(
    ("country", "region", "days"),
    [
        pytest.param("US", "", 8, id="united-states"),
        pytest.param("DE", "BY", 8, id="bavaria"),
        pytest.param("GB", "ENG", 7, id="england-moves-boxing-day-to-monday"),
        pytest.param("", "", 10, id="no-country"),
    ],
)
def test_public_holidays_are_those_of_country_and_region(country: str, region: str, days: float) -> None:
    assert net_days(person(country=country, region=region), window=CHRISTMAS) == days


def test_a_region_has_holidays_its_country_has_not() -> None:
    epiphany = Window(date(2026, 1, 5), date(2026, 1, 9))

    assert net_days(person(country="DE", region="BY"), window=epiphany) == 4
    assert net_days(person(country="DE"), window=epiphany) == 5


def test_a_team_in_three_countries_has_54_of_70_days() -> None:
    people = [person(f"US{n}", country="US") for n in range(3)]
    people += [person(f"GB{n}", country="GB", region="ENG") for n in range(2)]
    people += [person(f"BY{n}", country="DE", region="BY") for n in range(2)]

    days = team_days(team(people=tuple(people)), CHRISTMAS, {})

    assert (days.gross, days.net) == (70, 54)
    assert f"{days.availability - 1:.1%}" == "-22.9%"


def test_a_person_at_60_and_40_percent_gives_6_and_4_days() -> None:
    assert (net_days(person(share=0.6)), net_days(person(share=0.4))) == (6, 4)


def test_a_part_timer_works_on_the_days_of_the_pattern() -> None:
    assert net_days(person(weeks=(frozenset({0, 1, 2}),))) == 6


@pytest.mark.parametrize(
    ("first", "days"),
    [
        pytest.param(date(2026, 3, 9), 7, id="three-then-four"),
        pytest.param(date(2026, 3, 8), 7, id="any-day-of-the-week-before-is-of-the-other-week"),
        pytest.param(date(2026, 3, 13), 7, id="any-day-of-the-first-week"),
    ],
)
def test_weeks_alternate_from_the_week_that_is_given(first: date, days: float) -> None:
    turns = person(weeks=(frozenset({0, 1, 2}), frozenset({0, 1, 2, 3})), weeks_from=first)
    week = Window(date(2026, 3, 9), date(2026, 3, 15))

    assert net_days(turns) == days
    assert net_days(turns, window=week) == (4 if first == date(2026, 3, 8) else 3)


def test_weeks_alternate_over_a_new_year_with_53_weeks() -> None:
    turns = person(weeks=(frozenset({0}), frozenset({0, 1})), weeks_from=date(2026, 12, 21))
    weeks = [Window(monday, monday + timedelta(6)) for monday in (date(2026, 12, 28), date(2027, 1, 4))]

    assert [net_days(turns, window=week) for week in weeks] == [2, 1]


def test_days_before_somebody_joins_and_after_somebody_leaves_are_not_worked() -> None:
    assert net_days(person(joins=date(2026, 3, 12))) == 7
    assert net_days(person(leaves=date(2026, 3, 17))) == 7
    assert team_days(team(people=(person(joins=date(2026, 4, 1)),)), MARCH, {}).gross == 0


def test_somebody_new_does_more_every_two_weeks_from_the_day_of_joining() -> None:
    new = person(joins=date(2026, 3, 11), ramp_up=(0.25, 0.5))
    windows = [
        Window(monday, monday + timedelta(6)) for monday in (date(2026, 3, 9), date(2026, 3, 23), date(2026, 4, 6))
    ]

    # From Wednesday: 3 days of 25 %; then two days of 25 % and three of 50 %; then two of 50 % and three whole ones.
    assert [net_days(new, window=window) for window in windows] == [0.75, 2, 4]


def test_somebody_who_leaves_hands_over_in_the_last_two_weeks() -> None:
    leaver = person(leaves=date(2026, 3, 24), handover=0.5)

    assert net_days(leaver) == 2 + 8 * 0.5  # the last two weeks begin on Wednesday 11 March


def test_a_mentor_has_less_time_while_somebody_new_is_here_and_does_at_most_half() -> None:
    new = person("Di", joins=date(2026, 3, 9), ramp_up=(0.5, 0.75), mentor="Bo", mentoring=0.2, absences=(absence(),))
    crew = team(people=(person("Bo"), new))
    bo, di = team_days(crew, MARCH, {}).people
    later = team_days(crew, Window(date(2026, 3, 23), date(2026, 4, 5)), {})

    assert (round(bo.mentoring, 6), round(bo.net, 6)) == (1.8, 8.2)
    assert (di.away, di.ramp_up, di.net) == (1, 4.5, 4.5)
    assert (later.net, later.people[0].mentoring) == (10 + 7.5, 0)


def test_whoever_is_new_attends_the_meetings_as_a_whole() -> None:
    (days,) = team_days(team(people=(person(joins=date(2026, 3, 9), ramp_up=(0.25,)),)), MARCH, {}).people

    assert (days.here, days.net) == (10, 2.5)


def test_an_absence_over_the_border_counts_in_both_sprints_and_weekends_cost_nothing() -> None:
    away = person(absences=(absence(date(2026, 3, 19), date(2026, 3, 24)),))
    second = Window(date(2026, 3, 23), date(2026, 4, 5))

    assert (net_days(away), net_days(away, window=second)) == (8, 8)


def test_a_half_day_costs_half() -> None:
    assert net_days(person(absences=(absence(date(2026, 3, 10), fraction=0.5),))) == 9.5


def test_a_holiday_inside_a_vacation_is_not_counted_twice() -> None:
    away = person(country="US", absences=(absence(date(2026, 12, 24), date(2026, 12, 28)),))
    days = team_days(team(people=(away,)), CHRISTMAS, {})

    assert days.net == 6  # 24 and 28 December and the two holidays are off
    assert (days.people[0].holiday, days.people[0].away) == (2, 2)
    assert days.people[0].free == (date(2026, 12, 25), date(2027, 1, 1))


def test_overlapping_absences_are_one() -> None:
    twice = (absence(date(2026, 3, 9), date(2026, 3, 11)), absence(date(2026, 3, 11), date(2026, 3, 12)))

    assert net_days(person(absences=(*twice, absence(date(2026, 3, 11), fraction=0.5)))) == 6


def test_nobody_works_on_a_team_day_off() -> None:
    off = team(people=(person("Bo"), person("Cy", share=0.5)), days_off=frozenset({date(2026, 3, 10)}))

    assert team_days(off, MARCH, {}).net == 13.5


def test_a_company_adds_and_removes_holidays_and_the_narrowest_place_wins() -> None:
    changes = {
        "*": HolidayChanges(add=frozenset({date(2026, 12, 24)})),
        "DE": HolidayChanges(add=frozenset({date(2026, 12, 31)})),
        "DE-BY": HolidayChanges(remove=frozenset({date(2026, 12, 24), date(2026, 12, 25)})),
    }
    munich = team(people=(person(country="DE", region="BY"),))

    assert team_days(munich, CHRISTMAS, changes).people[0].free == (date(2026, 12, 31), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("end", "last"),
    [
        pytest.param(datetime(2026, 3, 23, 9, 0, tzinfo=UTC), date(2026, 3, 22), id="same-time-two-weeks-later"),
        pytest.param(datetime(2026, 3, 23, 10, 30, tzinfo=UTC), date(2026, 3, 22), id="begun-a-little-early"),
        pytest.param(datetime(2026, 3, 20, 17, 0, tzinfo=UTC), date(2026, 3, 20), id="friday-evening"),
        pytest.param(datetime(2026, 3, 22, 23, 59, tzinfo=UTC), date(2026, 3, 22), id="sunday-midnight"),
    ],
)
def test_a_two_week_sprint_has_ten_weekdays_however_its_end_is_written(end: datetime, last: date) -> None:
    window = window_of(sprint(start=datetime(2026, 3, 9, 9, 0, tzinfo=UTC), end=end))

    assert window == Window(date(2026, 3, 9), last)
    assert window.weekdays == 10


def test_the_first_day_is_the_one_in_the_zone_asked_for() -> None:
    late = sprint(start=datetime(2026, 3, 8, 23, 0, tzinfo=UTC), end=datetime(2026, 3, 22, 23, 0, tzinfo=UTC))

    assert window_of(late, "Europe/Berlin") == Window(date(2026, 3, 9), date(2026, 3, 22))
    assert window_of(late) == Window(date(2026, 3, 8), date(2026, 3, 21))


def test_a_clock_change_inside_a_sprint_costs_no_day() -> None:
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    across = sprint(start=datetime(2026, 10, 19, 9, 0, tzinfo=summer), end=datetime(2026, 11, 2, 9, 0, tzinfo=winter))

    window = window_of(across, "Europe/Berlin")

    assert window is not None
    assert window.weekdays == 10


@pytest.mark.parametrize("days", [0, -3, 367, 300_000])
def test_a_sprint_that_ends_before_it_begins_or_only_in_years_has_no_usable_days(days: int) -> None:
    start = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)

    assert window_of(sprint(start=start, end=start + timedelta(days=days))) is None


def test_a_sprint_without_dates_follows_the_running_one_for_the_teams_usual_length() -> None:
    running = sprint("7", SprintState.ACTIVE)  # until 8 March
    world = snapshot(sprints=(running, sprint("8", start=None)))
    (only,) = world.product.teams

    assert next_window(world, only, next_sprint(world, only)) == Window(
        date(2026, 3, 9), date(2026, 3, 20), assumed=True
    )


def month(sprint_id: str, state: SprintState, first: datetime, last: datetime) -> Sprint:
    return sprint(sprint_id, state, start=first, end=last)


JANUARY = month("7", SprintState.ACTIVE, datetime(2026, 1, 1, 9, tzinfo=UTC), datetime(2026, 1, 30, 17, tzinfo=UTC))
FEBRUARY = month("8", SprintState.FUTURE, datetime(2026, 2, 2, 9, tzinfo=UTC), datetime(2026, 2, 27, 17, tzinfo=UTC))


def windows(*sprints: Sprint) -> list[tuple[date, date]]:
    world = snapshot(sprints=sprints)
    (only,) = world.product.teams
    return [(window.first, window.last) for _, window in coming_windows(world, only)]


def test_sprints_of_a_month_are_followed_by_months() -> None:
    """From the first to the last working day: 22, 20, 22 and 22 weekdays."""
    undated = [sprint(str(number), start=None) for number in (9, 10)]

    assert windows(JANUARY, FEBRUARY, *undated) == [
        (date(2026, 2, 2), date(2026, 2, 27)),
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 30)),
    ]


def test_a_month_may_begin_on_any_day_that_every_month_has() -> None:
    running = month("7", SprintState.ACTIVE, datetime(2026, 2, 16, 9, tzinfo=UTC), datetime(2026, 3, 16, 9, tzinfo=UTC))
    before = month("6", SprintState.CLOSED, datetime(2026, 1, 16, 9, tzinfo=UTC), datetime(2026, 2, 16, 9, tzinfo=UTC))

    assert windows(before, running, sprint("8", start=None)) == [(date(2026, 3, 16), date(2026, 4, 15))]


def test_four_weeks_in_february_are_a_month_only_after_other_months() -> None:
    """1 to 28 February 2027 is both; 31 days of January before it say which."""
    begin = datetime(2027, 2, 1, 9, tzinfo=UTC)
    four_weeks = month("8", SprintState.ACTIVE, begin, begin + timedelta(days=28))
    before = month("7", SprintState.CLOSED, datetime(2027, 1, 1, 9, tzinfo=UTC), datetime(2027, 1, 31, 9, tzinfo=UTC))
    undated = sprint("9", start=None)

    assert windows(four_weeks, undated) == [(date(2027, 3, 1), date(2027, 3, 26))]
    assert windows(before, four_weeks, undated) == [(date(2027, 3, 1), date(2027, 3, 31))]


@pytest.mark.parametrize("days", [3, 5, 7, 8, 10, 12, 14, 18, 21, 28, 42])
def test_a_sprint_of_any_length_is_followed_by_one_of_as_many_weekdays(days: int) -> None:
    begin = datetime(2026, 2, 18, 9, tzinfo=UTC)
    running = sprint("7", SprintState.ACTIVE, start=begin, end=begin + timedelta(days=days))
    length = Window(begin.date(), begin.date() + timedelta(days=days - 1)).weekdays
    ((first, last),) = windows(running, sprint("8", start=None))

    assert Window(first, last).weekdays == length
    assert date(2026, 2, 17) + timedelta(days=days) < first


def test_a_board_without_future_sprints_is_planned_from_the_day_of_the_snapshot() -> None:
    world = snapshot(product=product(team(sprint_days=5)))
    (only,) = world.product.teams

    assert next_sprint(world, only) is None
    assert next_window(world, only, None) == Window(date(2026, 3, 2), date(2026, 3, 6), assumed=True)


def test_the_next_sprint_is_the_earliest_and_never_a_parking_lot() -> None:
    parking_lot = sprint("3", start=None, name="To be scheduled")
    later = sprint("21", start=datetime(2026, 4, 6, 9, 0, tzinfo=UTC))
    world = snapshot(sprints=(sprint("20", SprintState.ACTIVE), parking_lot, later, sprint("22", start=None)))
    (only,) = world.product.teams

    found = next_sprint(world, only)

    assert found is not None
    assert found.id == "21"
    undated = snapshot(sprints=(sprint("20", SprintState.ACTIVE), parking_lot, sprint("22", start=None)))
    found = next_sprint(undated, only)
    assert found is not None
    assert found.id == "22"


def test_a_what_if_absence_reaches_a_person_in_every_team() -> None:
    shop = product(
        team("A", people=(person("Bo", share=0.6),)), team("B", people=(person("Bo", share=0.4), person("Cy")))
    )

    changed = with_absence(shop, " bo ", date(2026, 3, 9), date(2026, 3, 10))

    assert [team_days(t, MARCH, {}).net for t in changed.teams] == [4.8, 13.2]
    assert [team_days(t, MARCH, {}).net for t in shop.teams] == [6, 14]


def test_a_what_if_finds_a_name_in_another_unicode_form() -> None:
    changed = with_absence(product(team(people=(person("Zoé"),))), "Zoe\u0301", date(2026, 3, 9), date(2026, 3, 9))

    assert [len(one.absences) for one in changed.teams[0].people] == [1]


def test_a_what_if_about_nobody_names_the_people_there_are() -> None:
    with pytest.raises(LookupError, match=r"no team has a person called 'Zoe'; the names are Bo, Cy"):
        with_absence(product(), "Zoe", date(2026, 3, 9), date(2026, 3, 10))


def test_a_what_if_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(LookupError, match="ends on 2026-03-09, before it begins on 2026-03-10"):
        with_absence(product(), "Bo", date(2026, 3, 10), date(2026, 3, 9))


def test_absences_of_unknown_people_change_nothing() -> None:
    assert with_absences(product(), {"Zoe": [absence()]}) == product()
