"""Which days are worked, and counting back over them."""

from datetime import date

import pytest

from rules.model import Person, Team
from rules.workdays import is_worked, working_days_before

NOBODY = Team(name="Payments", board=12)
MONDAY = date(2026, 3, 9)


@pytest.mark.parametrize(("count", "day"), [(0, MONDAY), (1, date(2026, 3, 6)), (3, date(2026, 3, 4))])
def test_working_days_are_counted_back_over_the_weekend(count: int, day: date) -> None:
    """A team without people works from Monday to Friday."""
    assert working_days_before(MONDAY, count, lambda day: is_worked(NOBODY, day, {})) == day


def test_a_day_off_of_the_team_and_a_public_holiday_are_not_counted() -> None:
    """Epiphany is a holiday in Bavaria; the Thursday after it is the team's own day off."""
    team = Team(
        name="Payments",
        board=12,
        people=(Person(name="Bo", country="DE", region="BY"),),
        days_off=frozenset({date(2027, 1, 7)}),
    )
    assert working_days_before(date(2027, 1, 8), 1, lambda day: is_worked(team, day, {})) == date(2027, 1, 5)


def test_a_team_that_never_works_is_not_waited_for() -> None:
    """The search ends after a year."""
    assert working_days_before(MONDAY, 1, lambda _: False) == date(2025, 3, 8)
