from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rules.capacity.compute import capacities
from rules.capacity.options import CapacityOptions
from rules.model import Snapshot, Team
from tests.factories import absence, finished, person, product, snapshot, sprint, team

START = datetime(2026, 12, 21, 9, 0, tzinfo=UTC)
CHRISTMAS = sprint("950", start=START, end=START + timedelta(days=12))


def world(of: Team | None = None, closed: int = 2) -> Snapshot:
    past, done = finished(closed, points=(6, 6))
    return snapshot(product=product(of or team()), sprints=(*past, CHRISTMAS), history=tuple(done))


def said(world: Snapshot, **options: Any) -> tuple[str, ...]:
    return capacities(world, CapacityOptions(**options))[0].explanation


def test_sentences_lead_from_days_over_hours_to_points() -> None:
    off = absence(date(2026, 12, 22), date(2026, 12, 23))
    people = (person("Bo", country="GB", region="ENG"), person("Cy", absences=(off,)))

    assert said(world(team(people=people))) == (
        '"Sprint 950": 21 December to 1 January, 10 weekdays.',
        "2 people: 20 person-days, minus 2 of absences and 3 of holidays: 15 (75 %).",
        "Days absent: Cy 2.",
        "Holidays and team days off: 25 December, 28 December, 1 January.",
        "Available: 15 days of 8 h, 120 h (160 h without absences and holidays).",
        "Plannable: 90 h at focus factor 0.75 (84 to 96 h at 0.70 to 0.80). The rest is the buffer.",
        (
            "Refinement reserve: 9 h, 7.5 % of the available hours, part of the buffer. "
            "Usual is 5 to 10 %: 6 to 12 h (8 to 16 h of gross hours)."
        ),
        "Sprint Planning: at most 4 h, both parts together.",
        (
            "The last 2 closed sprints finished 12, 12 points in 20, 20 person-days: median 12, usually 12, "
            "0.6 per person-day. The next sprint has 15 person-days."
        ),
        '"Sprint 950" takes 9 points: 85 of 100 such sprints reach 3.9, 15 of 100 reach 20.6 (spread 0.800).',
        "No buffer on points: velocity already contains meetings and interruptions.",
        "By kind of work, of 9 points: features 5.4 (60 %), bugs 1.8 (20 %), debt 1.4 (15 %), support 0.4 (5 %).",
    )


def test_bottom_up_hours_name_what_is_taken_off_and_the_other_way() -> None:
    sentences = said(world(), hours_mode="bottom-up")

    assert (
        "Plannable: 115.2 h after meetings, refinement and 10 % for unplanned work "
        "(the focus factor alone gives 120 h)."
    ) in sentences


def test_a_reserve_outside_the_buffer_says_so() -> None:
    assert any("subtracted before the buffer" in sentence for sentence in said(world(), refinement="outside"))


def test_without_people_the_points_rest_on_velocity_alone() -> None:
    sentences = said(world(team(people=())))

    assert "No people are configured for the team, so there are no person-days and no hours." in sentences
    assert "Person-days are unknown, so absences do not change the points." in sentences
    assert "The last 2 closed sprints finished 12, 12 points: median 12, usually 12." in sentences


def test_one_closed_sprint_is_reported_in_the_singular() -> None:
    assert any(s.startswith("The last closed sprint finished 12 points") for s in said(world(closed=1)))


def test_without_history_the_missing_points_are_explained() -> None:
    sentences = said(world(closed=0))

    assert "Points are unknown: no closed sprint with finished points, and no points_per_day." in sentences
    assert sentences[-1].startswith("By kind of work, of 120 hours: ")


def test_without_kinds_of_work_nothing_is_said_of_them() -> None:
    assert not any(sentence.startswith("By kind of work") for sentence in said(world(), work={}))


@pytest.mark.parametrize(("number", "words"), [(1, "1 closed sprint without"), (2, "2 closed sprints without")])
def test_skipped_sprints_are_reported(number: int, words: str) -> None:
    past, done = finished(3, points=(6, 6))
    missing = {box.id for box in past[:number]}
    kept = tuple(issue for issue in done if not missing & set(issue.sprints))
    some = snapshot(product=product(team()), sprints=(*past, CHRISTMAS), history=kept)

    assert any(f"Skipped: {words} finished points." in sentence for sentence in said(some))


def test_the_dates_of_an_undated_sprint_are_marked_as_assumed() -> None:
    undated = snapshot(sprints=(sprint("950", start=None),))

    assert said(undated)[0] == '"Sprint 950": 2 March to 13 March (assumed), 10 weekdays.'


def test_the_categories_of_the_buffer_are_named_with_their_hours() -> None:
    sentences = said(world(), buffer={"meetings": 0.15, "bugs": 0.10})

    assert "Buffer: 40 h, of them meetings 24, bugs 16." in sentences
