"""The example everybody can do by hand: five developers, two of them away, and a backlog of 5, 3 and 3 points."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rules.capacity.compute import capacities
from rules.capacity.days import next_window, team_days
from rules.capacity.hours import team_hours
from rules.capacity.model import TeamCapacity
from rules.capacity.options import CapacityOptions
from rules.model import Snapshot, SprintState
from rules.planning.proposal import propose
from tests.factories import absence, finished, issue, person, product, snapshot, sprint, team
from tests.factories import backlog as make_backlog
from tests.rules.planning.judged import judged

START = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
NEXT = sprint("950", SprintState.FUTURE, start=START, end=START + timedelta(days=14), name="Sprint 12")


@pytest.fixture
def backlog() -> Snapshot:
    people = (
        person("Ana"),
        person("Bo"),
        person("Cy"),
        person("Di", absences=(absence(date(2026, 3, 9), date(2026, 3, 18)),)),
        person("Ed", absences=(absence(date(2026, 3, 12), date(2026, 3, 20)),)),
    )
    sprints, done = finished(3, points=(5, 4, 3))
    return snapshot(
        issue("SHOP-1", title="Export CSV backend", points=5.0, components=("payments",)),
        issue("SHOP-2", title="Export CSV frontend", points=3.0, components=("payments",)),
        issue("SHOP-3", title="Custom columns", points=3.0, components=("payments",)),
        product=product(team(people=people)),
        sprints=(*sprints, NEXT),
        history=tuple(done),
    )


def test_two_people_away_leave_35_of_50_person_days(backlog: Snapshot) -> None:
    capacity = only_capacity(backlog)

    assert (capacity.gross_days, capacity.net_days) == (50, 35)
    assert "5 people: 50 person-days, minus 15 of absences and 0 of holidays: 35 (70 %)." in capacity.explanation


def test_a_velocity_of_12_yields_8_4_points_with_70_percent_of_the_people(backlog: Snapshot) -> None:
    capacity = only_capacity(backlog)

    assert make_backlog(backlog).velocity == 12
    assert capacity.points is not None
    assert capacity.points.p50 == 8.4
    assert capacity.points.p15 < 8 < capacity.points.p85


def test_the_scrum_master_sees_30_percent_and_3_6_points(backlog: Snapshot) -> None:
    warning = next(w for w in only_capacity(backlog).warnings if w.code == "AVAILABILITY")

    assert "30 % less" in warning.text
    assert "8.4 points instead of 12 (3.6 less)" in warning.text


def test_hours_are_planned_from_196_over_210_to_224(backlog: Snapshot) -> None:
    only = backlog.product.teams[0]
    hours = team_hours(team_days(only, next_window(backlog, only, NEXT), {}), CapacityOptions())

    assert (hours.gross, hours.available) == (400, 280)
    assert (hours.low, hours.plannable, hours.high) == (196, 210, 224)
    assert hours.timebox == 4


def test_the_refinement_reserve_is_reported_on_both_bases(backlog: Snapshot) -> None:
    sentence = next(s for s in only_capacity(backlog).explanation if s.startswith("Refinement"))

    assert "14 to 28 h" in sentence
    assert "20 to 40 h of gross" in sentence
    assert "part of the buffer" in sentence


def test_five_and_three_points_are_placed_and_custom_columns_lack_2_6(backlog: Snapshot) -> None:
    proposal = propose(make_backlog(backlog), judged(backlog.issues))

    assert [(p.issue.key, p.team, p.sprint, p.points) for p in proposal.placements] == [
        ("SHOP-1", "Payments", "950", 5),
        ("SHOP-2", "Payments", "950", 3),
    ]
    (left,) = proposal.left_out
    assert (left.issue.key, left.code) == ("SHOP-3", "CAPACITY_HIGHER")
    assert left.why == "Does not fit: needs 3, 0.4 points left, 2.6 missing."


def only_capacity(backlog: Snapshot) -> TeamCapacity:
    (capacity,) = capacities(backlog, CapacityOptions())
    return capacity
