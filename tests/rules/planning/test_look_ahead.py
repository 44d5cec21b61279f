"""The sprints after the next one: what is planned there from the backlog, the proposal and what people placed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from rules.backlog.index import Backlog
from rules.capacity.model import CapacitySplit, Range, Share, SprintOutlook, TeamCapacity
from rules.capacity.outlook import coming_sprints
from rules.model import Issue, LinkKind, OwnMarks, Sprint, Team
from rules.planning.look_ahead import LookAhead, PlannedBefore, look_ahead
from rules.planning.model import Choices
from rules.planning.options import PlanningOptions
from rules.planning.proposal import propose
from rules.release import Stay
from sync.solver import solve
from tests.factories import link, product, snapshot, sprint
from tests.rules.planning.judged import judged
from tests.rules.planning.world import PAYMENTS, SEARCH, START, capacity, story

DAYS = timedelta(days=14)


def sprints_of(team: Team, count: int = 3) -> tuple[Sprint, ...]:
    """The future sprints of a team's board: 120, 121, 122 for Payments."""
    return tuple(
        sprint(str(team.board * 10 + n), board=team.board, start=START + n * DAYS, end=START + (n + 1) * DAYS)
        for n in range(count)
    )


def ahead_of(team: Team, *points: float | None, planned: int = 3, **overrides: Any) -> TeamCapacity:
    """The capacity of a team whose sprints, the next one first, take so many points."""
    boxes = (*sprints_of(team, planned), *([None] * len(points)))
    first = date(2026, 3, 9)
    outlook = tuple(
        SprintOutlook(
            sprint=boxes[n],
            first=first + n * DAYS,
            last=first + n * DAYS + timedelta(11),
            net_days=50.0,
            points=None if one is None else Range(one / 2, one, one * 2),
        )
        for n, one in enumerate(points)
    )
    values: dict[str, Any] = {"outlook": outlook, "first": first, "last": outlook[0].last}
    return capacity(team, points[0], **(values | overrides))


def planned(
    *issues: Issue,
    capacities: Sequence[TeamCapacity] | None = None,
    unready: Sequence[str] = (),
    choices: Choices | None = None,
    before: Sequence[PlannedBefore] = (),
    **options: Any,
) -> LookAhead:
    both = capacities or (ahead_of(PAYMENTS, 10.0, 10.0, 10.0), ahead_of(SEARCH, 10.0, 10.0, 10.0))
    world = snapshot(*issues, product=product(PAYMENTS, SEARCH), sprints=(*sprints_of(PAYMENTS), *sprints_of(SEARCH)))
    backlog, verdicts = Backlog.of(world, both), judged(issues, unready)
    proposal = propose(backlog, verdicts, choices or Choices())
    return look_ahead(backlog, verdicts, proposal, PlanningOptions(**({"planner": "greedy"} | options)), solve, before)


def places(ahead: LookAhead) -> dict[str, str]:
    """Team and number of the sprint by key."""
    return {inside.issue.key: f"{one.slot.team} {one.slot.depth + 1}" for one in ahead.sprints for inside in one.issues}


def whys(ahead: LookAhead) -> dict[str, tuple[str, str]]:
    return {left.issue.key: (left.code.value, left.why) for left in ahead.left_out}


def test_what_the_next_sprint_has_no_room_for_goes_to_later_ones() -> None:
    ahead = planned(story("A-1", 8), story("A-2", 8), story("A-3", 2), story("A-4", 8))

    assert places(ahead) == {"A-2": "Payments 2", "A-4": "Payments 3"}


def test_an_issue_that_is_not_ready_is_planned_for_a_later_sprint_and_says_so() -> None:
    ahead = planned(story("A-1", 3), story("A-2", 3), unready=["A-1"])
    issue = ahead.sprints[0].issues[0]

    assert (issue.issue.key, issue.is_ready, issue.assumed) == ("A-1", False, False)


def test_an_issue_without_an_estimate_counts_with_its_assumed_size() -> None:
    ahead = planned(story("A-1", 5), story("A-2", 5), story("A-3", None))
    issue = ahead.sprints[0].issues[0]

    assert (issue.issue.key, issue.points, issue.assumed) == ("A-3", 5.0, True)
    assert (ahead.sprints[0].points, ahead.sprints[0].left) == (5.0, 5.0)


def test_what_people_put_into_a_later_sprint_takes_its_room() -> None:
    ahead = planned(story("A-1", 10), story("A-2", 8, sprint="121"), story("A-3", 3))

    assert places(ahead) == {"A-3": "Payments 3"}
    assert (ahead.sprints[0].slot.load, ahead.sprints[0].left) == (8.0, 2.0)


def test_another_team_begins_one_sprint_after_what_the_proposal_holds() -> None:
    blocked = story("A-2", 3, "search", links=(link("A-1", LinkKind.BLOCKED_BY),))
    ahead = planned(story("A-1", 3), blocked)

    assert places(ahead) == {"A-2": "Search 2"}
    assert ahead.sprints[1].issues[0].why == "after A-1"


def test_what_people_placed_in_a_later_sprint_of_another_team_is_waited_for() -> None:
    blocked = story("A-2", 3, "search", links=(link("A-1", LinkKind.BLOCKED_BY),))

    assert places(planned(story("A-1", 3, sprint="121"), blocked)) == {"A-2": "Search 3"}


def test_what_people_placed_in_a_sprint_of_the_same_team_is_in_time_for_later_ones() -> None:
    blocked = story("A-2", 3, links=(link("A-1", LinkKind.BLOCKED_BY),))
    full = (ahead_of(PAYMENTS, 10.0, 10.0, planned=1, load=10.0),)

    assert places(planned(story("A-1", 3, sprint="121"), blocked)) == {"A-2": "Payments 2"}
    assert places(planned(story("A-1", 10, sprint="120"), blocked, capacities=full)) == {"A-2": "Payments 2"}


def test_a_sprint_out_of_which_a_person_took_an_issue_does_not_get_it_again() -> None:
    refused = story("A-1", 3, marks=OwnMarks(refused=(("sprint", "120"), ("sprint", "121"))))

    assert places(planned(refused)) == {"A-1": "Payments 3"}


def test_a_rejection_is_about_the_next_sprint_only() -> None:
    issue = story("A-1", 3)
    choices = Choices(rejected={issue.id: {"Payments": "Bo rejected it."}})

    assert places(planned(issue, choices=choices)) == {"A-1": "Payments 2"}


def test_a_released_issue_is_planned_nowhere() -> None:
    issue = story("A-1", 3)
    released = Choices(released={issue.id: Stay(at=START, until=date(2027, 1, 1), because="nobody asked for it")})

    assert places(planned(issue, choices=released)) == {}


def test_issues_that_block_each_other_are_planned_nowhere() -> None:
    one = story("A-1", 3, links=(link("A-2", LinkKind.BLOCKED_BY),))
    two = story("A-2", 3, links=(link("A-1", LinkKind.BLOCKED_BY),))
    ahead = planned(one, two, story("A-3", 3))

    assert places(ahead) == {}
    assert whys(ahead)["A-1"] == ("BLOCKED", "Circular dependency: A-1 → A-2 → A-1. Remove or reverse one link.")


def test_each_higher_ranked_issue_that_is_in_no_sprint_says_why() -> None:
    late = story("A-1", 3, "search", links=(link("A-9", LinkKind.BLOCKED_BY),))
    ahead = planned(
        late,
        story("A-2", 13),
        story("A-3", 10),
        story("A-4", 10),
        story("A-5", 9),
        story("A-6", 4),
        story("A-7", 1),
        story("A-9", 0, sprint="122"),
    )

    assert places(ahead) == {"A-4": "Payments 2", "A-5": "Payments 3", "A-7": "Payments 3"}
    assert whys(ahead) == {
        "A-1": ("DEP_TIMING", "Depends on A-9, planned too late for these sprints."),
        "A-2": ("TOO_BIG", "Too big: 13; the largest of these sprints takes 10 (Sprint 122)."),
        "A-6": ("CAPACITY_HIGHER", "Does not fit: needs 4, at most 0 left."),
    }


def test_an_issue_that_may_go_to_no_sprint_says_which_of_the_causes_it_is() -> None:
    everywhere = OwnMarks(refused=(("sprint", "120"), ("sprint", "121"), ("sprint", "122")))
    teams = (ahead_of(PAYMENTS, 10.0, 10.0, 10.0), capacity(SEARCH, None))
    ahead = planned(
        story("A-1", 3, "nobody"),
        story("A-2", 3, "search"),
        story("A-3", 3, marks=everywhere),
        story("A-4", 3),
        capacities=teams,
        unready=("A-1", "A-2", "A-3"),
    )

    assert whys(ahead) == {
        "A-1": ("NO_TEAM", "No team takes it."),
        "A-2": ("NO_CAPACITY", "What Search will finish is not known."),
        "A-3": ("TAKEN_OUT", "A person took it out of each of these sprints."),
    }


def test_an_issue_that_is_too_big_for_the_sprints_after_its_blocker_says_so() -> None:
    big = story("A-2", 8, links=(link("A-1", LinkKind.BLOCKED_BY),))
    teams = (ahead_of(PAYMENTS, 10.0, 10.0, 7.0), ahead_of(SEARCH, 5.0, 10.0, 10.0))
    ahead = planned(story("A-1", 10, "search"), big, story("A-3", 1), story("A-4", 10), capacities=teams)

    assert places(ahead)["A-1"] == "Search 2"
    assert whys(ahead)["A-2"] == (
        "TOO_BIG",
        "Too big: 8; the largest sprint after its blockers takes 7 (Sprint 122).",
    )


def test_what_others_need_is_not_displaced() -> None:
    needed = story("A-2", 4)
    needs = story("A-3", 4, links=(link("A-2", LinkKind.BLOCKED_BY),))
    swap = planned(story("A-1", 8), needed, needs, capacities=(ahead_of(PAYMENTS, 4.0, 4.0, 4.0),))

    assert places(swap) == {"A-3": "Payments 2"}
    assert whys(swap)["A-1"][0] == "TOO_BIG"


def test_a_kind_of_work_gets_its_least_in_later_sprints() -> None:
    split = CapacitySplit("points", 10.0, (Share("features", 6.0), Share("debt", 4.0, labels=frozenset({"debt"}))))
    teams = (ahead_of(PAYMENTS, 10.0, 10.0, split=split),)
    debt = story("A-4", 3, labels=frozenset({"debt"}))
    ahead = planned(story("A-1", 10), story("A-2", 5), story("A-3", 4), debt, capacities=teams, sprints_ahead=2)

    assert places(ahead) == {"A-2": "Payments 2", "A-4": "Payments 2"}
    assert whys(ahead)["A-3"] == ("CAPACITY_SWAP", "It would displace A-4 in Sprint 121.")


def test_what_an_issue_would_displace_is_only_what_has_to_leave() -> None:
    split = CapacitySplit("points", 10.0, (Share("features", 1.0), Share("debt", 9.0, labels=frozenset({"debt"}))))
    teams = (ahead_of(PAYMENTS, 10.0, 10.0, split=split),)
    debt = [story(f"A-{n}", points, labels=frozenset({"debt"})) for n, points in ((4, 7), (5, 1))]
    ahead = planned(story("A-1", 10), story("A-2", 8), *debt, capacities=teams, sprints_ahead=2)

    assert whys(ahead) == {"A-2": ("CAPACITY_SWAP", "It would displace A-4 in Sprint 121.")}


def test_the_team_that_works_on_an_epic_is_named_where_there_was_a_choice() -> None:
    both = story("A-3", 3, "payments", "search", parent="A-9")
    teams = (ahead_of(PAYMENTS, 10.0, 10.0), ahead_of(SEARCH, 10.0, 2.0))
    issues = (story("A-1", 10), story("A-2", 10, "search"), story("A-4", 3, parent="A-9"), both)
    ahead = planned(*issues, capacities=teams, sprints_ahead=2)

    assert [inside.why for inside in ahead.sprints[0].issues] == ["", "Payments works on A-9"]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_so_many_sprints_are_planned_as_asked_for(count: int) -> None:
    ahead = planned(story("A-1", 3), capacities=(ahead_of(PAYMENTS, 10.0, 10.0, 10.0),), sprints_ahead=count)

    assert [one.slot.depth for one in ahead.sprints] == list(range(1, count))


def test_sprints_that_the_board_does_not_have_yet_take_the_usual_points() -> None:
    one = replace(ahead_of(PAYMENTS, 10.0), usual=Range(6.0, 12.0, 24.0), cadence_days=14)

    second = coming_sprints(one, 2)[1]

    assert (second.sprint, second.first, second.points) == (None, date(2026, 3, 23), Range(6.0, 12.0, 24.0))
    assert places(planned(story("A-1", 10), story("A-2", 12), capacities=(one,))) == {"A-2": "Payments 2"}


def test_a_team_whose_points_are_unknown_has_no_later_sprints() -> None:
    assert planned(story("A-1", 3), capacities=(ahead_of(PAYMENTS, None, None),)).sprints == ()


def test_an_unknown_planner_is_refused_with_the_names_of_those_there_are() -> None:
    with pytest.raises(ValueError, match="there is no planner 'best'; use one of exact, greedy"):
        PlanningOptions(planner="best")


def test_the_plan_says_which_planner_made_it_and_how_good_it_is() -> None:
    ahead = planned(story("A-1", 10), story("A-2", 5), planner="exact")

    assert (ahead.planner, ahead.asked, ahead.gap) == ("exact", "exact", 0.0)


@pytest.mark.parametrize("planner", ["greedy", "exact"])
def test_a_plan_stays_close_to_the_one_before(planner: str) -> None:
    issues = (story("A-1", 10), story("A-2", 10, "search"), story("A-3", 3, "payments", "search"))
    first = planned(*issues, planner=planner)
    there = PlannedBefore(issues[2].id, "Search", date(2026, 3, 23))

    again = planned(*issues, planner=planner, before=[there])

    assert places(again) == {"A-3": "Search 2"}
    assert again.sprints[1].issues[0].why == "as planned before"
    assert places(planned(*issues, planner=planner, before=first.planned)) == places(first)


def test_where_an_issue_was_planned_before_is_forgotten_with_its_sprint() -> None:
    issues = (story("A-1", 10), story("A-2", 3))
    gone = [
        PlannedBefore(issues[1].id, team, day) for team, day in (("Payments", date(2026, 1, 5)), ("Gone", START.date()))
    ]

    assert {tuple(places(planned(*issues, before=[one])).items()) for one in gone} == {(("A-2", "Payments 2"),)}
