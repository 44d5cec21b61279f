"""The eve of a planning: row H1 of the requirements, with clocks that change and days nobody works."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.model import SprintState
from rules.planning.lead_time import PlanningLeadTime, lead_times
from rules.workdays import HolidayChanges
from tests.factories import issue, person, product, snapshot, sprint, team

BERLIN = ZoneInfo("Europe/Berlin")
NINE = PlanningLeadTime(working_days=2, at=time(9), zone=BERLIN)
GERMANS = team(people=(person("Bo", country="DE"), person("Cy", country="DE")))
TUESDAY_AFTER_EASTER = datetime(2026, 4, 7, 10, 0, tzinfo=BERLIN)


def test_days_nobody_works_do_not_count() -> None:
    """Easter Monday and Good Friday 2026 are public holidays: two working days before Tuesday is the Wednesday."""
    assert NINE.of(GERMANS, TUESDAY_AFTER_EASTER) == datetime(2026, 4, 1, 9, 0, tzinfo=BERLIN)


def test_one_colleague_at_work_makes_a_working_day() -> None:
    mixed = replace(GERMANS, people=(*GERMANS.people, person("Di", country="US")))

    assert NINE.of(mixed, TUESDAY_AFTER_EASTER) == datetime(2026, 4, 3, 9, 0, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("changed", "day"),
    [
        (replace(GERMANS, people=()), date(2026, 4, 3)),
        (replace(GERMANS, days_off=frozenset({date(2026, 4, 1)})), date(2026, 3, 31)),
        (team(people=(person(weeks=(frozenset({0}),)),)), date(2026, 3, 30)),
        (team(people=(person(weeks=(frozenset(),)),)), date(2025, 4, 6)),
    ],
    ids=["nobody named", "a day off of the team", "Mondays only", "never: no more than a year"],
)
def test_the_team_decides_what_a_working_day_is(changed: object, day: date) -> None:
    assert NINE.of(changed, TUESDAY_AFTER_EASTER).date() == day  # type: ignore[arg-type]


def test_the_companys_own_days_count_as_holidays() -> None:
    own = replace(NINE, holidays={"*": HolidayChanges(add=frozenset({date(2026, 4, 1)}))})

    assert own.of(GERMANS, TUESDAY_AFTER_EASTER) == datetime(2026, 3, 31, 9, 0, tzinfo=BERLIN)


def test_nine_is_nine_on_either_side_of_the_change_of_clocks() -> None:
    """Clocks go forward on 29 March 2026: 09:00 is 08:00 UTC before and 07:00 UTC after."""
    monday, thursday = (datetime(2026, 3, 30, 9, 0, tzinfo=BERLIN), datetime(2026, 4, 2, 9, 0, tzinfo=BERLIN))

    assert NINE.of(team(), monday).astimezone(UTC) == datetime(2026, 3, 26, 8, 0, tzinfo=UTC)
    assert NINE.of(team(), thursday).astimezone(UTC) == datetime(2026, 3, 31, 7, 0, tzinfo=UTC)


def test_it_comes_exactly_once_over_a_change_of_clocks_and_a_holiday() -> None:
    """Runs every quarter of an hour, each planning again: one of them is the first within the lead time."""
    box = sprint("7", start=TUESDAY_AFTER_EASTER)
    world = snapshot(issue(), product=product(GERMANS), sprints=(box,))
    now = datetime(2026, 3, 27, 0, 7, tzinfo=UTC)
    fired: list[datetime] = []
    waiting: tuple[datetime, ...] = ()
    while now < TUESDAY_AFTER_EASTER:
        fired += [moment for moment in waiting if moment <= now]
        waiting = lead_times(replace(world, taken_at=now), NINE)
        now += timedelta(minutes=15)

    assert fired == [datetime(2026, 4, 1, 7, 0, tzinfo=UTC)]


def test_teams_that_plan_together_share_a_lead_time_and_past_plannings_do_not_count() -> None:
    start = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    other = team("Search", board=13)
    boxes = (
        sprint("7", start=start),
        sprint("8", start=start, board=13),
        sprint("9", start=start + timedelta(days=14)),
        sprint("10", start=None),
        sprint("6", SprintState.ACTIVE),
        sprint("11", start=datetime(2026, 3, 3, 9, 0, tzinfo=UTC)),
    )

    found = lead_times(
        snapshot(product=product(team(), other), sprints=boxes), PlanningLeadTime(working_days=2, at=time(9))
    )

    assert [moment.date() for moment in found] == [date(2026, 3, 5), date(2026, 3, 19)]
