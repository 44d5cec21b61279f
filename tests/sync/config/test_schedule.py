"""When runs start, as people write it."""

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from rules.planning.lead_time import PlanningLeadTime
from sync.config.schedule import BeforePlanning, Cron, Every, Schedule, check_zone, read_before_planning, read_repeat
from sync.worker import trigger_of
from tests.thorough import scaled

UTC = ZoneInfo("UTC")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "repeat"),
    [
        ("every 15 minutes", Every(15, "minute")),
        ("every minute", Every(1, "minute")),
        ("every 2 hours", Every(2, "hour")),
        ("every hour", Every(1, "hour")),
        ("every day", Every(1, "day")),
        ("0 7 * * mon-fri", Cron("0", "7", "*", "*", "mon-fri")),
        ("*/10 8-18/2 * jan-mar,12 Sat", Cron("*/10", "8-18/2", "*", "jan-mar,12", "sat")),
        ("0 0 1-31/30 * *", Cron("0", "0", "1-31/30", "*", "*")),
        ("59 23 31 12 *", Cron("59", "23", "31", "12", "*")),
        ("0 7 29 2 *", Cron("0", "7", "29", "2", "*")),
        ("0 7 30 2,4 *", Cron("0", "7", "30", "2,4", "*")),
    ],
)
def test_a_schedule_is_read_and_written_as_it_was(text: str, repeat: Every | Cron) -> None:
    assert read_repeat(text) == repeat
    assert str(repeat) == text.lower()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "is not a schedule"),
        ("every 0 minutes", "must count from 1"),
        ("every 15 mins", "is not a schedule"),
        ("every other day", "is not a schedule"),
        ("15 minutes", "is not a schedule"),
        ("60 7 * * *", 'minute "60"'),
        ("0 24 * * *", 'hour "24"'),
        ("0 7 0 * *", 'day of the month "0"'),
        ("0 7 * 13 *", 'month "13"'),
        ("0 7 * * 1-5", 'weekday "1-5"'),
        ("0 7 * * fri-mon", 'weekday "fri-mon"'),
        ("*/60 7 * * *", 'minute "*/60"'),
        ("5/10 7 * * *", 'minute "5/10"'),
        ("1,,2 7 * * *", 'minute "1,,2"'),
        ("* * * * * *", "is not a schedule"),
        ("0 7 1 * mon", "names a day of the month and a weekday"),
        ("0 7 */2 * mon", "names a day of the month and a weekday"),
        ("0 7 31 2 *", 'is a date that never comes: no month "2" has a day 31'),
        ("0 7 31 apr,jun *", 'is a date that never comes: no month "apr,jun" has a day 31'),
        ("0 7 30-31 feb *", 'is a date that never comes: no month "feb" has a day 30'),
    ],
)
def test_anything_else_is_not_a_schedule(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=re.escape(wrong)):
        read_repeat(text)


PART = st.one_of(
    st.just("*"),
    st.integers(0, 70).map(str),
    st.tuples(st.integers(0, 40), st.integers(0, 70)).map(lambda ends: f"{ends[0]}-{ends[1]}"),
    st.tuples(st.sampled_from(["*", "1-20", "3"]), st.integers(0, 70)).map(lambda step: f"{step[0]}/{step[1]}"),
    st.sampled_from(["mon", "jan", "mon-fri", "feb-jun", "sun-mon", "l", "?"]),
)


@given(st.lists(st.lists(PART, min_size=1, max_size=2).map(",".join), min_size=5, max_size=5).map(" ".join))
@hypothesis_settings(max_examples=scaled(100, 400), deadline=None)
def test_every_schedule_that_is_read_has_a_next_run(text: str) -> None:
    try:
        repeat = read_repeat(text)
    except ValueError:
        return
    assert trigger_of(Schedule(repeat=repeat, zone=UTC)).get_next_fire_time(None, FIRST) is not None


def test_a_schedule_says_how_long_before_a_sprint_its_planning_is_prepared() -> None:
    asked = Schedule(repeat=Every(1, "day"), zone=UTC, before_planning=BeforePlanning(3, time(8, 30)))
    usual = Schedule(repeat=Every(1, "day"), zone=UTC)

    assert asked.lead_time({}) == PlanningLeadTime(working_days=3, at=time(8, 30), zone=UTC)
    assert usual.lead_time({}) == PlanningLeadTime(working_days=2, at=time(9), zone=UTC)
    assert str(usual) == "every day (UTC)"


def test_the_moment_before_planning_is_read() -> None:
    moment = BeforePlanning(working_days=2, at=time(9))

    assert read_before_planning("2 working days before sprint start at 09:00") == moment
    assert read_before_planning(str(moment)) == moment
    assert read_before_planning("1 Working Day  before sprint start at 7:30") == BeforePlanning(1, time(7, 30))
    assert read_before_planning("") is None


@pytest.mark.parametrize(
    "text",
    [
        "2 days before sprint start at 09:00",
        "0 working days before sprint start at 09:00",
        "21 working days before sprint start at 09:00",
        "2 working days before sprint start",
        "2 working days before sprint start at 25:00",
    ],
)
def test_a_moment_that_is_not_understood_is_reported(text: str) -> None:
    with pytest.raises(ValueError, match=r"write it like"):
        read_before_planning(text)


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("Europe/Berln", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("MEZ-1", ""),
        ("../../etc/passwd", ""),
        ("", ""),
        ("a\0b", ""),
    ],
)
def test_an_unknown_zone_is_reported_with_the_nearest(name: str, guess: str) -> None:
    with pytest.raises(ValueError, match=f'did you mean "{guess}"' if guess else "is not a time zone"):
        check_zone(name)
