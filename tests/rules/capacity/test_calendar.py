"""Who is here on which day of a sprint."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rules.capacity.calendar import Presence, by_day, calendar_of
from rules.capacity.days import Window, team_days
from rules.workdays import HolidayChanges
from tests.factories import absence, person, team

SPRINT = Window(date(2026, 3, 9), date(2026, 3, 20))
FIRST, SECOND = date(2026, 3, 9), date(2026, 3, 10)


def test_each_day_says_whether_the_person_is_here_without_the_reason() -> None:
    bo = person(
        "Bo",
        share=0.5,
        weekdays=frozenset({0, 1, 2, 3}),
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
    both = team(people=(person("Bo"), person("Cy", weekdays=frozenset({0}))))
    _, cy = calendar_of(both, SPRINT, {})

    assert [day.presence for day in cy.days[:2]] == [Presence.HERE, Presence.OFF]


DAYS = st.dates(date(2026, 3, 2), date(2026, 3, 27))
ABSENCES = st.lists(st.builds(absence, DAYS, fraction=st.sampled_from([0.5, 1.0])), max_size=4)


@given(away=st.lists(ABSENCES, min_size=1, max_size=4), share=st.sampled_from([1.0, 0.6, 0.5]))
def test_the_days_add_up_to_the_capacity(away: list[list], share: float) -> None:  # type: ignore[type-arg]
    people = tuple(person(f"P{n}", share=share, absences=tuple(absences)) for n, absences in enumerate(away))
    crew = team(people=people)
    calendar, days = calendar_of(crew, SPRINT, {}), team_days(crew, SPRINT, {})

    assert [one.total for one in calendar] == [one.net for one in days.people]
    assert abs(sum(by_day(calendar)) - days.net) < 1e-6
