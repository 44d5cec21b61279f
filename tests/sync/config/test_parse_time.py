"""Days, times and places as people write them."""

from datetime import time

import pytest
from holidays import registry
from hypothesis import given
from hypothesis import strategies as st

from rules.workdays import calendar_of
from sync.config.parse_time import (
    QuietHours,
    check_country,
    check_region,
    read_clock,
    read_quiet_hours,
    read_weekdays,
    read_weeks,
    write_weekdays,
    write_weeks,
)
from sync.config.places import COUNTRIES, REGIONS


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Wed", {0, 1, 2}),
        ("Mon,Wed,Fri", {0, 2, 4}),
        ("mon - tue, Thursday", {0, 1, 3}),
        ("Sat-Mon", {5, 6, 0}),
        ("Sun", {6}),
        ("Mon-Mon", {0}),
        ("Tue-Mon", {0, 1, 2, 3, 4, 5, 6}),
    ],
)
def test_weekdays_are_read(text: str, days: set[int]) -> None:
    assert read_weekdays(text) == days


@pytest.mark.parametrize(
    "text", ["", "Mon-", "-Wed", "Mon;Wed", "Montag", "Mon--Wed", "Mon-Wed-Fri", "0-4", "Mon,,Tue"]
)
def test_anything_else_is_not_a_weekday(text: str) -> None:
    with pytest.raises(ValueError, match='is not a weekday; write "Mon-Wed"'):
        read_weekdays(text)


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_weekdays_that_are_written_are_read_again(days: frozenset[int]) -> None:
    assert read_weekdays(write_weekdays(days)) == days


@pytest.mark.parametrize("text", ["24:00", "9", "09:60", "9.30", "09:00 ", "٠٩:٠٠", "-1:00"])
def test_anything_else_is_not_a_time_of_day(text: str) -> None:
    if text.strip() == "09:00":
        assert read_clock(text) == time(9)
        return
    with pytest.raises(ValueError, match="is not a time of day"):
        read_clock(text)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [("20:00-07:00", time(20), time(7)), ("12:00-13:30", time(12), time(13, 30))],
)
def test_a_span_of_hours_is_written_as_it_was_read(text: str, begin: time, end: time) -> None:
    hours = read_quiet_hours(text)

    assert hours == QuietHours(begin, end)
    assert str(hours) == text


def test_an_empty_span_is_none_and_one_without_length_a_fault() -> None:
    assert read_quiet_hours(" ") is None
    with pytest.raises(ValueError, match="begins and ends at the same time"):
        read_quiet_hours("08:00-8:00")


@pytest.mark.parametrize(
    ("country", "region"), [("", ""), ("DE", ""), ("DE", "BY"), ("DE", "Bayern"), ("US", "CA"), ("FR", "")]
)
def test_places_with_known_holidays_pass(country: str, region: str) -> None:
    assert check_region(check_country(country), region) == region


def test_the_countries_and_regions_that_need_no_calendar_are_those_of_the_calendars() -> None:
    assert {entry[1] for entry in registry.COUNTRIES.values()} == COUNTRIES
    calendars = {country: calendar_of(country) for country in COUNTRIES}
    assert {country: sorted(one.subdivisions) for country, one in calendars.items() if one.subdivisions} == {
        country: sorted(regions.split(", ")) for country, regions in REGIONS.items()
    }


@pytest.mark.parametrize(
    ("country", "guess"), [("germany", "DE"), ("Deutchland", ""), ("fr", "FR"), ("United States", "US"), ("XX", "")]
)
def test_an_unknown_country_is_reported_with_the_nearest_code(country: str, guess: str) -> None:
    with pytest.raises(ValueError, match=f'did you mean "{guess}"' if guess else "write it like"):
        check_country(country)


def test_weeks_that_alternate_are_read_and_written() -> None:
    weeks = (frozenset({0, 1, 2}), frozenset({0, 1, 2, 3}))

    assert read_weeks("Mon-Wed/Mon-Thu") == weeks
    assert write_weeks(weeks) == "Mon-Wed / Mon-Thu"
