"""Versions, milestones and iterations as sprints: both their days belong to them."""

from datetime import date

import pytest

from rules.capacity.days import window_of
from sync.trackers.dated_sprints import TimeBox, read_sprints


@pytest.mark.parametrize(
    "zone", ["", "UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "Pacific/Honolulu"]
)
@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(date(2026, 12, 7), date(2026, 12, 18), id="two weeks"),
        pytest.param(date(2026, 10, 19), date(2026, 10, 30), id="to winter time"),
        pytest.param(date(2026, 3, 23), date(2026, 4, 3), id="to summer time"),
        pytest.param(date(2026, 12, 28), date(2027, 1, 8), id="a new year"),
        pytest.param(date(2026, 12, 7), date(2026, 12, 7), id="one day"),
    ],
)
def test_the_first_and_the_last_day_belong_to_a_sprint(first: date, last: date, zone: str) -> None:
    (sprint,) = read_sprints([TimeBox(id="1", name="One", first=first, last=last)], 1, date(2026, 1, 1), 14)

    window = window_of(sprint, zone)

    assert window is not None
    assert (window.first, window.last) == (first, last)
