"""Which issues serve a Sprint Goal, which one is the key issue, and what the Product Owner should correct."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from rules.backlog.index import Backlog
from rules.model import Category, Issue, Kind, Team
from rules.planning.goals import TeamGoal, goals_of
from rules.planning.options import GoalLink, PlanningOptions
from rules.planning.proposal import propose
from tests.factories import issue, product, snapshot
from tests.rules.planning.judged import judged
from tests.rules.planning.world import PAYMENTS, SEARCH, capacity, next_of, story

EPIC = issue("A-90", "", kind=Kind.EPIC, title="Apple Pay", components=("payments",), parent=None)


def goal(
    text: str,
    *issues: Issue,
    unready: Sequence[str] = (),
    options: PlanningOptions | None = None,
    product_goal: str = "",
    team: Team = PAYMENTS,
) -> TeamGoal:
    """The goal of Payments' next sprint, which takes ten points."""
    teams = (capacity(team, sprint=replace(next_of(PAYMENTS), goal=text)), capacity(SEARCH))
    world = snapshot(*issues, product=product(team, SEARCH, goal=product_goal))
    backlog, judgement = Backlog.of(world, teams), judged(issues, unready)
    return goals_of(backlog, judgement, propose(backlog, judgement), options or PlanningOptions())[0]


def codes(of: TeamGoal) -> list[str]:
    return [finding.code for finding in of.findings]


def test_an_issue_that_the_goal_names_serves_it_and_the_first_one_is_the_key_issue() -> None:
    found = goal("Guests pay: A-2, then A-1", story("A-2"), story("A-1"), story("A-3"))

    assert found.links == dict.fromkeys(("A-2", "A-1"), "named in the goal")
    assert (found.key, found.served, found.findings) == ("A-2", ("A-2", "A-1"), ())


def test_an_issue_serves_the_goal_by_a_label_of_its_own_team_only() -> None:
    labels = frozenset({"sprint-goal"})
    found = goal("Guests pay", story("A-1", labels=labels), story("A-2", 3.0, "search", labels=labels))

    assert found.links == {"A-1": 'label "sprint-goal"'}
    assert found.key == ""


@pytest.mark.parametrize("text", ["Finish A-90", "Offer Apple Pay to everybody", "APPLE  PAY"])
def test_issues_of_an_epic_that_the_goal_names_by_key_or_title_serve_it(text: str) -> None:
    found = goal(text, EPIC, story("A-1", parent="A-90"), story("A-2"))

    assert found.links == {"A-1": "epic A-90"}
    assert found.key == ""


def test_part_of_a_word_and_a_title_of_one_word_name_no_epic() -> None:
    one_word = replace(EPIC, title="Payments")

    assert goal("Payments without Apple Payroll", EPIC, story("A-1", parent="A-90")).links == {}
    assert goal("Payments work", one_word, story("A-1", parent="A-90")).links == {}


def test_each_way_of_linking_can_be_turned_off() -> None:
    issues = (EPIC, story("A-1"), story("A-2", labels=frozenset({"sprint-goal"})), story("A-3", parent="A-90"))
    alone = {
        way: list(goal("A-1 of A-90", *issues, options=PlanningOptions(goal_links=frozenset({way}))).links)
        for way in GoalLink
    }

    assert alone == {GoalLink.NAMED: ["A-1"], GoalLink.LABEL: ["A-2"], GoalLink.EPIC: ["A-3"]}


def test_a_label_marks_the_key_issue_before_the_goal_does() -> None:
    marked = story("A-1", labels=frozenset({"key-issue"}))
    found = goal("Guests pay: A-2", marked, story("A-2"))

    assert found.key == "A-1"
    assert found.links["A-1"] == 'label "key-issue"'
    assert found.findings == ()


def test_a_sprint_without_a_goal_has_no_findings() -> None:
    found = goal("", story("A-1", labels=frozenset({"sprint-goal"})))

    assert (found.text, found.links, found.key, found.findings) == ("", {}, "", ())
    assert found.planned == ("A-1",)


def test_the_configuration_has_the_goal_of_a_sprint_that_has_none_on_the_board() -> None:
    configured = replace(PAYMENTS, goals={"Sprint 120": "Guests pay by card", "Sprint 130": "Another"})

    assert goal("", story("A-1"), team=configured).text == "Guests pay by card"
    assert goal("From the board", story("A-1"), team=configured).text == "From the board"


def test_a_goal_that_no_issue_serves_is_a_finding() -> None:
    found = goal("Guests pay", story("A-1"), story("A-2", category=Category.DONE, labels=frozenset({"sprint-goal"})))

    assert codes(found) == ["GOAL-WITHOUT-ISSUE"]


def test_a_plan_in_which_no_issue_serves_the_goal_is_output_only() -> None:
    found = goal("Guests pay: A-2", story("A-1", 9), story("A-2", 5))

    assert codes(found) == ["PLAN-WITHOUT-GOAL", "KEY-NOT-PLANNED"]
    assert "Linked, but not planned: A-2." in found.findings[0].text


def test_the_key_issue_is_ready_planned_and_first() -> None:
    unready = goal("Guests pay: A-2", story("A-1"), story("A-2"), unready=["A-2"])
    second = goal("Guests pay: A-2", story("A-1"), story("A-2"))

    assert codes(unready) == ["PLAN-WITHOUT-GOAL", "KEY-NOT-READY", "KEY-NOT-PLANNED"]
    assert codes(second) == ["KEY-NOT-FIRST"]


def test_of_several_issues_marked_as_the_key_issue_the_first_counts() -> None:
    key = frozenset({"key-issue"})
    found = goal("Guests pay", story("A-1", labels=key), story("A-2", labels=key))

    assert found.key == "A-1"
    assert codes(found) == ["SEVERAL-KEY-ISSUES"]
    assert found.findings[0].text == "2 issues are marked as the key issue: A-1, A-2. Keep one; A-1 counts."


def test_a_key_issue_that_is_not_linked_to_the_goal_is_a_finding() -> None:
    key = story("A-1", labels=frozenset({"key-issue"}))
    found = goal("Guests pay: A-2", key, story("A-2"), options=PlanningOptions(goal_links=frozenset({GoalLink.NAMED})))

    assert codes(found) == ["KEY-NOT-LINKED"]


@pytest.mark.parametrize(
    ("text", "product_goal", "apart"),
    [
        ("A guest pays: A-1", "Guests check out without an account", False),
        ("Finish A-1", "Apple Pay for all", False),
        ("Finish A-1", "A-90 by June", False),
        ("Finish A-1", "", False),
        ("Finish A-1 with this", "Guests check out with this account", True),
    ],
)
def test_a_goal_is_linked_to_the_product_goal_by_a_word_an_epic_or_a_key(
    text: str,
    product_goal: str,
    apart: bool,  # noqa: FBT001 - a column of the table
) -> None:
    found = goal(text, story("A-1", parent="A-90"), EPIC, product_goal=product_goal)

    assert codes(found) == ["GOAL-APART"] * apart


def test_what_people_planned_counts_as_planned() -> None:
    found = goal("Guests pay: A-1", story("A-1", sprint="120"), story("A-2"))

    assert found.served == ("A-1",)
    assert found.planned == ("A-1", "A-2")
