"""A team whose board cannot be read is left out: of plans, figures and changes; the other teams are as usual."""

from dataclasses import replace
from functools import partial

import pytest

from rules.capacity.compute import capacities
from rules.capacity.options import CapacityOptions
from rules.evaluate import evaluate
from rules.model import Category, Issue, OwnMarks, Snapshot, SprintState, TeamFilter
from rules.plan.changes import ChangePlan
from rules.plan.compare import plan_changes
from rules.plan.policy import Policy, SprintMode
from rules.planning.model import LeftOutCode
from rules.planning.proposal import propose
from rules.verdict import Ruleset
from sync.config import default_ruleset
from tests.factories import backlog, finished, issue, link, product, snapshot, sprint, team

POLICY = Policy(sprints=SprintMode.ASSIGN)
WHY = "board 13 does not exist"
MINE, THEIRS = ("payments",), ("search",)


def world(*issues: Issue, stopped: bool = True, **overrides: object) -> Snapshot:
    """Two teams with five closed sprints each, and a future one; of the second team nothing is known while stopped."""
    boxes, done = finished(5)
    others, theirs = finished(5, board=13)
    theirs = [
        replace(one, key=f"X{one.key}", id=f"X{one.id}", components=THEIRS, sprints=(f"13{one.sprints[0]}",))
        for one in theirs
    ]
    others = [replace(one, id=f"13{one.id}") for one in others]
    known = [*boxes, sprint("5"), *(() if stopped else (*others, sprint("6", board=13)))]
    return snapshot(
        *issues,
        product=product(team("Payments"), team("Search", board=13)),
        history=tuple(done if stopped else (*done, *theirs)),
        sprints=tuple(known),
        stopped={"Search": WHY} if stopped else {},
        **overrides,
    )


def planned(of: Snapshot, memory: dict[str, OwnMarks] | None = None, rules: Ruleset | None = None) -> ChangePlan:
    derived = backlog(of)
    judgement = evaluate(derived, rules or default_ruleset())
    return plan_changes(of, judgement, propose(derived, judgement), POLICY, memory or {})


def test_nothing_is_written_to_an_issue_that_only_such_a_team_takes() -> None:
    made = planned(world(issue("SHOP-1", components=MINE), issue("SHOP-2", components=THEIRS)))
    assert made.touched == {"SHOP-1"}
    assert made.left_alone["SHOP-2"] == "Search is left out of this run: left alone"


def test_what_is_ours_on_its_issues_stays_wherever_they_are() -> None:
    ours = partial(issue, labels=frozenset({POLICY.not_ready}), components=THEIRS)
    done = ours("SHOP-3", category=Category.DONE)
    memory = {number: OwnMarks(labels=frozenset({POLICY.not_ready})) for number in ("2", "3", "4")}
    taken = world(issue("SHOP-1", components=MINE), ours("SHOP-2"), left=(done, ours("SHOP-4")))
    assert planned(taken, memory).touched == {"SHOP-1"}
    assert planned(replace(taken, stopped={}), memory).touched >= {"SHOP-3", "SHOP-4"}


def test_an_issue_that_another_team_may_take_too_is_planned_for_that_team() -> None:
    shared = issue("SHOP-1", components=(*MINE, *THEIRS))
    made = planned(world(shared))
    assert {type(change).__name__ for change in made.changes} == {"AddLabel", "MoveToSprint"}


def test_an_issue_in_a_sprint_that_cannot_be_read_is_left_alone() -> None:
    made = planned(world(issue("SHOP-1", components=MINE, sprint="6")))
    assert made.changes == ()
    assert "its sprint is not known" in made.left_alone["SHOP-1"]


def test_a_team_without_a_board_has_no_capacity_and_its_issues_are_not_placed() -> None:
    taken = world(issue("SHOP-1", components=MINE), issue("SHOP-2", components=THEIRS))
    assert [one.team.name for one in capacities(taken, CapacityOptions())] == ["Payments"]
    derived = backlog(taken)
    (left,) = propose(derived, evaluate(derived, default_ruleset())).left_out
    assert (left.code, left.why) == (LeftOutCode.TEAM_LEFT_OUT, "Search is left out of this run.")


@pytest.mark.parametrize("stopped", [True, False])
def test_distances_of_the_other_teams_do_not_count_its_work(*, stopped: bool) -> None:
    issues = [issue(f"SHOP-{n}", points=7.0, components=MINE if n % 2 else THEIRS) for n in range(1, 9)]
    away = backlog(world(*issues, stopped=stopped)).distances
    assert away["SHOP-7"] == pytest.approx(1.0)
    assert ("SHOP-2" in away) is not stopped


def test_a_blocker_in_its_sprint_makes_nothing_late() -> None:
    blocker = issue("SHOP-1", components=THEIRS, sprint="6")
    waiting = issue("SHOP-2", components=MINE, sprint="5", links=(link("SHOP-1"),))
    for stopped in (True, False):
        (found,) = backlog(world(blocker, waiting, stopped=stopped)).blockers_of("SHOP-2")
        assert found.in_time


def test_nobody_is_left_out_where_every_board_can_be_read() -> None:
    taken = world(issue("SHOP-2", components=THEIRS), stopped=False)
    assert taken.why_stopped(taken.issues[0]) == ""
    assert planned(taken).touched == {"SHOP-2"}


def test_what_no_team_takes_belongs_to_no_team_that_is_left_out() -> None:
    taken = world(issue("SHOP-1", components=()), stopped=True)
    assert taken.why_stopped(taken.issues[0]) == ""
    open_to_all = product(team("Payments"), team("Search", board=13, takes=TeamFilter()))
    taken = replace(taken, product=open_to_all)
    assert taken.why_stopped(taken.issues[0]) == "Search is left out of this run"


def test_a_running_sprint_of_a_board_that_can_be_read_is_known() -> None:
    taken = world(issue("SHOP-1", components=MINE, sprint="5"))
    running = replace(taken, sprints=(sprint("5", SprintState.ACTIVE),))
    assert taken.why_stopped(taken.issues[0]) == running.why_stopped(running.issues[0]) == ""
