"""Planned and done, days by size, and waiting: golden sprints by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rules.capacity.options import CapacityOptions
from rules.history.states import in_status_since, status_categories, work_began
from rules.learning.estimates import estimates
from rules.learning.waits import waits, waits_before_work
from rules.model import Category, Edit, EditField, Issue, Kind, Snapshot, SprintState
from tests.factories import NOW, edit, issue, snapshot, sprint

OPTIONS = CapacityOptions(timezone="UTC")
BOX = sprint("9", SprintState.CLOSED)
assert BOX.start is not None
START = BOX.start
TODO, DOING, DONE = "1", "3", "5"


def status(number: int, after_days: float, before: str, after: str) -> Edit:
    """A move, so many days after the start of the sprint."""
    return replace(
        edit(EditField.STATUS, str(number)), at=START + timedelta(days=after_days), before=before, after=after
    )


def done(number: int, days: float, **overrides: Any) -> tuple[Issue, list[Edit]]:
    """An issue that was begun a day after the start and took so many days."""
    values: dict[str, Any] = {"category": Category.DONE, "sprints": ("9",), "created": START - timedelta(days=9)}
    values["resolved"] = START + timedelta(days=1 + days)
    moves = [status(number, 1, TODO, DOING), status(number, 1 + days, DOING, DONE)]
    return issue(f"SHOP-{number}", **(values | overrides)), moves


def seen(*finished: tuple[Issue, Sequence[Edit]], open_ones: Sequence[Issue] = ()) -> Snapshot:
    """These issues, and one that is being worked on: it shows which status means that."""
    begun = issue("SHOP-900", category=Category.DOING, status="In Progress")
    edits = {one.id: tuple(moves) for one, moves in finished} | {"900": (status(900, 1, TODO, DOING),)}
    edits |= {one.id: () for one in open_ones}
    return snapshot(begun, *open_ones, history=tuple(one for one, _ in finished), sprints=(BOX,), edits=edits)


def test_days_by_size_are_quartiles() -> None:
    """Five stories of 3 points took 1, 2, 3, 4 and 9 days: a quarter at most 2, half 3, a quarter at least 4."""
    [payments] = estimates(seen(*(done(n, days) for n, days in enumerate((1, 2, 3, 4, 9)))), OPTIONS)
    [size] = payments.sizes

    assert (size.size, size.issues, size.low, size.usual, size.high) == (3, 5, 2, 3, 4)


def test_four_issues_of_a_size_are_too_few() -> None:
    [payments] = estimates(seen(*(done(n, 1) for n in range(4))), OPTIONS)

    assert (payments.sizes[0].issues, payments.sizes[0].usual) == (4, None)


def test_an_issue_counts_with_its_estimate_at_the_start_and_as_estimated_again() -> None:
    finished, moves = done(1, 2, points=8.0)
    again = replace(edit(EditField.ESTIMATE), at=START + timedelta(days=2), before="5", after="8")

    [payments] = estimates(seen((finished, [*moves, again])), OPTIONS)

    assert [(one.size, one.estimated_again) for one in payments.sizes] == [(5, 1)]


def test_the_usual_share_needs_five_sprints() -> None:
    """Both stories were there at the start: 6 points planned, and 6 finished."""
    [payments] = estimates(seen(done(1, 1), done(2, 2)), OPTIONS)

    assert [(one.planned, one.done) for one in payments.sprints] == [(6, 6)]
    assert payments.usual_share is None


def test_issues_finished_in_the_sprint_that_they_were_planned_for_are_counted() -> None:
    """Two were there at the start, one of them was done two days after the end. The third came on the second day."""
    assert BOX.completed is not None
    first, second, third = done(1, 1), done(2, 1, resolved=BOX.completed + timedelta(days=2)), done(3, 3)
    joined = replace(edit(EditField.SPRINT, "3", after="9"), at=START + timedelta(hours=30))

    [payments] = estimates(seen(first, second, (third[0], [*third[1], joined])), OPTIONS)

    assert [(one.issues, one.finished) for one in payments.sprints] == [(2, 1)]


def test_issues_wait_since_they_came_into_their_status() -> None:
    """Created 50, 40, 30, 20 and 10 days ago; the first came into its status 5 days ago: 40, 30, 20, 10 and 5."""
    waiting = [issue(f"SHOP-{n}", created=NOW - timedelta(days=60 - 10 * n)) for n in range(1, 6)]
    whole = seen(open_ones=waiting)
    moved = replace(whole, edits={**whole.edits, "1": (edit(EditField.STATUS, "1", days_ago=5),)})

    [wait] = waits(moved)

    assert (wait.status, wait.issues, wait.usual) == ("To Do", 5, 20)
    assert [key for key, _ in wait.longest] == ["SHOP-2", "SHOP-3", "SHOP-4"]


@pytest.mark.parametrize(
    "overrides", [{"category": Category.DOING}, {"kind": Kind.EPIC}, {"kind": Kind.SUBTASK}, {"sprint": "42"}]
)
def test_begun_planned_and_uncounted_issues_do_not_wait(overrides: dict[str, Any]) -> None:
    whole = seen(open_ones=[issue("SHOP-1", **overrides)])
    running = sprint("42", SprintState.ACTIVE)

    assert waits(replace(whole, sprints=(*whole.sprints, running))) == ()


def test_the_wait_before_work_is_a_median_from_five_on() -> None:
    """Created nine days before the sprint, begun one day after its start."""
    five = waits_before_work(seen(*(done(n, 1) for n in range(5))))
    four = waits_before_work(seen(*(done(n, 1) for n in range(4))))

    assert [(one.issues, one.usual) for one in five] == [(5, 10)]
    assert [(one.issues, one.usual) for one in four] == [(4, None)]


def test_a_status_means_what_the_issues_in_it_are() -> None:
    whole = seen(done(1, 2))

    assert status_categories(whole) == {DOING: Category.DOING, DONE: Category.DONE}
    assert work_began(whole.edits["1"], status_categories(whole)) == START + timedelta(days=1)
    assert work_began(whole.edits["1"], {}) is None
    assert in_status_since(whole.history[0], whole.edits["1"]) == START + timedelta(days=3)


def test_renaming_a_person_a_status_a_sprint_or_a_project_changes_nothing() -> None:
    waiting = [issue(f"SHOP-{n}") for n in range(10, 16)]
    one = seen(*(done(n, n + 1) for n in range(6)), open_ones=waiting)
    other = replace(
        one,
        issues=tuple(replace(each, key=f"STORE-{each.id}", status=f"{each.status} 2") for each in one.issues),
        history=tuple(replace(each, key=f"STORE-{each.id}", assignee_name="Bea") for each in one.history),
        sprints=tuple(replace(box, name="Iteration") for box in one.sprints),
    )

    assert estimates(one, OPTIONS) == estimates(other, OPTIONS)
    assert waits_before_work(one) == waits_before_work(other)
    assert [(each.issues, each.usual) for each in waits(one)] == [(each.issues, each.usual) for each in waits(other)]
