"""What waits for each person of a team in its next sprint."""

from datetime import UTC, date, datetime, timedelta
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.capacity.days import Window, team_days
from rules.capacity.person_load import PersonLoad, person_loads
from rules.capacity.warnings import personal_warnings
from rules.model import Effort, Issue, Kind, Person, Unit
from tests.factories import absence, issue, person, snapshot, sprint, team

SPRINT = Window(date(2026, 3, 9), date(2026, 3, 20))
NEXT = sprint("950", start=datetime(2026, 3, 9, 9, tzinfo=UTC), end=datetime(2026, 3, 9, 9, tzinfo=UTC) + timedelta(14))
BO, CY = person("Bo", account="bo"), person("Cy", account="cy", share=0.5)


def loads(*issues: Issue, people: tuple[Person, ...] = (BO, CY), usual: float | None = 12) -> dict[str, PersonLoad]:
    ours = team(people=people)
    days = team_days(ours, SPRINT, {})
    return {one.name: one for one in person_loads(snapshot(*issues), NEXT, ours, days, usual, 90)}


def story(key: str, **overrides: object) -> Issue:
    return issue(key, "", **({"sprint": "950", "assignee": "bo", "points": 5.0} | overrides))


def test_each_person_has_the_part_of_the_points_and_hours_that_matches_the_days() -> None:
    found = loads()

    assert [(one.part, one.plannable, one.assigned, one.hours) for one in found.values()] == [
        (8, 60, 0, None),
        (4, 30, 0, None),
    ]


def test_what_waits_is_the_open_work_of_the_sprint_with_its_sub_tasks() -> None:
    found = loads(
        story("A-1", hours=Effort(original=8.0, remaining=6.0)),
        story("A-2", kind=Kind.SUBTASK, parent="A-1", sprint=None, points=3.0, hours=Effort(original=4.0)),
        story("A-3", kind=Kind.SUBTASK, parent="A-1", assignee="cy", hours=Effort(remaining=2.0)),
        story("A-4", sprint="949"),
        story("A-5", kind=Kind.EPIC),
        story("A-6", assignee=None),
    )

    assert (found["Bo"].issues, found["Bo"].assigned, found["Bo"].hours) == (("A-1", "A-2"), 5, 10)
    assert (found["Cy"].issues, found["Cy"].assigned, found["Cy"].hours) == (("A-3",), 0, 2)


def test_whoever_has_no_account_has_no_load() -> None:
    assert list(loads(people=(BO, person("Di")))) == ["Bo"]


def test_without_a_velocity_points_are_compared_with_nothing() -> None:
    bo = loads(story("A-1", points=50.0), usual=None)["Bo"]

    assert (bo.part, bo.is_over) == (None, False)


def test_more_hours_than_a_person_can_plan_are_named() -> None:
    people = tuple(loads(story("A-1", hours=Effort(remaining=61.0))).values())

    (warning,) = personal_warnings(people, '"Sprint 950"', Unit.POINTS)

    assert warning.text == '61 hours in "Sprint 950" are assigned to Bo, who can plan 60 in 10 days.'


def test_nobody_here_has_no_part() -> None:
    away = person("Bo", account="bo", absences=(absence(date(2026, 3, 1), date(2026, 3, 31)),))
    bo = loads(people=(away,))["Bo"]

    assert (bo.part, bo.plannable, bo.is_over, bo.lacks_hours) == (None, 0, False, False)


SHARES = st.lists(st.sampled_from([1.0, 0.6, 1 / 3, 0.15]), min_size=1, max_size=5)


@given(shares=SHARES, usual=st.floats(0.1, 500))
def test_the_parts_of_all_people_add_up_to_what_is_usual(shares: list[float], usual: float) -> None:
    people = tuple(person(f"P{n}", account=f"p{n}", share=share) for n, share in enumerate(shares))
    found = loads(people=people, usual=usual).values()

    assert fsum(one.part or 0.0 for one in found) == pytest.approx(usual, rel=1e-6)
    assert fsum(one.plannable for one in found) == pytest.approx(90, abs=1e-3)
