"""What an issue was: golden histories with the values of each day."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.history.replay import estimated_at, joined_at, points_at, size_from, sprints_at, was_open
from rules.model import Category, Edit, EditField
from tests.factories import NOW, edit, issue

# Nobody estimated it for 30 days; 5 points 20 days ago, none 10 days ago, 8 points since 5 days.
SIZED = issue(points=8.0, created=NOW - timedelta(days=30))
ESTIMATES = (
    edit(EditField.ESTIMATE, days_ago=20, after="5"),
    edit(EditField.LABELS, days_ago=15, after="web"),
    edit(EditField.ESTIMATE, days_ago=10, before="5"),
    edit(EditField.ESTIMATE, days_ago=5, after="8"),
)


def days_ago(days: float) -> timedelta:
    return timedelta(days=days)


@pytest.mark.parametrize(
    ("day", "points", "size"), [(25, None, 5.0), (20, 5.0, 5.0), (12, 5.0, 5.0), (7, None, 8.0), (1, 8.0, 8.0)]
)
def test_an_estimate_is_what_the_next_edit_says_it_was(day: int, points: float | None, size: float) -> None:
    moment = NOW - days_ago(day)

    assert points_at(SIZED, ESTIMATES, moment) == points
    assert size_from(SIZED, ESTIMATES, moment) == size


def test_an_estimate_that_is_no_number_counts_as_none() -> None:
    assert points_at(SIZED, [edit(EditField.ESTIMATE, days_ago=1, before="L", after="8")], NOW - days_ago(2)) is None


def test_an_issue_without_edits_was_always_as_it_is() -> None:
    assert points_at(SIZED, (), NOW - days_ago(25)) == 8.0
    assert size_from(SIZED, (), NOW - days_ago(25)) == 8.0
    assert estimated_at(SIZED, ()) == SIZED.created


def test_the_present_estimate_is_as_old_as_its_last_edit() -> None:
    assert estimated_at(SIZED, ESTIMATES) == NOW - days_ago(5)


def test_sprints_are_those_of_that_day() -> None:
    """In sprint 1 from day 20, in 1 and 2 from day 10 on (carried over), and in 3 alone since day 5."""
    moved = issue(sprints=("3",))
    edits = (
        edit(EditField.SPRINT, days_ago=20, after="1"),
        edit(EditField.SPRINT, days_ago=10, before="1", after="1, 2"),
        edit(EditField.SPRINT, days_ago=5, before="1, 2", after="3"),
    )

    found = [sprints_at(moved, edits, NOW - days_ago(day)) for day in (25, 15, 7, 1)]

    assert found == [frozenset(), {"1"}, {"1", "2"}, {"3"}]
    assert joined_at(moved, edits, "2", NOW - days_ago(15)) == NOW - days_ago(10)
    assert joined_at(moved, edits, "2", NOW - days_ago(7)) == NOW - days_ago(7)
    assert joined_at(moved, edits, "9", NOW - days_ago(7)) == NOW - days_ago(7)


@pytest.mark.parametrize(("day", "is_open"), [(40, False), (20, True), (5, False)])
def test_an_issue_was_open_from_its_creation_until_it_was_done(day: int, *, is_open: bool) -> None:
    done = issue(category=Category.DONE, created=NOW - days_ago(30), resolved=NOW - days_ago(10))

    assert was_open(done, NOW - days_ago(day)) is is_open


numbers = st.one_of(st.just(""), st.integers(0, 20).map(str))
steps = st.lists(st.tuples(st.integers(1, 400), numbers), max_size=8, unique_by=lambda step: step[0])


def chain(steps: Sequence[tuple[int, str]]) -> tuple[Edit, ...]:
    """Edits of the estimate one after the other, each from what the one before left."""
    edits, before = [], ""
    for day, after in sorted(steps, reverse=True):
        edits.append(edit(EditField.ESTIMATE, days_ago=day, before=before, after=after))
        before = after
    return tuple(edits)


@given(steps, st.integers(0, 401))
def test_going_back_and_forth_gives_the_same_estimate(steps: list[tuple[int, str]], day: int) -> None:
    """Replayed forwards from nothing, it is what is replayed backwards from today."""
    edits = chain(steps)
    last = edits[-1].after if edits else ""
    today = issue(points=float(last) if last else None)

    forwards = [one.after for one in edits if one.at <= NOW - days_ago(day)]
    expected = forwards[-1] if forwards else ""

    assert points_at(today, edits, NOW - days_ago(day)) == (float(expected) if expected else None)
