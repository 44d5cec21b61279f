"""Who is here on which day of a sprint."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.capacity.calendar import Presence, by_day, calendar_of
from rules.capacity.days import Window, team_days
from rules.model import Person
from rules.workdays import HolidayChanges
from tests.factories import absence, person, team

SPRINT = Window(date(2026, 3, 9), date(2026, 3, 20))
FIRST, SECOND = date(2026, 3, 9), date(2026, 3, 10)


def test_each_day_says_whether_the_person_is_here_without_the_reason() -> None:
    bo = person(
        "Bo",
        share=0.5,
        weeks=(frozenset({0, 1, 2, 3}),),
        absences=(absence(FIRST), absence(SECOND, fraction=0.5)),
    )
    changes = {"*": HolidayChanges(add=(date(2026, 3, 11),))}
    (one,) = calendar_of(team(people=(bo,)), SPRINT, changes)

    assert [(day.day.day, day.presence, day.days) for day in one.days[:4]] == [
        (9, Presence.AWAY, 0.0),
        (10, Presence.PARTLY, 0.25),
        (11, Presence.HOLIDAY, 0.0),
        (12, Presence.HERE, 0.5),
    ]
    assert [day.day.day for day in one.days] == [9, 10, 11, 12, 16, 17, 18, 19]


def test_a_day_that_only_others_work_is_shown_as_not_worked() -> None:
    both = team(people=(person("Bo"), person("Cy", weeks=(frozenset({0}),))))
    _, cy = calendar_of(both, SPRINT, {})

    assert [day.presence for day in cy.days[:2]] == [Presence.HERE, Presence.OFF]


def test_a_day_of_somebody_new_is_what_is_left_of_it() -> None:
    new = person("Di", joins=FIRST, ramp_up=(0.25,), mentor="Bo", mentoring=0.2)
    bo, di = calendar_of(team(people=(person("Bo"), new)), SPRINT, {})

    assert [(one.days[0].presence, one.days[0].days) for one in (bo, di)] == [
        (Presence.HERE, 0.8),
        (Presence.HERE, 0.25),
    ]


DAYS = st.dates(date(2026, 3, 2), date(2026, 3, 27))
ABSENCES = st.lists(st.builds(absence, DAYS, fraction=st.sampled_from([0.5, 1.0])), max_size=4)


WEEKS = st.lists(st.frozensets(st.integers(0, 6)), min_size=1, max_size=3).map(tuple)
PEOPLE = st.builds(
    person,
    st.sampled_from(["Bo", "Cy", "Di"]),
    share=st.sampled_from([1.0, 0.6, 0.5, 1 / 3]),
    weeks=WEEKS,
    absences=ABSENCES.map(tuple),
    joins=st.none() | st.dates(date(2026, 2, 2), date(2026, 3, 27)),
    leaves=st.none() | st.dates(date(2026, 3, 2), date(2026, 4, 27)),
    ramp_up=st.lists(st.sampled_from([0.25, 0.5, 0.75]), max_size=3).map(tuple),
    handover=st.sampled_from([0.5, 1.0]),
    mentor=st.sampled_from(["", "Bo", "Cy"]),
    mentoring=st.sampled_from([0.0, 0.15, 0.2]),
    country=st.sampled_from(["", "DE", "US"]),
)


@given(people=st.lists(PEOPLE, min_size=1, max_size=4))
def test_the_days_add_up_to_the_capacity(people: list[Person]) -> None:
    crew = team(people=tuple(people))
    calendar, days = calendar_of(crew, SPRINT, {}), team_days(crew, SPRINT, {})

    assert [one.total for one in calendar] == [pytest.approx(one.net, abs=1e-4) for one in days.people]
    assert (sum(by_day(calendar)) if calendar[0].days else 0) == pytest.approx(days.net, abs=1e-4)
    for one in days.people:
        assert one.gross == pytest.approx(one.net + one.holiday + one.away + one.ramp_up + one.mentoring, abs=1e-4)
        assert min(one.net, one.holiday, one.away, one.ramp_up, one.mentoring) >= 0


def test_the_share_of_a_person_is_that_of_a_whole_day() -> None:
    half, nobody = calendar_of(team(people=(person("Bo", share=0.5), person("Cy", weeks=(frozenset(),)))), SPRINT, {})
    assert (half.share, nobody.share) == (0.5, 0.0)
