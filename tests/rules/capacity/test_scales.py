"""Sizes that are names count in points, now and in the past; more than one way to estimate is named."""

from dataclasses import replace
from typing import Any

import pytest

from rules.capacity.compute import capacities
from rules.capacity.options import CapacityOptions
from rules.capacity.scales import T_SHIRTS, scale_of, with_points
from rules.capacity.unit import in_unit, sized
from rules.history.replay import points_at
from rules.model import Category, EditField, Effort, Snapshot, Unit
from tests.factories import NOW, edit, finished, issue, product, snapshot, sprint, team


def shirt(key: str, name: str, **values: Any) -> Any:
    return issue(key, points=None, size_name=name, **values)


def shop(*issues: Any, **overrides: Any) -> Snapshot:
    """A team whose finished issues have points; the open ones are given."""
    sprints, done = finished(5, points=(3, 5))
    values = {"sprints": (*sprints, sprint("99", name="Sprint 99")), "history": tuple(done), **overrides}
    return in_unit(snapshot(*issues, **values))


def texts(world: Snapshot, code: str) -> list[str]:
    (capacity,) = capacities(world, CapacityOptions())
    return [warning.text for warning in capacity.warnings if warning.code == code]


@pytest.mark.parametrize(("name", "points"), [("S", 2), ("m", 3), ("Xl", 8), ("Huge", None)])
def test_a_t_shirt_counts_as_usual_whatever_its_case(name: str, points: float | None) -> None:
    assert with_points(shirt("A-1", name), snapshot()).points == points


def test_a_team_may_have_a_scale_of_its_own() -> None:
    ours = product(team("Payments", scale={"Small": 1.0, "Big": 20.0}))

    assert with_points(shirt("A-1", "big"), snapshot(product=ours)).points == 20
    assert with_points(shirt("A-1", "M"), snapshot(product=ours)).points is None
    assert scale_of(team("Search")) == T_SHIRTS


def test_each_team_has_its_own_scale() -> None:
    ours, theirs = team("Payments", scale={"M": 4.0}), team("Search", board=13)
    world = snapshot(product=product(ours, theirs))

    assert with_points(shirt("A-1", "M", components=("payments",)), world).points == 4
    assert with_points(shirt("A-1", "M", components=("search",)), world).points == 3


def test_past_estimates_follow_the_scale() -> None:
    past = (edit(EditField.ESTIMATE, "1", days_ago=5, before="S", after="L"),)
    world = shop(shirt("A-1", "L", id="1"), edits={"1": past})
    (counted,) = world.issues

    assert counted.points == 5
    assert points_at(counted, world.edits["1"], NOW.replace(year=2025)) == 2


def test_past_changes_of_other_fields_stay_as_they_are() -> None:
    retitled = edit(EditField.TITLE, "1", days_ago=5, before="S", after="L")
    world = shop(shirt("A-1", "L", id="1"), edits={"1": (retitled,)})

    assert world.edits["1"] == (retitled,)


def test_t_shirts_are_estimates_so_that_work_is_counted_in_points() -> None:
    done = tuple(shirt(f"A-{n}", "M", category=Category.DONE) for n in range(30))

    assert in_unit(snapshot(history=done)).unit is Unit.POINTS


def test_an_issue_that_is_read_again_gets_the_same_points() -> None:
    world = shop(shirt("A-1", "L"))

    assert sized(shirt("A-1", "M"), world).points == 3


def test_the_explanation_lists_the_scale() -> None:
    (capacity,) = capacities(shop(shirt("A-1", "S"), shirt("A-2", "M")), CapacityOptions())

    assert "The sizes of 2 issues count as points: XS 1, S 2, M 3, L 5, XL 8, XXL 13." in capacity.explanation


def test_two_ways_to_estimate_are_named_with_their_numbers() -> None:
    (text,) = texts(shop(*(shirt(f"A-{n}", "M") for n in range(3))), "MIXED-SCALES")

    assert text == (
        "The estimates of Payments are of several kinds: 10 issues in points, 3 issues in named sizes. "
        "Choose one: such sizes do not add up."
    )


def test_hours_without_points_are_a_way_of_their_own() -> None:
    timed = (issue(f"A-{n}", points=None, hours=Effort(original=8.0)) for n in range(4))
    (text,) = texts(shop(*timed), "MIXED-SCALES")

    assert "10 issues in points, 4 issues in hours" in text


def test_two_stray_sizes_are_not_a_second_way() -> None:
    assert texts(shop(shirt("A-1", "M"), shirt("A-2", "L")), "MIXED-SCALES") == []


def test_a_size_that_is_not_on_the_scale_is_named() -> None:
    (text,) = texts(shop(shirt("A-1", "Huge"), issue("A-2", points=3)), "MIXED-SCALES")

    assert text == ("Sizes of Payments that are not on its scale: Huge (1 issue). Add them to [[teams]] scale.")


def test_where_issues_are_counted_no_scale_is_mixed() -> None:
    world = replace(shop(*(shirt(f"A-{n}", "M") for n in range(5))), unit=Unit.ISSUES)

    assert texts(world, "MIXED-SCALES") == []
