from collections.abc import Mapping, Sequence

import pytest

from rules.backlog.distance import Size, open_issues
from rules.backlog.distance import distances as distances_by
from rules.backlog.index import Backlog
from rules.model import Category, Issue, Kind, SprintState
from tests.factories import finished, issue, snapshot, sprint
from tests.rules.deep.backlog import stories


def sizes(issues: Sequence[Issue], finished: Sequence[Issue] = ()) -> Mapping[str, Size]:
    """The sizes in a backlog of these issues alone, after these finished ones."""
    return Backlog.of(snapshot(*issues, history=tuple(finished))).sizes


def distances(issues: Sequence[Issue], velocity: float | None) -> Mapping[str, float]:
    """The distances of these issues alone, in this order."""
    return distances_by(issues, sizes(issues), velocity)


def test_distance_is_the_points_above_over_the_pace() -> None:
    assert distances(stories(6, 3, 3, 5), 12) == {"SHOP-1": 0.0, "SHOP-2": 0.5, "SHOP-3": 0.75, "SHOP-4": 1.0}


@pytest.mark.parametrize("pace", [None, 0.0, -3.0])
def test_without_a_pace_nothing_has_a_distance(pace: float | None) -> None:
    assert distances(stories(6, 3), pace) == {}


def test_an_unestimated_issue_counts_the_median_of_its_kind_and_is_flagged() -> None:
    issues = [*stories(2, 4, 8), issue("SHOP-7", kind=Kind.BUG, points=1.0), issue("SHOP-8", points=None)]

    size = sizes(issues)["SHOP-8"]

    assert (size.points, size.imputed) == (4.0, True)


def test_a_kind_without_any_estimate_counts_the_median_of_all() -> None:
    issues = [*stories(2, 3, 8), issue("SHOP-8", kind=Kind.SPIKE, points=None)]

    assert sizes(issues)["SHOP-8"].points == 3.0


def test_where_nobody_estimates_each_issue_counts_one() -> None:
    assert distances(stories(None, None, None), 2) == {"SHOP-1": 0.0, "SHOP-2": 0.5, "SHOP-3": 1.0}


def test_finished_issues_tell_better_than_open_ones_how_big_an_issue_is() -> None:
    _, done = finished(1, points=(5, 5, 5))

    assert sizes(stories(1, None), done)["SHOP-2"].points == 5.0


def test_zero_is_an_estimate_but_no_typical_size() -> None:
    found = sizes(stories(0, 0, 0, 3, None))

    assert found["SHOP-1"].points == 0.0
    assert not found["SHOP-1"].imputed
    assert found["SHOP-5"].points == 3.0


def test_an_epic_is_not_counted_in_addition_to_its_children() -> None:
    epic = issue("SHOP-100", kind=Kind.EPIC, points=40.0, parent=None)
    alone = issue("SHOP-200", kind=Kind.EPIC, points=40.0, parent=None)
    child = issue("SHOP-1", points=3.0, parent="SHOP-100")

    away = distances([epic, child, alone, issue("SHOP-2")], 10)

    assert away == {"SHOP-100": 0.0, "SHOP-1": 0.0, "SHOP-200": 0.3, "SHOP-2": 4.3}


def test_a_subtask_is_part_of_its_parent() -> None:
    task = issue("SHOP-3", kind=Kind.SUBTASK, points=5.0, parent="SHOP-1")

    assert distances([issue("SHOP-1"), task, issue("SHOP-2")], 3)["SHOP-2"] == 1.0


def test_the_backlog_is_what_is_open_and_not_in_an_active_sprint() -> None:
    running, coming = sprint("1", SprintState.ACTIVE), sprint("2")
    issues = (
        issue("SHOP-1", sprint="1"),
        issue("SHOP-2", sprint="2"),
        issue("SHOP-3"),
        issue("SHOP-4", category=Category.DONE),
    )

    kept = open_issues(snapshot(*issues, sprints=(running, coming)))

    assert [found.key for found in kept] == ["SHOP-2", "SHOP-3"]


def test_an_epic_counts_nothing_where_what_is_below_it_is_not_shown() -> None:
    """Its stories are in the backlog, too: nobody can say which."""
    epic, story = issue("SHOP-1", kind=Kind.EPIC, points=None), issue("SHOP-2", points=3.0)

    shown = Backlog.of(snapshot(epic, story))
    hidden = Backlog.of(snapshot(epic, story, unavailable=frozenset({"parent"})))

    assert [one.key for one in shown.counted] == ["SHOP-1", "SHOP-2"]
    assert [one.key for one in hidden.counted] == ["SHOP-2"]
