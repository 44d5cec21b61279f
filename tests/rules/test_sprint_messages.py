"""Messages during a sprint: what they say, to whom, and that a fact is said once."""

from dataclasses import replace
from datetime import timedelta

from rules.capacity.model import Level, Range, RunningCapacity
from rules.messages import Audience, Message, sprint_messages
from rules.messages.sprint import MOST
from rules.planning.running import Obstacle, OpenIssue, RunningSprint
from rules.planning.scope import ScopeAtStart, ScopeChange, ScopeKind
from tests.factories import NOW, sprint
from tests.rules.planning.world import story

BOX = sprint("4", name="Payments 4")
CALM = RunningSprint(
    team="Payments",
    sprint=BOX,
    goal="Guests pay by card",
    start=ScopeAtStart(sprint="4", seen=NOW, goal="", issues=()),
    capacity=RunningCapacity(sprint=BOX, last=NOW.date(), days=20, days_left=8, elapsed=0.6, left=Range(3.0, 6.0, 9.0)),
)
ADDED = ScopeChange(kind=ScopeKind.ADDED, id="9", issue="A-9", points=3.0, who="Di", at=NOW - timedelta(days=1))
KEY = OpenIssue(issue=story("A-1", 5), rank=1, points=5.0, serves="named in the goal", is_key=True)
OTHER = OpenIssue(issue=story("A-2", 2), rank=2, points=2.0)


def sent(one: RunningSprint) -> tuple[Message, ...]:
    return sprint_messages([one], NOW, unit="point")


def test_a_sprint_in_which_all_is_well_says_nothing() -> None:
    assert sent(CALM) == ()


def test_changes_of_scope_go_to_the_product_owner_until_each_is_acknowledged() -> None:
    removed = replace(ADDED, kind=ScopeKind.REMOVED, id="8", issue="A-8", points=None, who="", at=None)
    (one,) = sent(replace(CALM, changes=(ADDED, removed)))

    assert (one.audience, one.title) == (Audience.PO, "Payments: Payments 4, 2 changes of scope to acknowledge")
    assert one.lines == (
        f"A-9 was added by Di on {(NOW - timedelta(days=1)).day} {NOW - timedelta(days=1):%B} (3 points).",
        "A-8 was removed (no estimate).",
        "Acknowledge each with the comment /ready scope ok on the issue.",
    )
    assert one.occasions == ("scope 4 added 9", "scope 4 removed 8")
    assert sent(replace(CALM, changes=(replace(ADDED, acknowledged="Ana acknowledged it."),))) == ()


def test_of_many_changes_of_scope_the_first_are_named_and_the_rest_counted() -> None:
    changes = tuple(replace(ADDED, id=f"{number}", issue=f"A-{number}") for number in range(MOST + 2))
    (one,) = sent(replace(CALM, changes=changes))

    assert len(one.lines) == MOST + 2
    assert one.lines[-2] == "And 2 more."


def test_behind_without_a_goal_names_none() -> None:
    (one,) = sent(replace(CALM, goal="", open=(replace(KEY, serves="", is_key=False), OTHER), renegotiate=(OTHER,)))

    assert not any("Goal" in line for line in one.lines)


def test_behind_names_what_is_open_and_what_to_renegotiate() -> None:
    (one,) = sent(replace(CALM, open=(KEY, OTHER), renegotiate=(OTHER,)))

    assert (one.audience, one.level, one.title) == (Audience.PO, Level.AMBER, "Payments: Payments 4 is behind")
    assert one.lines == (
        "Open: 7 points; usual in the rest: 6 points (3 if slow, 9 if fast).",
        "Sprint Goal: Guests pay by card.",
        "Renegotiate with the team, what serves the goal last:",
        "- A-2 (2 points, does not serve the goal)",
    )


def test_a_goal_out_of_reach_is_said_once_and_in_red() -> None:
    _, one = sent(replace(CALM, open=(replace(KEY, points=9.5),)))

    assert (one.audience, one.level) == (Audience.PO, Level.RED)
    assert one.title == "Payments: Payments 4: the goal is no longer within reach"
    assert one.occasions == ("out of reach 4",)
    assert "Open for it: A-1." in one.lines


def test_what_is_blocked_or_flagged_goes_to_the_scrum_master_only() -> None:
    (one,) = sent(replace(CALM, obstacles=(Obstacle(story("A-3"), "blocked by A-7"),)))

    assert (one.audience, one.team) == (Audience.SM, "Payments")
    assert one.title == "Payments: Payments 4, 1 issue is blocked or flagged"
    assert one.lines == ("A-3: blocked by A-7.",)
