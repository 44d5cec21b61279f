"""Sprint Planning part one: selected work, the cut line, what would be displaced, and what to decide."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from math import fsum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.model import Absence, Category, Issue, Kind, LinkKind, SprintState, Team
from rules.planning.goals import goals_of
from rules.planning.options import PlanningOptions
from rules.planning.part_one import PartOne, part_one
from rules.planning.proposal import propose
from rules.planning.team_part import Selected, displaced
from rules.promise import Promise
from rules.rule import Finding, Severity
from rules.verdict import Judgement
from tests.factories import NOW, link, person, product, snapshot, sprint
from tests.rules.planning.judged import judged
from tests.rules.planning.world import PAYMENTS, SEARCH, START, capacity, next_of, story


def page(
    *issues: Issue,
    unready: Sequence[str] = (),
    capacities: Sequence[TeamCapacity] = (),
    teams: Sequence[Team] = (PAYMENTS, SEARCH),
    judgement: Judgement | None = None,
    **overrides: Any,
) -> PartOne:
    """Part one of teams that take ten points each in their next sprints."""
    boxes = tuple(capacities) or tuple(capacity(team) for team in teams)
    values = {"product": product(*teams), "sprints": tuple(next_of(team) for team in teams)} | overrides
    verdicts = judgement or judged(issues, unready)
    near = replace(verdicts, verdicts=tuple(replace(one, in_horizon=True) for one in verdicts.verdicts))
    backlog = Backlog.of(snapshot(*issues, **values), boxes)
    proposal = propose(backlog, near)
    return part_one(backlog, near, proposal, goals_of(backlog, near, proposal, PlanningOptions()))


def selected(key: str, rank: int, points: float, **overrides: Any) -> Selected:
    values: dict[str, Any] = {"left": 0.0, "proposed": True, "why": ""}
    return Selected(issue=story(key, points), rank=rank, points=points, **(values | overrides))


SIZES = st.lists(st.sampled_from([0.5, 1.0, 2.0, 3.0, 5.0, 8.0]), max_size=12)


@given(sizes=SIZES, places=st.lists(st.sampled_from(["payments", "search", "nowhere"]), min_size=12, max_size=12))
def test_selected_is_the_sum_over_the_teams_and_of_what_is_not_distributed(
    sizes: list[float], places: list[str]
) -> None:
    issues = [story(f"A-{place}", size, places[place]) for place, size in enumerate(sizes, start=1) if place < 12]
    whole = page(*issues)

    keys = [one.issue.key for team in whole.teams for one in team.selected]
    assert len(keys) == len(set(keys))
    assert whole.points == fsum(team.points for team in whole.teams) + whole.undistributed_points
    for team in whole.teams:
        left = 10.0
        for one in team.selected:
            left -= one.points or 0
            assert one.left == pytest.approx(left)
        assert team.left == pytest.approx(left)
        assert left >= 0
        ranks = [one.rank for one in team.selected]
        assert ranks == sorted(ranks)


def test_the_team_that_people_gave_an_issue_to_leads_it() -> None:
    both = story("A-1", 30, "payments", "search")

    assert [one.leads for one in page(both).several] == [""]
    given = page(both, takers={both.id: "Search"})
    assert [(one.teams, one.leads) for one in given.several] == [(("Payments", "Search"), "Search")]
    assert not [one for one in given.decisions if "who leads" in one.text]


def test_what_is_in_the_sprint_counts_as_selected_and_carry_over_is_kept_free() -> None:
    inside = story("A-1", 4, sprint="120")
    (payments, _) = page(
        inside, story("A-2", 3), capacities=[capacity(PAYMENTS, load=6.0, carry_over=2.0), capacity(SEARCH)]
    ).teams

    assert [(one.issue.key, one.proposed, one.left, one.why) for one in payments.selected] == [
        ("A-1", False, 4.0, "in the sprint already"),
        ("A-2", True, 1.0, "ready, and it fits"),
    ]
    assert payments.left == 1.0


def test_an_issue_that_does_not_fit_says_what_it_would_displace() -> None:
    (payments, _) = page(story("A-1", 5), story("A-2", 4), story("A-3", 3)).teams

    assert [(one.issue.key, one.code, one.displaces) for one in payments.below] == [
        ("A-3", "CAPACITY_HIGHER", ("A-2",))
    ]


def test_the_lowest_in_rank_leave_and_none_that_need_not() -> None:
    rows = [selected("A-9", 9, 3), selected("A-10", 10, 2), selected("A-15", 15, 1)]

    assert displaced(5, 0.5, rows) == ("A-9", "A-10")
    assert displaced(3, 0.5, rows) == ("A-10", "A-15")
    assert displaced(20, 0.5, rows) == ()


def test_neither_the_key_issue_nor_what_is_in_the_sprint_is_displaced() -> None:
    rows = [selected("A-1", 1, 5, is_key=True), selected("A-2", 2, 5, proposed=False), selected("A-3", 3, 1)]

    assert displaced(1, 0, rows) == ("A-3",)
    assert displaced(2, 0, rows) == ()


@given(sizes=SIZES, points=st.sampled_from([1.0, 2.0, 3.0, 5.0, 8.0]), left=st.sampled_from([0.0, 0.5, 1.0]))
def test_what_is_displaced_makes_room_and_every_part_of_it_is_needed(
    sizes: list[float], points: float, left: float
) -> None:
    rows = [selected(f"A-{place}", place, size) for place, size in enumerate(sizes, start=1)]
    keys = displaced(points, left, rows)
    freed = [one.points or 0 for one in rows if one.issue.key in keys]

    assert not freed or left + sum(freed) >= points
    assert all(left + sum(freed) - size < points for size in freed)


def test_an_issue_says_what_it_is_needed_for() -> None:
    needed = story("A-1", 2, links=(link("A-2", LinkKind.BLOCKS),))
    (payments, _) = page(needed, story("A-2", 3)).teams

    assert payments.selected[0].why == "needed for A-2"


def test_an_issue_that_several_teams_recognise_has_a_team_that_leads_or_a_decision() -> None:
    both = story("A-1", 3, "payments", "search")
    unready = story("A-2", 3, "payments", "search")
    part = story("A-3", 2, "search", parent="A-2")
    whole = page(both, unready, part, unready=["A-2"])

    assert [(one.issue.key, one.teams, one.leads) for one in whole.several] == [
        ("A-1", ("Payments", "Search"), "Payments"),
        ("A-2", ("Payments", "Search"), ""),
    ]
    assert whole.several[1].parts == (("Search", "A-3"),)
    assert ("A-2: who leads?", ("Payments", "Search")) in [(one.text, one.answers) for one in whole.decisions]


def test_ready_work_that_no_team_takes_is_not_distributed_and_a_decision() -> None:
    whole = page(story("A-1", 3, "elsewhere"), story("A-2", 5))

    assert [one.issue.key for one in whole.undistributed] == ["A-1"]
    assert (whole.points, whole.undistributed_points) == (8, 3)
    assert ("A-1: who takes it?", ("Payments", "Search")) in [(one.text, one.answers) for one in whole.decisions]


def test_a_dependency_on_another_team_says_whether_it_is_planned_in_time() -> None:
    running = sprint(
        "131", SprintState.ACTIVE, board=13, start=START - timedelta(days=14), end=START - timedelta(days=3)
    )
    first = story("A-1", 2, links=(link("S-1", LinkKind.BLOCKED_BY),))
    second = story("A-2", 2, links=(link("S-2", LinkKind.BLOCKED_BY),))
    third = story("A-3", 2, links=(link("S-3", LinkKind.BLOCKED_BY),))
    whole = page(
        *(first, second, third),
        *(story("S-1", 1, "search", sprint="131", category=Category.DOING), story("S-2", 1, "search", sprint="130")),
        story("S-3", None, "search"),
        unready=["A-3", "S-3"],
        sprints=(next_of(PAYMENTS), next_of(SEARCH), running),
    )

    assert [
        (one.needs.key, one.blocker, one.blocker_team, one.state, one.is_planned) for one in whole.dependencies
    ] == [
        ("A-1", "S-1", "Search", "planned in Sprint 131, in progress", True),
        ("A-2", "S-2", "Search", "planned in Sprint 130; it ends too late", False),
        ("A-3", "S-3", "Search", "not planned, no estimate; not agreed on yet, open for 30 days", False),
    ]
    texts = [one.text for one in whole.decisions]
    assert "S-2 blocks A-2: when is it done?" in texts
    assert not any("S-1 blocks" in text for text in texts)


def test_a_dependency_that_was_promised_in_time_is_agreed_on_and_no_decision() -> None:
    early = sprint("131", board=13, name="Search 131", start=START - timedelta(days=14), end=START - timedelta(days=3))
    late = sprint("132", board=13, name="Search 132", start=START, end=START + timedelta(days=14))
    issues = (
        *(story(f"A-{n}", 2, links=(link(f"S-{n}", LinkKind.BLOCKED_BY),)) for n in (1, 2)),
        *(story(f"S-{n}", 20, "search", id=f"s{n}") for n in (1, 2)),
    )
    promises = {
        f"s{n}": Promise(at=NOW - timedelta(days=3), sprint=box.id, name=box.name, team="Search")
        for n, box in ((1, early), (2, late))
    }
    whole = page(*issues, sprints=(next_of(PAYMENTS), early, late), promises=promises)

    assert [(one.state, one.is_planned, one.is_agreed) for one in whole.dependencies] == [
        ("promised for Search 131", False, True),
        ("promised for Search 132; it ends too late", False, False),
    ]
    assert [one.text for one in whole.decisions if "blocks" in one.text] == ["S-2 blocks A-2: when is it done?"]


def test_a_dependency_whose_planned_sprint_ends_too_late_says_so_once_with_its_age() -> None:
    ours, theirs = next_of(PAYMENTS), next_of(SEARCH)
    needs = story("A-1", 2, links=(link("S-1", LinkKind.BLOCKED_BY),), sprint=ours.id)
    whole = page(needs, story("S-1", 2, "search", sprint=theirs.id), sprints=(ours, theirs))

    assert [(one.state, one.is_agreed) for one in whole.dependencies] == [
        (f"planned in {theirs.name}; it ends too late, open for 30 days", False)
    ]


def test_open_questions_are_those_of_selected_issues_with_who_accepted_them() -> None:
    issues = (story("A-1"), story("A-2"))
    asked = Finding(
        rule="ready.open_questions", severity=Severity.SHOULD, subject="", message="Which account?", hint="Answer it."
    )
    verdicts = judged(issues).verdicts
    judgement = Judgement(
        verdicts=(
            replace(verdicts[0], findings=(asked,)),
            replace(verdicts[1], findings=(replace(asked, waived="accepted: later (Ana)"),)),
        )
    )
    whole = page(*issues, judgement=judgement)

    assert [(one.issue, one.text, one.accepted) for one in whole.questions] == [
        ("A-1", "Which account?", ""),
        ("A-2", "Which account?", "accepted: later (Ana)"),
    ]


def test_a_missing_goal_and_a_missing_representative_are_decisions_before_the_work() -> None:
    texts = [one.text for one in page(story("A-1", 3)).decisions]

    assert texts == [
        "Payments has no Sprint Goal yet. Agree on it before issues are selected.",
        "Search has no Sprint Goal yet. Agree on it before issues are selected.",
        "No representative: Payments, Search. Who decides for the team?",
        "Payments takes 3 points.",
        "Search takes 0 points.",
    ]


def test_a_sprint_that_holds_too_much_names_what_to_talk_about_first_and_never_the_key_issue() -> None:
    """The lowest in rank leave first; what serves the goal and the key issue stay."""
    ours = replace(next_of(PAYMENTS), goal="Guests pay: A-3")
    issues = [story(f"A-{n}", 4, sprint=ours.id) for n in (1, 2, 3)] + [story("A-4", 1, sprint=ours.id)]
    boxes = (capacity(PAYMENTS, sprint=ours), capacity(SEARCH))
    whole = page(*issues, capacities=boxes, sprints=(ours, next_of(SEARCH)))

    (asked,) = [one for one in whole.decisions if "over" in one.text]
    assert (asked.text, asked.answers) == ("Payments is 3 points over: what leaves?", ("A-2", ""))


def test_representatives_are_named_and_those_who_are_away_on_the_first_day() -> None:
    monday = START.date()
    gone = person("Cy", absences=(Absence(first=monday, last=monday),))
    team = replace(PAYMENTS, people=(person("Bo"), gone))
    named = page(story("A-1"), teams=(replace(team, representatives=("Bo",)), SEARCH)).teams[0]
    everybody = page(story("A-1"), teams=(replace(team, representatives=("all",)), SEARCH)).teams[0]
    alone = page(story("A-1"), teams=(team,)).teams[0]

    assert (named.representatives, named.away) == (("Bo",), ())
    assert (everybody.representatives, everybody.away) == (("Bo", "Cy"), ("Cy",))
    assert alone.representatives == ("Bo", "Cy")


def test_epics_sub_tasks_and_work_of_other_sprints_are_below_no_cut_line() -> None:
    whole = page(
        story("A-1", None, kind=Kind.EPIC),
        story("A-2", None, kind=Kind.SUBTASK),
        story("A-3", sprint="999"),
        story("A-4"),
    )

    assert [team.below for team in whole.teams] == [(), ()]


def test_a_swap_with_what_people_put_into_the_sprint_is_a_decision() -> None:
    whole = page(
        story("A-1", 4), story("A-2", 5), story("A-3", 8, sprint="120"), capacities=[capacity(PAYMENTS, load=8)]
    )

    assert [(one.issue.key, one.instead) for one in whole.passed_over] == [("A-1", ("A-3",)), ("A-2", ("A-3",))]
    assert [one.text for one in whole.decisions if "swap" in one.text] == [
        "Payments has A-3 in its sprint, A-1 ranks higher: swap?"
    ]
