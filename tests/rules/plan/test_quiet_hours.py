from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.plan.quiet_hours import QuietTime

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietTime(begin=time(20), end=time(7), zone=BERLIN)
NOON = QuietTime(begin=time(12), end=time(13), zone=BERLIN)


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (NIGHT, datetime(2026, 3, 2, 19, 59, tzinfo=BERLIN), None),
        (NIGHT, datetime(2026, 3, 2, 20, 0, tzinfo=BERLIN), datetime(2026, 3, 3, 7, 0, tzinfo=BERLIN)),
        (NIGHT, datetime(2026, 3, 3, 6, 59, tzinfo=BERLIN), datetime(2026, 3, 3, 7, 0, tzinfo=BERLIN)),
        (NIGHT, datetime(2026, 3, 3, 7, 0, tzinfo=BERLIN), None),
        (NOON, datetime(2026, 3, 2, 12, 30, tzinfo=BERLIN), datetime(2026, 3, 2, 13, 0, tzinfo=BERLIN)),
        (NOON, datetime(2026, 3, 2, 11, 30, tzinfo=UTC), datetime(2026, 3, 2, 13, 0, tzinfo=BERLIN)),
        (NIGHT, datetime(2026, 3, 28, 23, 0, tzinfo=UTC), datetime(2026, 3, 29, 7, 0, tzinfo=BERLIN)),
    ],
    ids=["before", "begin", "past midnight", "end", "at noon", "another zone", "clocks go forward"],
)
def test_quiet_ends_at_the_local_time_that_was_asked_for(
    quiet: QuietTime, now: datetime, until: datetime | None
) -> None:
    assert quiet.until(now) == until


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    begin=st.times(),
    end=st.times(),
)
def test_the_end_of_quiet_is_never_quiet_itself_and_less_than_two_days_off(
    now: datetime, begin: time, end: time
) -> None:
    begin, end = (clock.replace(second=0, microsecond=0) for clock in (begin, end))
    quiet = QuietTime(begin=begin, end=end, zone=UTC)
    until = quiet.until(now) if begin != end else None

    if until is not None:
        assert now < until
        assert (until - now).total_seconds() <= 24 * 3600
        assert quiet.until(until) is None
