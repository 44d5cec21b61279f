from dataclasses import replace

import pytest

from rules.deep.churn import Movement, movement, remember, state_of
from rules.model import Category, SprintState
from tests.factories import issue, snapshot, sprint
from tests.rules.deep.backlog import state, stories

TEN = stories(*[3] * 10)


def test_the_same_backlog_has_not_moved() -> None:
    assert movement(state(TEN, 14), state(TEN, 0)) == Movement(size=10, added=0, removed=0, resized=0, moved=0)


def test_what_came_and_what_went_is_counted() -> None:
    found = movement(state(TEN[:8], 14), state(TEN[1:], 0))

    assert (found.added, found.removed) == (2, 1)
    assert found.share == pytest.approx(3 / 8)


def test_a_changed_estimate_counts_and_a_first_one_does_not() -> None:
    before = [replace(TEN[0], points=None), TEN[1], TEN[2]]
    after = [TEN[0], replace(TEN[1], points=8.0), TEN[2]]

    assert movement(state(before, 14), state(after, 0)).resized == 1


def test_an_issue_brought_from_the_bottom_to_the_top_is_one_move() -> None:
    assert movement(state(TEN, 14), state([TEN[9], *TEN[:9]], 0)).moved == 1


def test_swapped_neighbours_are_no_move() -> None:
    assert movement(state(TEN, 14), state([TEN[1], TEN[0], *TEN[2:]], 0)).moved == 0


def test_working_the_backlog_off_is_no_churn() -> None:
    then = state(TEN, 14)
    done = tuple(replace(one, category=Category.DONE) for one in TEN[:3])
    running = tuple(replace(one, sprint="1") for one in TEN[3:5])
    now = snapshot(*running, *TEN[5:], history=done, sprints=(sprint("1", SprintState.ACTIVE),))

    assert [window.share for window in remember(now, [then]).windows] == [0.0]


def test_windows_reach_as_far_back_as_there_is_a_run_a_sprint_apart() -> None:
    states = [state(TEN[:5], 42), state(TEN[:6], 28), state(TEN[:8], 13), state(TEN, 1)]

    found = remember(snapshot(*TEN), states).windows

    assert [window.added for window in found] == [2, 2, 1]


def test_a_gap_in_the_runs_ends_the_windows() -> None:
    assert len(remember(snapshot(*TEN), [state(TEN, 14), state(TEN, 42)]).windows) == 1


def test_the_order_in_which_states_are_handed_over_does_not_matter() -> None:
    states = [state(TEN[:6], 28), state(TEN[:8], 14)]

    assert remember(snapshot(*TEN), states) == remember(snapshot(*TEN), states[::-1])


def test_a_state_from_the_future_is_not_the_past() -> None:
    assert remember(snapshot(*TEN), [state(TEN, -1)]).states == ()


def test_an_issue_nobody_sees_any_more_is_gone() -> None:
    then = state(TEN, 14)

    assert remember(snapshot(*TEN[1:]), [then]).gone == {"SHOP-1": (then.at, 3)}


def test_a_state_remembers_every_open_issue_in_order() -> None:
    kept = state_of(snapshot(issue("SHOP-2", points=None), issue("SHOP-1", points=5.0)))

    assert kept.items == (("SHOP-2", None, 0), ("SHOP-1", 5.0, 1))
