"""Each issue of the outlook belongs to one layer, by one rule."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import Category, Kind, Link, LinkKind, SprintState, TeamFilter
from rules.promise import Promise
from rules.refinement.layers import Layer, outlook_sprints, routed
from rules.refinement.options import RefinementOptions
from tests.factories import NOW, link, product, snapshot, sprint
from tests.rules.planning.world import PAYMENTS, SEARCH, story
from tests.rules.refinement.world import OPTIONS, backlog, epic, layers, routes

NOTE = "## Decision\n\nOne consent for all channels."


def test_what_touches_several_teams_or_none_is_overall_and_the_rest_is_the_teams() -> None:
    known = backlog(story("A-1", 3, "payments", "search"), story("A-2", 3, "printing"), story("A-3"))

    assert layers(known) == {"A-1": Layer.OVERALL, "A-2": Layer.OVERALL, "A-3": Layer.TEAM}
    assert [one.why for one in routes(known).values()] == [
        "touches Payments and Search",
        "no team takes it",
        "only Payments takes it",
    ]


def test_an_epic_touches_the_teams_of_the_open_issues_below_it() -> None:
    done = story("A-4", 3, "search", parent="E-2", category=Category.DONE)
    known = backlog(
        epic("E-1", "", "payments"),
        epic("E-2", "", "payments"),
        story("A-2", parent="E-1"),
        story("A-3", 3, "search", parent="E-1"),
        done,
    )
    assert routes(known)["E-1"].teams == ("Payments", "Search")
    assert routes(known)["E-2"].teams == ("Payments",)


def test_after_the_decision_an_issue_of_several_teams_is_on_the_agenda_of_each_with_the_note() -> None:
    one = routes(backlog(epic("E-1", NOTE)))["E-1"]
    assert (one.layer, one.teams, one.note) == (Layer.TEAM, ("Payments", "Search"), "One consent for all channels.")


@pytest.mark.parametrize(
    ("values", "note"),
    [
        ({"attachments": ("photo.png", "Decision-note_2.pdf")}, "Decision-note_2.pdf"),
        ({"links": (Link(kind=LinkKind.RELATES, key="DOC-4", title="Decision: one consent"),)}, "DOC-4"),
        ({"restricted": True, "attachments": ("decision.pdf",)}, "(restricted)"),
        ({"attachments": ("photo.png",)}, ""),
    ],
)
def test_a_decision_note_may_be_attached_or_linked(values: dict[str, Any], note: str) -> None:
    assert routes(backlog(epic("E-1", **values)))["E-1"].note == note


def test_an_issue_below_a_shared_one_waits_for_its_decision_and_then_has_its_note() -> None:
    below = (story("A-1", parent="E-1"), story("A-2", 3, "search", parent="E-1"))
    waiting, decided = routes(backlog(epic("E-1"), *below)), routes(backlog(epic("E-1", NOTE), *below))

    assert (waiting["A-1"].layer, waiting["A-1"].waits_for) == (Layer.TEAM, "E-1")
    assert (decided["A-1"].waits_for, decided["A-1"].note) == ("", "E-1: One consent for all channels.")


def test_work_that_needs_another_team_is_of_several_teams_until_that_team_agrees() -> None:
    needs, blocker = story("A-1", links=(link("S-1", LinkKind.BLOCKED_BY),)), story("S-1", 3, "search")
    one = routes(backlog(needs, blocker))["A-1"]
    assert (one.layer, one.teams, one.why) == (Layer.MULTI_TEAM, ("Payments", "Search"), "needs S-1 of another team")
    assert layers(backlog(needs, blocker))["S-1"] is Layer.TEAM

    promise = Promise(at=NOW, sprint="130", name="Sprint 130", team="Search")
    assert layers(backlog(needs, blocker, promises={blocker.id: promise}))["A-1"] is Layer.TEAM


def test_what_any_team_may_take_is_of_several_teams_until_one_takes_it() -> None:
    free = tuple(replace(one, takes=TeamFilter()) for one in (PAYMENTS, SEARCH))
    one = story("A-1")
    assert routes(backlog(one, teams=free))["A-1"].why == "Payments or Search may take it"
    assert layers(backlog(one, teams=free)) == {"A-1": Layer.MULTI_TEAM}
    assert layers(backlog(one, teams=free, takers={one.id: "Search"})) == {"A-1": Layer.TEAM}
    assert layers(backlog(one, teams=(PAYMENTS,))) == {"A-1": Layer.TEAM}


def test_the_outlook_has_open_issues_within_its_weeks_and_in_no_running_sprint() -> None:
    running = sprint("7", SprintState.ACTIVE)
    known = backlog(
        story("A-1", 3, sprint="7", sprints=("7",)),
        story("A-2", 3, kind=Kind.SUBTASK),
        story("A-3", 250),
        story("A-4", 30),
        story("A-5", 3, parent="E-1"),
        epic("E-1", "", "payments"),
        sprints=(running,),
    )
    assert list(layers(known)) == ["A-3", "A-4"]
    assert outlook_sprints(known.snapshot, OPTIONS) == 6.5
    far = RefinementOptions(outlook_weeks=104)
    assert [one.issue.key for one in routed(known, far)] == ["A-3", "A-4", "A-5", "E-1"]
    assert outlook_sprints(snapshot(product=replace(product(), teams=())), OPTIONS) == 0.0


def test_an_epic_is_in_the_outlook_with_the_issues_below_it() -> None:
    known = backlog(story("A-1", 3, parent="E-1"), story("A-3", 900), epic("E-1", "", "payments"))
    assert "E-1" in layers(known)


@given(st.lists(st.sampled_from([("payments",), ("search",), ("payments", "search"), ("none",)]), max_size=8))
def test_every_issue_of_the_outlook_is_in_exactly_one_layer(places: list[tuple[str, ...]]) -> None:
    issues = [story(f"A-{number}", 1, *names) for number, names in enumerate(places, start=1)] or [story("A-1", 1)]
    keys = [one.issue.key for one in routed(backlog(*issues), OPTIONS)]
    assert keys == [one.key for one in issues]
