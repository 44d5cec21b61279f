"""What every planner must do: the cases that were worked out by hand, and the rules that hold for every plan."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.planning.planners.greedy import greedy
from rules.planning.planners.model import Item, Problem
from rules.planning.planners.window import window
from tests.rules.planning.planners.problems import box_name, boxes, item, problem
from tests.rules.planning.planners.validator import violations
from tests.thorough import scaled

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "planners.toml").read_text(encoding="utf-8"))["cases"]
SIZES = st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0])
PLANNERS = {"greedy": greedy}


def cases(planner: str) -> list[Any]:
    """The cases for a planner."""
    return [pytest.param(case, id=case["name"]) for case in CASES if planner in case.get("planners", PLANNERS)]


@pytest.mark.parametrize("case", cases("greedy"))
def test_greedy_makes_the_plan_that_was_worked_out_by_hand(case: dict[str, Any]) -> None:
    asked = problem(case)

    plan = greedy(asked)

    assert plan == {key: box_name(place) for key, place in case["plan"].items()}
    assert violations(asked, plan) == []


@st.composite
def problems(draw: st.DrawFn, most: int = 12) -> Problem:
    """Up to three teams and sprints; what needs what has no circles, and may point up or down the ranks."""
    rooms = draw(st.dictionaries(st.sampled_from("ABC"), st.lists(SIZES, min_size=1, max_size=3), min_size=1))
    every = boxes(rooms, draw(st.sampled_from([{}, {"bugs": 2.0}])), {"B": draw(st.sampled_from([0, 7, 14]))})
    order = draw(st.permutations(range(draw(st.integers(1, most)))))
    return Problem(boxes=every, items=tuple(draw(_items(str(n), order, every)) for n in range(len(order))))


@st.composite
def _items(draw: st.DrawFn, key: str, order: list[int], every: tuple[Any, ...]) -> Item:
    earlier = order[: order.index(int(key))]
    names = [f"{box.team}{box.depth + 1}" for box in every]
    words: dict[str, Any] = {"teams": draw(st.sets(st.sampled_from("ABC"), min_size=1))}
    if earlier:
        words["needs"] = sorted(map(str, draw(st.sets(st.sampled_from(earlier), max_size=2))))
    if draw(st.integers(0, 9)) == 0:
        words["pin"] = draw(st.sampled_from(names))
    if draw(st.integers(0, 3)) == 0:
        words["prior"] = draw(st.sampled_from(names))
    kind, epic = draw(st.sampled_from(["", "bugs"])), draw(st.sampled_from(["", "E1", "E2"]))
    return item(every, key, draw(SIZES), kind=kind, epic=epic, **words)


@settings(max_examples=scaled(40, 300), deadline=None)
@given(problems())
def test_a_greedy_plan_keeps_the_rules(asked: Problem) -> None:
    assert violations(asked, greedy(asked)) == []


@settings(max_examples=scaled(20, 100), deadline=None)
@given(problems())
def test_the_first_sprint_of_a_plan_is_the_plan_of_one_sprint(asked: Problem) -> None:
    """So the proposal and the sprints after it never contradict each other."""
    plain = Problem(boxes=boxes({box.team: [box.room] for box in asked.boxes if box.depth == 0}), items=())
    free = [one for one in asked.items if one.pin is None and one.prior is None]
    many = Problem(boxes=boxes(_rooms(asked)), items=tuple(free))
    one = Problem(boxes=plain.boxes, items=tuple(_in_first(item) for item in free))

    assert {key: place for key, place in greedy(many).items() if place[1] == 0} == greedy(one)


def _rooms(asked: Problem) -> dict[str, list[float]]:
    return {
        team: [box.room for box in asked.boxes if box.team == team] for team in sorted({b.team for b in asked.boxes})
    }


def _in_first(one: Item) -> Item:
    first = tuple(name for name in one.boxes if name[1] == 0)
    return Item(key=one.key, size=one.size, boxes=first, needs=one.needs)


def test_a_window_keeps_what_can_be_reached_and_what_that_needs() -> None:
    every = boxes({"A": [10.0]})
    items = [item(every, str(n), 5.0) for n in range(6)] + [item(every, "last", 5.0), item(every, "far", 5.0)]
    items[1] = item(every, "1", 5.0, needs=["last"])
    asked = Problem(boxes=every, items=tuple(items))

    assert [one.key for one in window(asked).items] == ["0", "1", "2", "last"]
