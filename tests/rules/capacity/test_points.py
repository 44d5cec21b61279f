from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import exp, log, sqrt
from typing import Any

import pytest

from rules.capacity.forecast import chance_of, forecast, guessed
from rules.capacity.model import Range
from rules.capacity.options import CapacityOptions
from rules.capacity.points import (
    Delivered,
    Velocity,
    finished_by_sprint,
    velocity,
    with_planned,
)
from rules.history.replay import sprint_members
from rules.model import Category, Edit, EditField, Issue, Kind, Snapshot, Sprint, SprintState
from rules.workdays import HolidayChanges
from tests.factories import absence, backlog, edit, finished, issue, person, product, snapshot, sprint, team

MONDAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def closed(number: int, start: datetime = MONDAY, days: int = 14) -> Sprint:
    return sprint(str(number), SprintState.CLOSED, start=start, end=start + timedelta(days=days))


def done(key: str, points: float | None, *sprints: str, resolved: datetime | None = MONDAY, **overrides: Any) -> Issue:
    values: dict[str, Any] = {"category": Category.DONE, "points": points, "sprints": sprints, "resolved": resolved}
    return issue(key, **(values | overrides))


def velocity_of(world: Snapshot, **options: Any) -> Velocity:
    mine = world.product.teams[0]
    past = velocity(world, mine, CapacityOptions(**options), finished_by_sprint(world))
    return with_planned(past, world, mine, sprint_members(world))


def points_of(world: Snapshot) -> list[float]:
    return [delivered.points for delivered in velocity_of(world).used]


def of_points(*points: float, days: Sequence[float] | None = None) -> Velocity:
    return Velocity(
        tuple(Delivered(closed(n), value, days[n] if days else None) for n, value in enumerate(points)), skipped={}
    )


def test_an_issue_carried_over_counts_once_where_it_was_finished() -> None:
    first, second = closed(1), closed(2, MONDAY + timedelta(days=14))
    late = done("A-1", 8, "1", "2", resolved=MONDAY + timedelta(days=16))
    world = snapshot(sprints=(first, second), history=(late, done("A-2", 3, "1")))

    assert points_of(world) == [3, 8]


def test_what_is_resolved_on_the_day_after_closing_was_finished_in_the_sprint() -> None:
    soon, later = MONDAY + timedelta(days=14, hours=20), MONDAY + timedelta(days=17)
    world = snapshot(
        sprints=(closed(1),), history=(done("A-1", 5, "1", resolved=soon), done("A-2", 3, "1", resolved=later))
    )

    assert points_of(world) == [5]


def test_what_was_resolved_before_the_sprint_began_is_not_its_work() -> None:
    early = done("A-1", 5, "1", resolved=MONDAY - timedelta(days=1))

    assert points_of(snapshot(sprints=(closed(1),), history=(early, done("A-2", 3, "1")))) == [3]


def test_a_closed_sprint_that_never_ended_finished_nothing() -> None:
    endless = sprint("1", SprintState.CLOSED, start=MONDAY, end=None, completed=None)

    assert velocity_of(snapshot(sprints=(endless,), history=(done("A-1", 5, "1"),))).skipped == {
        "without usable dates": 1
    }


def test_without_a_resolution_date_the_last_sprint_of_a_done_issue_counts() -> None:
    first, second = closed(1), closed(2, MONDAY + timedelta(days=14))
    world = snapshot(sprints=(first, second), history=(done("A-1", 5, "2", "1", resolved=None),))

    assert points_of(world) == [5]
    assert [issue.key for issue in finished_by_sprint(world)["2"]] == ["A-1"]


def test_open_issues_epics_and_subtasks_finish_no_points() -> None:
    world = snapshot(
        sprints=(closed(1),),
        history=(
            done("A-1", 5, "1"),
            done("A-2", 8, "1", category=Category.DOING),
            done("A-3", 40, "1", kind=Kind.EPIC),
            done("A-4", 2, "1", kind=Kind.SUBTASK),
        ),
    )

    assert points_of(world) == [5]


def test_sprints_that_say_nothing_are_skipped_and_reported() -> None:
    cancelled = closed(3, MONDAY + timedelta(days=28))
    world = snapshot(
        sprints=(
            closed(1),
            sprint("2", SprintState.CLOSED, start=None, end=None, completed=None),
            sprint("3", SprintState.CLOSED, start=cancelled.start, completed=MONDAY + timedelta(days=34)),
            closed(4, MONDAY + timedelta(days=42)),
        ),
        history=(
            done("A-1", 5, "1"),
            done("A-2", 8, "2"),
            done("A-3", 3, "3", resolved=MONDAY + timedelta(days=30)),
            done("A-4", None, "4", resolved=MONDAY + timedelta(days=43)),
        ),
    )

    found = velocity_of(world)

    assert [delivered.points for delivered in found.used] == [5]
    assert found.skipped == {"without usable dates": 1, "cancelled": 1, "without finished points": 1}


def test_a_sprint_in_which_everybody_was_away_says_nothing() -> None:
    away = absence(date(2026, 1, 1), date(2026, 1, 31))
    world = snapshot(
        sprints=(closed(1),), history=(done("A-1", 5, "1"),), product=product(team(people=(person(absences=(away,)),)))
    )

    assert velocity_of(world).skipped == {"with nobody present": 1}


def test_a_sprint_of_the_past_has_the_person_days_of_the_configured_zone_and_holidays() -> None:
    """It began on Monday at half past midnight in Berlin; a holiday of the company's own is in it."""
    begin = datetime(2026, 1, 4, 23, 30, tzinfo=UTC)
    box = replace(closed(1, begin), completed=begin + timedelta(days=11))
    world = snapshot(sprints=(box,), history=(done("A-1", 5, "1"),))
    own = {"*": HolidayChanges(add=frozenset({date(2026, 1, 8)}))}

    assert [one.net_days for one in velocity_of(world, timezone="Europe/Berlin").used] == [18]
    assert [one.net_days for one in velocity_of(world, timezone="America/New_York").used] == [16]
    assert [one.net_days for one in velocity_of(world, timezone="Europe/Berlin", holidays=own).used] == [16]


def typical(world: Snapshot) -> dict[str, float | None]:
    finished_in = finished_by_sprint(world)
    return {one.name: velocity(world, one, CapacityOptions(), finished_in).typical for one in world.product.teams}


def test_only_the_latest_sprints_count_and_they_are_in_order() -> None:
    starts = [MONDAY + timedelta(days=14 * n) for n in range(5)]
    world = snapshot(
        sprints=tuple(closed(n, start) for n, start in enumerate(starts)),
        history=tuple(done(f"A-{n}", n + 1, str(n), resolved=start) for n, start in enumerate(starts)),
    )

    assert [d.points for d in velocity_of(world, history=3).used] == [3, 4, 5]


def test_two_teams_on_one_board_count_what_is_theirs() -> None:
    world = snapshot(
        sprints=(closed(1),),
        history=(done("A-1", 5, "1", components=("payments",)), done("A-2", 3, "1", components=("search",))),
        product=product(team("Payments"), team("Search")),
    )

    assert typical(world) == {"Payments": 5, "Search": 3}


def test_pace_is_the_median_of_each_team_and_their_sum() -> None:
    ours, our_work = finished(4)
    theirs, their_work = finished(3, points=(2, 2), board=13)
    theirs = [sprint(f"7{box.id}", SprintState.CLOSED, board=13, start=box.start) for box in theirs]
    their_work = [
        done(f"T-{n}", work.points, f"7{work.sprints[0]}", resolved=work.resolved) for n, work in enumerate(their_work)
    ]
    world = snapshot(
        sprints=(*ours, *theirs),
        history=(*our_work, *their_work),
        product=product(team("Payments"), team("Search", board=13), team("New", board=14)),
    )

    assert typical(world) == {"Payments": 21, "Search": 4, "New": None}
    assert backlog(world).velocity == 25


def test_without_closed_sprints_there_is_no_pace() -> None:
    assert backlog(snapshot()).velocity is None
    assert forecast(Velocity(), 10) is None


def test_points_are_scaled_by_who_is_there() -> None:
    velocities = of_points(12, 12, 12, days=(50, 50, 50))

    assert forecast_p50(velocities, 35) == 8.4


def test_the_textbook_team_of_five_sprints_takes_8_4_points() -> None:
    """P50 is the textbook's. P15 and P85 are wider than its 7.0 and 10.0.

    Those are order statistics of five sprints; on public sprints the shrunk log-normal holds its percentages better
    (see tests.benchmarks.forecast), and five sprints say less about the sixth than they seem to.
    """
    expected = forecast(of_points(12, 11, 13, 12, 10, days=(50, 48, 50, 50, 45)), 35)

    assert expected is not None
    assert expected.p50 == 8.4
    assert expected.p15 < 7.0
    assert expected.p85 > 10.0


def test_the_range_is_the_shrunk_log_normal_of_the_planning_note() -> None:
    values = [10.0, 20.0, 40.0]
    logs = [log(value) for value in values]
    own = sum((value - log(20)) ** 2 for value in logs) / 3
    sd = sqrt((3 * own + 4 * 0.8**2) / 7 * (1 + 1 / 3))

    expected = forecast(of_points(*values), 10)

    assert expected == Range(round(20 * exp(-1.0364334 * sd), 1), 20, round(20 * exp(1.0364334 * sd), 1))


@pytest.mark.parametrize(("points", "confidence"), [((), "guess"), ((8,), "low"), ((8, 8), "low"), ((8, 8, 8), "good")])
def test_confidence_grows_with_the_sprints_used(points: tuple[float, ...], confidence: str) -> None:
    assert of_points(*points).confidence == confidence


def test_more_history_narrows_the_range() -> None:
    widths = []
    for number in (1, 3, 8):
        expected = forecast(of_points(*[12.0] * number), 10)
        assert expected is not None
        widths.append(expected.p85 - expected.p15)

    assert widths == sorted(widths, reverse=True)


def test_points_without_known_days_are_not_scaled() -> None:
    assert forecast_p50(of_points(10, 12, 14), 1) == 11.9  # between 11.83, of 10 and 14, and 12


def test_a_sprint_with_nobody_there_finishes_nothing() -> None:
    assert forecast(of_points(12, 12, 12, days=(50, 50, 50)), 0) == Range(0, 0, 0)


def test_a_guess_spans_0_4_to_1_6_times() -> None:
    assert guessed(0.25, 40) == Range(4, 10, 16)
    assert guessed(None, 40) is None


def test_the_chance_at_each_percentile_is_its_own() -> None:
    expected = Range(6, 10, 10 * 10 / 6)

    assert [round(chance_of(points, expected), 2) for points in (expected.p15, expected.p50, expected.p85)] == [
        0.85,
        0.5,
        0.15,
    ]
    assert chance_of(0, expected) == 1
    assert (chance_of(1, Range(0, 0, 0)), chance_of(5, Range(5, 5, 5))) == (0, 1)


def forecast_p50(velocities: Velocity, net_days: float) -> float:
    expected = forecast(velocities, net_days)
    assert expected is not None
    return expected.p50


def test_where_nobody_estimates_the_pace_counts_issues() -> None:
    work = [done(f"S-{number}", None, "1") for number in range(3)]
    world = snapshot(issue(points=None), sprints=(closed(1),), history=tuple(work))
    assert backlog(world).velocity == 3


def test_one_estimate_anywhere_keeps_counts_and_points_apart() -> None:
    world = snapshot(issue(points=5), sprints=(closed(1),), history=(done("S-1", None, "1"),))
    assert backlog(world).velocity is None


def history_of(*edits: Edit, key: str = "A-1") -> dict[str, tuple[Edit, ...]]:
    return {key.rpartition("-")[2]: edits}


def at(days: float) -> dict[str, Any]:
    """So many days after the sprint's start."""
    return {"at": MONDAY + timedelta(days=days)}


def test_points_are_those_of_the_moment_the_sprint_started() -> None:
    """5 at the start, 8 on the third day, 13 after the sprint: 5 count."""
    past = history_of(
        edit(EditField.ESTIMATE, **at(-9), after="5"),
        edit(EditField.ESTIMATE, **at(3), before="5", after="8"),
        edit(EditField.ESTIMATE, **at(20), before="8", after="13"),
    )
    world = snapshot(sprints=(closed(1),), history=(done("A-1", 13, "1"),), edits=past)

    assert points_of(world) == [5]


def test_what_joined_later_counts_with_its_size_when_it_joined() -> None:
    """Added on day 4 with 3 points, which became 8 on day 6."""
    past = history_of(
        edit(EditField.ESTIMATE, **at(-1), after="2"),
        edit(EditField.ESTIMATE, **at(2), before="2", after="3"),
        edit(EditField.SPRINT, **at(4), after="1"),
        edit(EditField.ESTIMATE, **at(6), before="3", after="8"),
    )
    world = snapshot(sprints=(closed(1),), history=(done("A-1", 8, "1"),), edits=past)

    assert points_of(world) == [3]


def test_without_an_estimate_at_the_start_the_first_one_after_it_counts() -> None:
    past = history_of(
        edit(EditField.ESTIMATE, **at(2), after="3"), edit(EditField.ESTIMATE, **at(6), before="3", after="8")
    )
    world = snapshot(sprints=(closed(1),), history=(done("A-1", 8, "1"),), edits=past)

    assert points_of(world) == [3]


def test_planned_is_what_was_in_the_sprint_when_it_started() -> None:
    """Planned were 5 + 3 + 2 = 10, finished 5 + 1 = 6.

    A-1 (5, now 8) was in and is done, A-2 (3) was in and was carried over. A-3 (2) was taken out on day 2, and A-4 (1)
    joined on day 3.
    """
    first, second = closed(1), closed(2, MONDAY + timedelta(days=14))
    soon = MONDAY + timedelta(days=5)
    past = {
        "1": (edit(EditField.SPRINT, **at(-2), after="1"), edit(EditField.ESTIMATE, **at(1), before="5", after="8")),
        "2": (edit(EditField.SPRINT, **at(-2), after="1"), edit(EditField.SPRINT, **at(14), before="1", after="1, 2")),
        "3": (edit(EditField.SPRINT, **at(-2), after="1"), edit(EditField.SPRINT, **at(2), before="1")),
        "4": (edit(EditField.SPRINT, **at(3), after="1"),),
    }
    world = snapshot(
        issue("A-3", points=2.0),
        sprints=(first, second),
        history=(
            done("A-1", 8, "1", resolved=soon),
            done("A-2", 3, "1", "2", resolved=MONDAY + timedelta(days=20)),
            done("A-4", 1, "1", resolved=soon),
        ),
        edits=past,
    )

    one, two = velocity_of(world).used

    assert (one.planned, one.points) == (10, 6)
    assert (two.planned, two.points) == (3, 3)
    assert "usually 80 % of that was finished." in explanation(world)


def test_where_the_past_of_one_issue_is_not_known_nothing_is_said_of_the_plan() -> None:
    world = snapshot(
        sprints=(closed(1),), history=(done("A-1", 5, "1"), done("A-2", 3, "1")), edits=history_of(key="A-1")
    )

    (found,) = velocity_of(world).used

    assert (found.planned, found.points) == (None, 8)
    assert "planned" not in explanation(world)


def explanation(world: Snapshot) -> str:
    return " ".join(backlog(world).capacities[0].explanation)
