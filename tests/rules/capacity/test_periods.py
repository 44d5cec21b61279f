"""Teams without sprints: whole weeks take the place of sprints."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.backlog.index import Backlog
from rules.capacity.compute import capacities
from rules.capacity.model import TeamCapacity, order_statistic
from rules.capacity.options import CapacityOptions
from rules.capacity.periods import in_period, periods_by_team, with_periods
from rules.evaluate import evaluate
from rules.learning.learn import learn
from rules.model import Category, Issue, Snapshot, SprintState, Team
from rules.plan.changes import MoveToSprint
from rules.plan.compare import plan_changes
from rules.plan.policy import Policy, SprintMode
from rules.planning.goals import goals_of
from rules.planning.options import PlanningOptions
from rules.planning.proposal import propose
from rules.planning.running import running_sprints
from rules.review.review import review
from rules.verdict import Ruleset
from tests.factories import NOW, finished, issue, person, product, snapshot, sprint, team

OPS = team("Ops", board=13, has_sprints=False, people=(person("Di"),))
MONDAY = datetime(2026, 2, 23, tzinfo=UTC)
"""The first day of the running period."""


def done(key: str, resolved: datetime, points: float = 1.0, **overrides: Any) -> Issue:
    finished_at: dict[str, Any] = {"category": Category.DONE, "status": "Done", "resolved": resolved}
    return issue(key, "", points=points, components=("ops",), **finished_at, **overrides)


def each_week(amounts: list[int]) -> list[Issue]:
    """So many finished issues in each of the weeks before the running period, the latest last."""
    return [
        done(f"OPS-{week}{number:02d}", MONDAY - timedelta(weeks=len(amounts) - week) + timedelta(days=2))
        for week, amount in enumerate(amounts)
        for number in range(amount)
    ]


def world(*issues: Issue, history: Sequence[Issue] = (), teams: Sequence[Team] = (OPS,), **more: Any) -> Snapshot:
    return with_periods(snapshot(*issues, product=product(*teams), history=tuple(history), **more), 8)


def capacity(of: Snapshot, name: str = "Ops") -> TeamCapacity:
    return next(one for one in capacities(of, CapacityOptions()) if one.team.name == name)


def test_periods_are_whole_weeks_that_do_not_depend_on_the_day_of_the_run() -> None:
    later = with_periods(snapshot(product=product(OPS), taken_at=NOW + timedelta(days=6)), 8)
    periods = world().sprints

    assert [one.id for one in periods] == [one.id for one in later.sprints]
    assert [(one.state, one.name) for one in periods[7:10]] == [
        (SprintState.CLOSED, "Weeks 7-8"),
        (SprintState.ACTIVE, "Weeks 9-10"),
        (SprintState.FUTURE, "Weeks 11-12"),
    ]
    assert all(one.start and one.end and one.end - one.start == timedelta(days=14) for one in periods)
    assert [one.end for one in periods[:-1]] == [one.start for one in periods[1:]]


def test_a_period_of_one_week_has_its_number_also_over_a_new_year() -> None:
    short = team("Ops", board=13, has_sprints=False, sprint_days=5)
    after = with_periods(snapshot(product=product(short), taken_at=datetime(2027, 1, 5, 9, tzinfo=UTC)), 1)

    assert [one.name for one in after.sprints] == ["Week 53", "Week 1", "Week 2", "Week 3", "Week 4"]


def test_days_begin_at_midnight_of_the_zone() -> None:
    there = with_periods(snapshot(product=product(OPS)), 1, "Europe/Berlin")

    assert [one.start.utcoffset() for one in there.sprints if one.start] == [timedelta(hours=1)] * 4 + [
        timedelta(hours=2)
    ]


def test_throughput_is_counted_by_the_period_and_by_the_week() -> None:
    """Of 8 weeks in order, 0 2 3 4 4 4 5 6, place 0.15 x 9 = 1.35 is 0.7, and place 7.65 is 5.65."""
    found = capacity(world(history=each_week([3, 5, 4, 0, 6, 2, 4, 4])))

    assert list(found.weekly) == [3, 5, 4, 0, 6, 2, 4, 4]
    assert [points for _, points in found.past] == [8, 4, 8, 8]
    assert found.points is not None
    assert found.points.p50 == 8
    assert found.a_week is not None
    sentence = next(one for one in found.explanation if one.startswith("A week finishes"))
    assert "85 of 100 weeks reach 0.7, 15 of 100 reach 5.6 (8 weeks: 3, 5, 4, 0, 6, 2, 4, 4)" in sentence
    assert "Ops works without sprints: weeks are counted, 2 in a period." in found.explanation


def test_work_in_progress_is_in_the_running_period_and_is_neither_backlog_nor_carried_over() -> None:
    working = issue("OPS-1", "", category=Category.DOING, components=("ops",))
    of = world(working, issue("OPS-2", components=("ops",)), history=each_week([3, 5, 4]))

    assert [one.key for one in Backlog.of(of, ()).open] == ["OPS-2"]
    assert (capacity(of).carry_over, capacity(of).running) == (0, None)
    again = in_period(working, of, periods_by_team(of))
    assert again == of.by_key["OPS-1"]


def test_issues_of_other_teams_and_of_sprints_stay_where_they_are() -> None:
    pay = team()
    past, history = finished(1)
    shared = issue("OPS-9", "", category=Category.DOING, components=("ops", "payments"))
    inside = done("OPS-8", MONDAY - timedelta(days=3), sprints=(past[0].id,))
    of = world(shared, history=[*history, inside], teams=(pay, OPS), sprints=tuple(past))

    assert of.by_key["OPS-9"] == shared
    assert of.by_key["OPS-8"] == inside
    assert of.by_key[history[0].key] == history[0]


def test_a_product_may_have_teams_of_both_kinds() -> None:
    past, history = finished(3, points=(6, 6))
    nearest = sprint("950")
    of = world(history=[*history, *each_week([3, 5, 4, 4])], teams=(team(), OPS), sprints=(*past, nearest))

    pay, ops = capacities(of, CapacityOptions())

    assert (pay.velocity, ops.velocity) == (12, 8)
    assert (pay.weekly, pay.a_week) == ((), None)
    assert not [one for one in (*pay.warnings, *ops.warnings) if one.code in {"SPRINT-ENDS", "NO-SPRINT"}]


def test_nothing_is_moved_into_a_period_and_nobody_plans_one() -> None:
    wanted = issue("OPS-2", components=("ops",))
    of = world(wanted, history=each_week([3, 5, 4]))
    backlog = Backlog.of(of, capacities(of, CapacityOptions()))
    judgement = evaluate(backlog, Ruleset(product=()))
    proposal = propose(backlog, judgement)
    plan = plan_changes(of, judgement, proposal, Policy(sprints=SprintMode.ASSIGN), {})

    assert [(one.issue.key, one.sprint) for one in proposal.placements] == [("OPS-2", "13/2026-03-09")]
    assert not [change for change in plan.changes if isinstance(change, MoveToSprint)]
    assert running_sprints(backlog, {}, backlog.capacities, PlanningOptions()) == ()
    (goal,) = goals_of(backlog, judgement, proposal, PlanningOptions())
    assert (goal.is_missing, goal.shown) == (False, "none; the team works without sprints")
    assert review(backlog, {}, PlanningOptions()).teams == ()
    assert learn(backlog, Ruleset(product=()), CapacityOptions()).trends == ()


def test_without_such_a_team_nothing_changes() -> None:
    plain = snapshot()

    assert with_periods(plain, 8) is plain


@pytest.mark.parametrize(("chance", "value"), [(0.15, 1.35), (0.5, 4.5), (0.85, 7.65), (0.01, 1), (0.99, 8)], ids=str)
def test_order_statistics_are_at_the_chance_times_one_more_than_the_number(chance: float, value: float) -> None:
    assert order_statistic((8, 1, 7, 2, 6, 3, 5, 4), chance) == pytest.approx(value)


@given(st.lists(st.floats(0, 100), min_size=1), st.floats(0, 1), st.floats(0, 1))
def test_an_order_statistic_lies_within_the_values_and_grows_with_the_chance(
    values: list[float], one: float, other: float
) -> None:
    low, high = (order_statistic(values, chance) for chance in sorted((one, other)))

    assert min(values) - 1e-9 <= low <= high + 1e-9 <= max(values) + 1e-8
