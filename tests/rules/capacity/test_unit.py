"""What work is counted in: decided once, from what teams finished, and named at every figure."""

from dataclasses import replace
from typing import Any, Literal

import pytest

from rules.capacity.compute import capacities
from rules.capacity.options import CapacityOptions
from rules.capacity.unit import in_unit, sized
from rules.evaluate import evaluate
from rules.model import Category, EditField, Effort, Snapshot, Unit
from rules.planning.proposal import propose
from rules.ready import RULES
from rules.verdict import Ruleset
from tests.factories import backlog, edit, finished, issue, product, snapshot, sprint, team

HOURS = snapshot(unit=Unit.HOURS)


def without_estimates(**overrides: Any) -> Snapshot:
    """Five sprints of four finished issues each and ten open ones; nobody estimated any of them."""
    sprints, done = finished(5, points=(1, 1, 1, 1))
    opened = [issue(f"SHOP-{number}", points=None) for number in range(1, 11)]
    values = {
        "sprints": (*sprints, sprint("99", name="Sprint 99")),
        "history": tuple(replace(one, points=None) for one in done),
        **overrides,
    }
    return snapshot(*opened, **values)


def shop(estimated: int, of: int, *, state: Category = Category.DONE) -> Snapshot:
    """So many issues, some with an estimate."""
    issues = tuple(
        issue(f"SHOP-{number}", points=3.0 if number < estimated else None, category=state) for number in range(of)
    )
    finished_ones, opened = (issues, ()) if state is Category.DONE else ((), issues)
    return replace(snapshot(), issues=opened, history=finished_ones)


@pytest.mark.parametrize(
    ("estimated", "of", "unit"),
    [
        pytest.param(1, 20, Unit.POINTS, id="one in twenty"),
        pytest.param(1, 21, Unit.ISSUES, id="fewer than one in twenty"),
        pytest.param(0, 20, Unit.ISSUES, id="none"),
        pytest.param(0, 1, Unit.ISSUES, id="none of the few"),
        pytest.param(0, 0, Unit.POINTS, id="nothing known"),
    ],
)
def test_work_is_counted_in_issues_where_fewer_than_one_in_twenty_finished_ones_has_an_estimate(
    estimated: int, of: int, unit: Unit
) -> None:
    assert in_unit(shop(estimated, of)).unit is unit


def test_without_finished_issues_twenty_open_ones_without_estimates_show_it() -> None:
    assert in_unit(shop(0, 20, state=Category.TODO)).unit is Unit.ISSUES
    assert in_unit(shop(0, 19, state=Category.TODO)).unit is Unit.POINTS
    assert in_unit(shop(1, 20, state=Category.TODO)).unit is Unit.POINTS


def test_a_team_that_begins_to_estimate_is_judged_by_its_open_issues_too_while_few_are_finished() -> None:
    few = shop(0, 5)
    begun = replace(few, issues=tuple(issue(f"NEW-{number}", points=2.0) for number in range(5)))

    assert in_unit(few).unit is Unit.ISSUES
    assert in_unit(begun).unit is Unit.POINTS


@pytest.mark.parametrize("chosen", ["points", "hours", "issues"])
def test_the_configured_unit_counts_whatever_the_issues_show(chosen: Literal["points", "hours", "issues"]) -> None:
    assert in_unit(shop(20, 20), chosen).unit == chosen
    assert in_unit(shop(0, 20), chosen).unit == chosen


def test_in_issues_each_counts_one_and_the_past_of_estimates_is_left_out() -> None:
    past = {"1": (edit(EditField.ESTIMATE, before="3", after="5"), edit(EditField.STATUS))}
    counted = in_unit(snapshot(issue(id="1", points=5.0), issue("SHOP-2", points=None), edits=past), "issues")

    assert [one.points for one in counted.issues] == [1.0, 1.0]
    assert [one.field for one in counted.edits["1"]] == [EditField.STATUS]
    assert "points" in counted.unavailable


def test_in_hours_the_size_is_the_original_estimate_with_that_of_the_sub_tasks() -> None:
    assert sized(issue(hours=Effort(original=2.0, total_original=8.0)), HOURS).points == 8.0
    assert sized(issue(hours=Effort(original=2.0)), HOURS).points == 2.0
    assert sized(issue(points=5.0), HOURS).points is None


def test_in_hours_estimates_are_known_even_where_the_site_has_no_field_for_points() -> None:
    assert "points" not in in_unit(snapshot(issue(), unavailable=frozenset({"points"})), "hours").unavailable


def test_the_pace_the_range_and_the_split_are_in_issues() -> None:
    counted = in_unit(without_estimates())
    (capacity,) = capacities(counted, CapacityOptions())

    assert (capacity.unit, capacity.velocity, capacity.split.unit) == (Unit.ISSUES, 4.0, "issues")
    assert capacity.points is not None
    assert capacity.points.p50 == 4.0
    assert "Work is counted in issues: 0 of 20 finished issues have an estimate." in capacity.explanation
    assert any("takes 4 issues" in sentence for sentence in capacity.explanation)
    assert not any("point" in sentence for sentence in capacity.explanation)
    assert not any("point" in warning.text for warning in capacity.warnings)


def test_a_guess_in_points_is_no_guess_in_issues() -> None:
    world = replace(in_unit(without_estimates()), sprints=(sprint("99"),), history=())
    (capacity,) = capacities(world, CapacityOptions(points_per_day=0.5))

    assert capacity.points is None


def test_rules_that_rest_on_sizes_do_not_apply_and_are_named_once() -> None:
    world = in_unit(without_estimates())
    judgement = evaluate(backlog(world), Ruleset(product=tuple(rule() for rule in RULES)))

    assert {"ready.estimated", "ready.small_enough"} <= set(judgement.unavailable["points"])
    assert not any(finding.rule == "ready.estimated" for one in judgement.verdicts for finding in one.findings)


def test_the_proposal_takes_as_many_issues_as_the_team_usually_finishes() -> None:
    facts = backlog(without_estimates())
    judgement = evaluate(facts, Ruleset(product=()))
    plan = propose(facts, judgement)

    assert [one.issue.key for one in plan.placements] == ["SHOP-1", "SHOP-2", "SHOP-3", "SHOP-4"]
    assert plan.placements[0].why.endswith("3 of 4 issues left after it.")
    assert plan.left_out[0].why == "Does not fit: needs 1, 0 issues left, 1 missing."
    assert "point" not in " ".join(one.why for one in plan.left_out)


def test_distances_count_the_issues_above() -> None:
    assert backlog(without_estimates()).distances["SHOP-7"] == 6 / 4


def test_teams_count_in_the_same_unit_so_that_their_sprints_add_up() -> None:
    """One backlog has one unit: distances and the product's runway add up over the teams."""
    world = in_unit(without_estimates(product=product(team("A"), team("B", board=13))))

    assert {one.unit for one in capacities(world, CapacityOptions())} == {Unit.ISSUES}
