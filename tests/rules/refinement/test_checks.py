"""Whether refinement is about the right things on a clear path, and whether several teams work as one product."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rules.capacity.model import TeamCapacity
from rules.model import LinkKind
from rules.planning.goals import TeamGoal
from rules.refinement.checks import refinement_checks, scaling_checks
from rules.refinement.layers import Layer
from rules.refinement.options import RefinementOptions
from rules.refinement.sessions import PlannedItem
from rules.rule import Finding, Severity
from rules.verdict import Judgement
from tests.factories import NOW, link, product
from tests.rules.planning.judged import judged
from tests.rules.planning.world import PAYMENTS, SEARCH, story
from tests.rules.refinement.test_cadence import running_since
from tests.rules.refinement.world import backlog, epic, refined

WEEK = timedelta(weeks=1)
BOTH = product(PAYMENTS, SEARCH, goal="Guests pay")
DONE = RefinementOptions(quality_standard="https://example.com/done")


def question(key: str) -> Finding:
    return Finding(
        rule="ready.open_questions",
        severity=Severity.SHOULD,
        subject=key,
        message="A question is open.",
        hint="Answer.",
    )


def test_issues_without_an_epic_and_a_goal_are_counted_and_so_is_what_is_unknown() -> None:
    needs = story("A-2", 3, parent=None, links=(link("A-4", LinkKind.BLOCKED_BY),))
    blocker = story("A-4", 3, "search", parent=None)
    known = backlog(epic("E-1"), story("A-1", 3, parent="E-1"), needs, story("A-3", 3, parent=None), blocker)
    verdicts = judged(known.snapshot.issues)
    asked = replace(verdicts.by_key["A-1"], findings=(question("A-1"),))
    verdicts = Judgement(verdicts=tuple(asked if one.issue.key == "A-1" else one for one in verdicts.verdicts))
    goals = (TeamGoal(team="Payments", text="Pay", links={"A-3": "named in the goal"}),)

    right, clear = refinement_checks(refined(known).routes, goals, known, verdicts)

    assert right.text == "Right things? No: 2 of 4 issues belong to an epic or serve a Sprint Goal."
    assert clear.text == "Clear path? No: 1 open question, 1 issue without a decision, 1 missing agreement."


def test_a_backlog_without_anything_open_has_a_clear_path() -> None:
    known = backlog(story("A-1", 3, parent=None))
    goals = (TeamGoal(team="Payments", text="Pay", links={"A-1": "named in the goal"}),)

    right, clear = refinement_checks(refined(known).routes, goals, known, judged(known.snapshot.issues))

    assert right.holds
    assert clear.text == "Clear path? Yes: no question, decision or agreement is open."


def kept(layer: Layer, team: str = "", days_ago: int = 2) -> PlannedItem:
    at = NOW - timedelta(days=days_ago)
    return PlannedItem(at=at, layer=layer, team=team, issue="1", key="A-1", base=5, minutes=5, points=1)


def running(days: int = 0) -> tuple[TeamCapacity, ...]:
    one = running_since(NOW - WEEK)
    return one, replace(running_since(NOW - WEEK + timedelta(days=days)), team=SEARCH)


def test_several_teams_refine_together_and_alone_under_one_goal_with_one_review() -> None:
    items = [kept(Layer.OVERALL), kept(Layer.TEAM, "Payments"), kept(Layer.TEAM, "Search")]
    checks = scaling_checks(BOTH, running(), items, DONE, moved="", now=NOW)

    assert [one.holds for one in checks] == [True] * 5
    assert checks[0].text == "Refined together? Yes: an overall agenda was kept since 23 February."
    assert checks[2].text == "One direction? Yes: the Product Goal is set. Nobody else changed the order."


def test_a_moved_order_is_the_reason_and_not_the_goal_that_is_set() -> None:
    checks = scaling_checks(BOTH, running(), [], DONE, moved="1 issue was moved by others.", now=NOW)

    assert checks[2].text == "One direction? No: 1 issue was moved by others. The Product Goal is set."


def test_what_several_teams_lack_is_named() -> None:
    items = [kept(Layer.OVERALL, days_ago=20), kept(Layer.TEAM, "Payments")]
    moved = "1 issue was moved by others."
    checks = scaling_checks(product(PAYMENTS, SEARCH, goal=""), running(days=3), items, DONE, moved=moved, now=NOW)

    assert [one.text for one in checks] == [
        "Refined together? No: no overall agenda was kept since 23 February.",
        "Refined in each team? No: no agenda of Search was kept since 23 February.",
        "One direction? No: there is no Product Goal. 1 issue was moved by others.",
        "One review? No: running sprints end on 8 March, 11 March.",
        "One Definition of Done? Yes: all teams have the same one.",
    ]


def test_one_team_needs_no_such_reminders_and_without_running_sprints_they_say_so() -> None:
    assert scaling_checks(BOTH, running()[:1], (), DONE, moved="", now=NOW) == ()
    idle = tuple(replace(one, running=None) for one in running())
    assert scaling_checks(BOTH, idle, (), DONE, moved="", now=NOW)[3].text == (
        "One review? No: running sprints end on no known day."
    )


@pytest.mark.parametrize(
    ("standard", "own", "text"),
    [
        ("a", {}, "Yes: all teams have the same one."),
        ("", {}, "No: none is configured for Payments, Search."),
        ("a", {"Search": "b"}, "No: they differ: Payments; Search."),
        ("", {"Search": "b"}, "No: none is configured for Payments."),
    ],
)
def test_teams_without_a_definition_of_done_and_with_different_ones_are_named(
    standard: str, own: dict[str, str], text: str
) -> None:
    options = RefinementOptions(quality_standard=standard, quality_standards=own)
    assert scaling_checks(BOTH, running(), (), options, moved="", now=NOW)[4].text == f"One Definition of Done? {text}"


def test_one_issue_belongs_and_serves() -> None:
    world = backlog(story("A-1", 3, parent=None))
    first, _ = refinement_checks(refined(world).routes, (), world, judged(world.snapshot.issues))

    assert first.text == "Right things? No: 0 of 1 issue belongs to an epic or serves a Sprint Goal."
