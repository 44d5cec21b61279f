"""Refinement and Sprint Planning in the calendar of a team, against the reserve and the time box."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from rules.capacity.compute import capacities
from rules.capacity.model import Level, TeamCapacity
from rules.capacity.options import CapacityOptions
from rules.model import Meeting, MeetingKind, Person
from tests.factories import absence, finished, person, product, snapshot, sprint, team

START = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
FIVE = tuple(person(f"P{number}") for number in range(5))


def refinement(day: int = 13, minutes: int = 60, hour: int = 14, people: Sequence[str] = ()) -> Meeting:
    begin = datetime.combine(date(2026, 3, day), time(hour))
    return Meeting(kind=MeetingKind.REFINEMENT, begin=begin, hours=minutes / 60, people=frozenset(people))


def planning(day: int = 9, hours: float = 2.0) -> Meeting:
    return Meeting(kind=MeetingKind.PLANNING, begin=datetime.combine(date(2026, 3, day), time(10)), hours=hours)


def capacity(*meetings: Meeting, people: Sequence[Person] = FIVE, **of_team: Any) -> TeamCapacity:
    """A team of five in two weeks: 400 hours, of them 30 reserved for refinement."""
    past, done = finished(3)
    box = sprint("950", start=START, end=START + timedelta(days=14))
    crew = team(people=tuple(people), **({"meetings": meetings} | of_team))
    world = snapshot(product=product(crew), sprints=(*past, box), history=tuple(done))
    return capacities(world, CapacityOptions())[0]


def told(one: TeamCapacity) -> list[tuple[str, Level, str]]:
    return [(w.code, w.level, w.text) for w in one.warnings if w.code in {"REFINEMENT-TIME", "PLANNING-TIME"}]


ENOUGH = [refinement(day, 60, hour) for day in (12, 13, 16, 17) for hour in (10, 14)]
"""Eight hours of five people: 40 of 400 hours."""


def test_meetings_as_they_should_be_are_explained_and_not_warned_of() -> None:
    one = capacity(*ENOUGH, planning())

    assert told(one) == []
    assert (
        "Sprint Planning of Payments in the calendar: 9 March 120 min × 5 people, together 2 h of at most 4 h."
        in one.explanation
    )
    sentence = next(text for text in one.explanation if text.startswith("Refinement of Payments"))
    assert "together 40 person-hours, 10.0 % of 400 h. Reserved are 30 h; usual is 5 to 10 %, 20 to 40 h." in sentence


def test_too_little_refinement_is_compared_with_the_reserve_in_person_hours() -> None:
    ((code, level, text),) = told(capacity(refinement(), planning()))

    assert (code, level) == ("REFINEMENT-TIME", Level.AMBER)
    assert text == (
        "Refinement of Payments in the calendar: 13 March 60 min × 5 people, together 5 person-hours, 1.2 % of 400 h. "
        "Reserved are 30 h; usual is 5 to 10 %, 20 to 40 h."
    )


def test_too_much_refinement_is_named_too() -> None:
    found = told(capacity(*ENOUGH, refinement(18), planning()))

    assert [(code, level) for code, level, _ in found] == [("REFINEMENT-TIME", Level.AMBER)]


def test_a_sprint_without_refinement_and_planning_is_reported() -> None:
    assert told(capacity(refinement(day=6), planning(day=27))) == [
        (
            "REFINEMENT-TIME",
            Level.AMBER,
            'The calendar has no refinement of Payments in "Sprint 950". Enter one of at most 60 minutes.',
        ),
        (
            "PLANNING-TIME",
            Level.INFO,
            "The calendar has no Sprint Planning of Payments from 5 March to 13 March. Enter it.",
        ),
    ]


def test_a_long_refinement_is_only_information() -> None:
    found = told(capacity(*ENOUGH[:-2], refinement(17, 120), planning()))

    assert [level for _, level, _ in found] == [Level.INFO]
    assert "The refinement on 17 March lasts 120 minutes; 60 minutes at most is meant." in found[0][2]


def test_a_refinement_belongs_into_the_middle_of_the_sprint() -> None:
    early = [refinement(9, 60, hour) for hour in range(9, 17)]
    found = told(capacity(*early, planning()))

    assert [level for _, level, _ in found] == [Level.INFO]
    assert 'No refinement of Payments is in the middle of "Sprint 950", only on 9 March' in found[0][2]


def test_both_parts_of_planning_count_against_the_time_box() -> None:
    found = told(capacity(*ENOUGH, planning(day=6, hours=1.5), planning(hours=3)))

    assert [(code, level) for code, level, _ in found] == [("PLANNING-TIME", Level.AMBER)]
    assert found[0][2].endswith("together 4.5 h of at most 4 h.")


def test_planning_belongs_to_the_first_day_of_work_and_has_two_parts() -> None:
    late = told(capacity(*ENOUGH, planning(day=11)))
    often = told(capacity(*ENOUGH, *(planning(hours=1) for _ in range(3))))

    assert late == [
        (
            "PLANNING-TIME",
            Level.INFO,
            "Sprint Planning of Payments is on 11 March, not on 9 March, the first day of work.",
        )
    ]
    assert [level for _, level, _ in often] == [Level.INFO]
    assert often[0][2].startswith("The calendar has 3 Sprint Plannings of Payments: 9 March 60 min")
    assert often[0][2].endswith("There are two parts at most.")


def test_a_holiday_on_the_first_day_moves_the_planning_to_the_next() -> None:
    off = frozenset({date(2026, 3, 9)})

    assert told(capacity(*ENOUGH[1:], planning(day=10), days_off=off)) == []


def test_only_people_who_are_invited_and_here_take_part() -> None:
    away = person("P0", absences=(absence(date(2026, 3, 13)),))
    half = person("P1", absences=(absence(date(2026, 3, 13), fraction=0.5),))
    one = capacity(refinement(people=("P0", "P1", "P2")), refinement(day=16), people=(away, half, *FIVE[2:]))

    assert [(held.participants, held.person_hours) for held in one.meetings] == [(2, 2), (5, 5)]


@pytest.mark.parametrize("of_team", [{"meetings": None}, {"people": ()}], ids=["no calendar", "no people"])
def test_without_a_calendar_or_people_nothing_is_said(of_team: dict[str, Any]) -> None:
    people = of_team.get("people", FIVE)

    assert told(capacity(people=people, meetings=of_team.get("meetings", ()))) == []


def test_a_team_without_sprints_plans_none() -> None:
    past, done = finished(3)
    crew = team(people=FIVE, has_sprints=False, meetings=())
    one = capacities(snapshot(product=product(crew), sprints=tuple(past), history=tuple(done)), CapacityOptions())[0]

    assert [code for code, _, _ in told(one)] == ["REFINEMENT-TIME"]
