"""When passes run, as people write it."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sync.config.schedule import BeforePlanning, check_pass, check_zone, read_before_planning
from sync.errors import ConfigError
from sync.worker import trigger_of

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize(
    "text",
    [
        "every 15 minutes",
        "every minute",
        "every 2 hours",
        "every hour",
        "every day",
        "0 7 * * mon-fri",
        "*/10 8-18/2 1,15 jan-mar,12 Sat",
        "0 0 1-31/30 * *",
        "59 23 31 12 *",
    ],
)
def test_schedules_pass_and_the_worker_understands_them(text: str) -> None:
    assert check_pass(text) == text
    assert trigger_of(text, UTC)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "is no schedule"),
        ("every 0 minutes", "must count from 1"),
        ("every 15 mins", "is no schedule"),
        ("every other day", "is no schedule"),
        ("15 minutes", "is no schedule"),
        ("60 7 * * *", 'the minute "60"'),
        ("0 24 * * *", 'the hour "24"'),
        ("0 7 0 * *", 'the day of the month "0"'),
        ("0 7 * 13 *", 'the month "13"'),
        ("0 7 * * 1-5", 'the weekday "1-5"'),
        ("0 7 * * fri-mon", 'the weekday "fri-mon"'),
        ("*/60 7 * * *", 'the minute "*/60"'),
        ("5/10 7 * * *", 'the minute "5/10"'),
        ("1,,2 7 * * *", 'the minute "1,,2"'),
        ("* * * * * *", "is no schedule"),
    ],
)
def test_what_is_no_schedule_is_reported(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong.replace("*", r"\*")):
        check_pass(text)


PART = st.one_of(
    st.just("*"),
    st.integers(0, 70).map(str),
    st.tuples(st.integers(0, 40), st.integers(0, 70)).map(lambda ends: f"{ends[0]}-{ends[1]}"),
    st.tuples(st.sampled_from(["*", "1-20", "3"]), st.integers(0, 70)).map(lambda step: f"{step[0]}/{step[1]}"),
    st.sampled_from(["mon", "jan", "mon-fri", "feb-jun", "sun-mon", "l", "?"]),
)


@given(st.lists(st.lists(PART, min_size=1, max_size=2).map(",".join), min_size=5, max_size=5).map(" ".join))
@hypothesis_settings(max_examples=400)
def test_whatever_passes_here_is_understood_by_the_worker(text: str) -> None:
    try:
        check_pass(text)
    except ValueError:
        return
    trigger_of(text, UTC)


def test_the_worker_refuses_what_is_refused_here() -> None:
    with pytest.raises(ConfigError):
        trigger_of("every 15 mins", UTC)


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
    with pytest.raises(ValueError, match=f'did you mean "{guess}"' if guess else "is no time zone"):
        check_zone(name)
