"""What every planner must do: the cases that were worked out by hand, and the rules that hold for every plan."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.planning.planners.clusters import improved
from rules.planning.planners.exact import BEGUN, FINE, GAP, NODES, exact
from rules.planning.planners.filling import completed
from rules.planning.planners.greedy import greedy
from rules.planning.planners.model import BoxName, Item, Problem, Seats, with_worths
from rules.planning.planners.plan import Planner
from rules.planning.planners.program import Answer, Effort, Model, Program
from rules.planning.planners.score import score
from rules.planning.planners.table import PLANNERS
from rules.planning.planners.window import window
from sync.solver import solve
from tests.rules.planning.planners.problems import box_name, boxes, item, problem
from tests.rules.planning.planners.validator import shortfall, violations
from tests.thorough import scaled

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "planners.toml").read_text(encoding="utf-8"))["cases"]
SIZES = st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0])


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
@pytest.mark.parametrize("planner", PLANNERS)
def test_a_planner_makes_the_plan_that_was_worked_out_by_hand(planner: str, case: dict[str, Any]) -> None:
    if planner not in case.get("planners", PLANNERS):
        return
    asked = problem(case)

    plan = PLANNERS[planner](asked, solve)

    assert plan.seats == {key: box_name(place) for key, place in case["plan"].items()}
    assert violations(asked, plan.seats) == []


@st.composite
def problems(draw: st.DrawFn, most: int = 12) -> Problem:
    """Up to three teams and sprints; what needs what has no circles, and may point up or down the ranks."""
    rooms = draw(st.dictionaries(st.sampled_from("ABC"), st.lists(SIZES, min_size=1, max_size=3), min_size=1))
    every = boxes(rooms, draw(st.sampled_from([{}, {"bugs": 2.0}])), {"B": draw(st.sampled_from([0, 7, 14]))})
    order = draw(st.permutations(range(draw(st.integers(1, most)))))
    items = tuple(draw(_items(str(n), order, every)) for n in range(len(order)))
    asked = with_worths(Problem(boxes=every, items=items), draw(st.sampled_from([0.5, 1.0, 3.0])))
    return replace(asked, changes=draw(st.integers(0, 2)))


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
    assert violations(asked, greedy(asked).seats) == []


@settings(max_examples=scaled(20, 100), deadline=None)
@given(problems())
def test_the_first_sprint_of_a_plan_is_the_plan_of_one_sprint(asked: Problem) -> None:
    """So the proposal and the sprints after it never contradict each other."""
    plain = Problem(boxes=boxes({box.team: [box.room] for box in asked.boxes if box.depth == 0}), items=())
    free = [one for one in asked.items if one.pin is None and one.prior is None]
    many = Problem(boxes=boxes(_rooms(asked)), items=tuple(free))
    one = Problem(boxes=plain.boxes, items=tuple(_in_first(item) for item in free))

    assert {key: place for key, place in greedy(many).seats.items() if place[1] == 0} == greedy(one).seats


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


def test_a_window_keeps_as_much_of_a_kind_of_work_as_its_least_needs_twice() -> None:
    every = boxes({"A": [10.0]}, {"bugs": 2.0})
    items = [item(every, str(n), 5.0) for n in range(4)]
    items += [item(every, f"bug {n}", 2.0, kind="bugs") for n in range(3)]
    asked = with_worths(Problem(boxes=every, items=tuple(items)))

    assert [one.key for one in window(asked).items] == ["0", "1", "2", "bug 0", "bug 1"]


def test_a_large_problem_is_only_begun_as_a_whole_unless_it_is_near_to_the_plan_before() -> None:
    every = boxes({team: [10.0] * 3 for team in "ABCDEFGHIJ"})
    efforts: list[Effort] = []

    def noted(program: Program, effort: Effort) -> Answer | None:
        efforts.append(effort)
        return None

    for count, prior in ((100, {}), (1, {}), (100, {"prior": "A1"})):
        items = tuple(item(every, str(n), 2.0, **prior) for n in range(count))
        exact(with_worths(Problem(boxes=every, items=items)), noted)

    assert efforts == [Effort(BEGUN, 1), Effort(GAP, NODES // 30), Effort(FINE, 1)]


@settings(max_examples=scaled(15, 200), deadline=None)
@given(problems())
def test_an_exact_plan_keeps_the_rules_and_is_never_worse_than_a_greedy_one(asked: Problem) -> None:
    plan = exact(asked, solve).seats

    assert violations(asked, plan) == []
    assert score(asked, plan).total >= score(asked, greedy(asked).seats).total
    assert score(asked, plan).short == pytest.approx(shortfall(asked, plan))


def test_an_item_that_a_larger_one_hides_is_not_lost_to_one_that_was_planned_before() -> None:
    every = boxes({"A": [5.0]})
    items = (item(every, "1", 8), item(every, "2", 5), item(every, "3", 5, prior="A1"))
    asked = replace(with_worths(Problem(boxes=every, items=items)), penalty=0.0)

    assert [one.key for one in window(asked).items] == ["1", "3"]
    assert exact(asked, solve).seats == {"2": ("A", 0)}


@settings(max_examples=scaled(15, 200), deadline=None)
@given(problems(most=5))
def test_a_plan_without_a_gap_is_the_best_of_all_plans(asked: Problem) -> None:
    """Against all plans, one after the other: worth, stability, epics, hand-offs and kinds of work together."""
    model = Model(asked)
    answer = solve(model.program, Effort(gap=0.0, nodes=10_000))
    assert answer is not None
    plan = model.plan(answer)

    best = max(score(asked, one).total for one in every_plan(asked))

    assert score(asked, plan).total == pytest.approx(best, abs=1e-3)
    assert answer.bound + model.program.constant == pytest.approx(best, abs=1e-3)


def test_one_place_in_twenty_changes_for_a_small_gain_and_further_ones_do_not() -> None:
    """Two of twenty issues could come a sprint earlier: the higher-ranked one does."""
    every = boxes({"A": [20.0, 20.0]})
    places = ["A1"] * 18 + ["A2"] * 2
    items = tuple(item(every, f"{n:02}", 1, prior=place) for n, place in enumerate(places, start=1))
    model = Model(with_worths(Problem(boxes=every, items=items)))
    answer = solve(model.program, Effort(gap=0.0, nodes=10_000))
    assert answer is not None

    assert [key for key, place in model.plan(answer).items() if place == ("A", 1)] == ["20"]


def every_plan(asked: Problem) -> Iterator[Seats]:
    """All plans that keep the rules; plans with room left are among them."""
    free = [one for one in asked.items if one.pin is None]
    pinned = {one.key: one.pin for one in asked.items if one.pin is not None}
    for places in product(*([None, *one.boxes] for one in free)):
        chosen = {one.key: place for one, place in zip(free, places, strict=True) if place is not None}
        seats: dict[str, BoxName] = {**pinned, **chosen}
        if all("would fit" in broken for broken in violations(asked, seats)):
            yield seats


def test_the_fewest_hand_offs_are_found_where_everything_fits() -> None:
    every = boxes({"A": [10.0, 10.0], "B": [10.0, 10.0], "C": [10.0, 10.0]})
    items = (
        item(every, "1", 3, teams=["C"]),
        item(every, "2", 5, needs=["1"], teams=["A", "B"]),
        item(every, "3", 3, needs=["2"], teams=["B", "C"]),
    )
    asked = with_worths(Problem(boxes=every, items=items))
    fewest = min(score(asked, one).hand_offs for one in every_plan(asked) if len(one) == len(items))

    plan = score(asked, exact(asked, solve).seats)

    assert (plan.hand_offs, fewest) == (1, 1)


def test_an_item_joins_the_team_of_its_epic_where_that_costs_nothing() -> None:
    every = boxes({"A": [10.0], "B": [10.0]})
    asked = with_worths(
        Problem(boxes=every, items=(item(every, "1", 3, teams=["B"], epic="E"), item(every, "2", 3, epic="E")))
    )

    assert exact(asked, solve).seats == {"1": ("B", 0), "2": ("B", 0)}
    assert greedy(asked).seats == {"1": ("B", 0), "2": ("A", 0)}


def test_a_blocker_of_important_work_comes_before_what_is_ranked_above_it() -> None:
    every = boxes({"A": [5.0, 5.0], "B": [5.0, 5.0]})
    items = (
        item(every, "1", 5, teams=["B"], needs=["3"]),
        item(every, "2", 5, teams=["A"]),
        item(every, "3", 5, teams=["A"]),
    )
    asked = with_worths(Problem(boxes=every, items=items))

    assert exact(asked, solve).seats == {"1": ("B", 1), "2": ("A", 1), "3": ("A", 0)}
    assert greedy(asked).seats == {"2": ("A", 0), "3": ("A", 1)}


def test_the_plan_is_greedy_where_there_is_no_solver_or_no_answer() -> None:
    every = boxes({"A": [10.0]})
    asked = with_worths(Problem(boxes=every, items=(item(every, "1", 3),)))

    for plan in (exact(asked, None), exact(asked, _nothing)):
        assert (plan.planner, plan.seats, plan.gap) == ("greedy", {"1": ("A", 0)}, None)


def _nothing(_: Program, __: Effort) -> Answer | None:
    return None


def test_an_answer_that_breaks_a_rule_by_a_rounding_error_is_put_right() -> None:
    every = boxes({"A": [5.0]})
    asked = Problem(boxes=every, items=(item(every, "1", 3), item(every, "2", 3), item(every, "3", 2, needs=["2"])))

    first = BoxName("A", 0)
    assert completed(asked, dict.fromkeys("123", first)) == {"1": first}


@pytest.mark.parametrize("planner", PLANNERS.values())
def test_the_same_problem_gives_the_same_plan(planner: Planner) -> None:
    case = max(CASES, key=lambda one: len(one["issues"]))

    assert planner(problem(case), solve) == planner(problem(case), solve)


@settings(max_examples=scaled(10, 100), deadline=None)
@given(problems())
def test_planning_a_few_teams_again_keeps_the_rules_and_never_makes_a_plan_worse(asked: Problem) -> None:
    start = greedy(asked).seats

    better = improved(asked, start, solve)

    assert violations(asked, better) == []
    assert score(asked, better).total >= score(asked, start).total
    assert improved(asked, start, _nothing) == start


def test_a_gap_that_is_left_is_closed_team_by_team() -> None:
    """The first answer is worse than the greedy plan: the teams are planned one after the other."""
    every = boxes({"A": [5.0, 5.0], "B": [5.0, 5.0]})
    items = (
        item(every, "1", 5, teams=["B"], needs=["3"]),
        item(every, "2", 5, teams=["A"]),
        item(every, "3", 5, teams=["A"]),
    )
    asked = with_worths(Problem(boxes=every, items=items))
    best = exact(asked, solve)
    answers = [Answer([0.0] * 20, 24_570.0)]

    def hesitant(program: Program, effort: Effort) -> Answer | None:
        return answers.pop() if answers else solve(program, effort)

    assert exact(asked, hesitant).seats == best.seats
