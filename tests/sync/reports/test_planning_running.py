"""The page of the running sprints, in each format."""

from dataclasses import replace

from rules.capacity.model import Range, RunningCapacity
from rules.planning.running import Obstacle, OpenIssue, RunningSprint
from rules.planning.scope import ScopeAtStart, ScopeChange, ScopeKind, StartedIssue
from rules.planning.since import Reestimated
from sync.reports.blocks import plain
from sync.reports.planning import as_markdown, as_text, running_as_json
from sync.reports.planning.running import SprintPage, sprint_page
from tests.factories import sprint
from tests.rules.planning.world import story
from tests.sync.reports.sample import STARTED, sample

BOX = sprint("4", name="Payments 42")
LOW = OpenIssue(issue=story("A-2", 2, title="Print it"), rank=2, points=2.0)
BUSY = RunningSprint(
    team="Payments",
    sprint=BOX,
    goal="Guests pay by card",
    start=ScopeAtStart(sprint="4", seen=STARTED, goal="", issues=(StartedIssue("1", "A-1", 5.0),), rebuilt=False),
    capacity=RunningCapacity(sprint=BOX, last=STARTED.date(), days=20, days_left=8, elapsed=0.6, left=Range(3, 6, 9)),
    open=(OpenIssue(issue=story("A-1", 5, title="Pay"), rank=1, points=5.0, serves="named", is_key=True), LOW),
    changes=(
        ScopeChange(kind=ScopeKind.ADDED, id="2", issue="A-2", points=2.0, who="Di", at=STARTED),
        ScopeChange(kind=ScopeKind.REMOVED, id="3", issue="A-3", points=1.0, acknowledged="Ana agreed."),
    ),
    estimates=(Reestimated("A-1", "3", "5", "Bo", STARTED),),
    obstacles=(Obstacle(story("A-1"), "blocked by A-9"),),
    renegotiate=(LOW,),
)


def page(*sprints: RunningSprint) -> SprintPage:
    return sprint_page(replace(sample(), running=sprints))


def test_the_goal_comes_first_and_everything_is_in_every_format() -> None:
    made = page(BUSY)
    text, markdown = plain(as_text.running(made), 200), as_markdown.running(made).replace("\\", "")

    assert text.startswith("Sprint Goal: Guests pay by card\n")
    assert markdown.startswith("# Sprint Goal: Guests pay by card\n")
    for words in (text, markdown):
        assert "Behind. Open: 7 points; usual in the rest: 6 points (3 if slow, 9 if fast)" in words
        assert "A-2 (2 points, does not serve the goal)" in words
        assert "A-2 was added by Di on 2 March (2 points): not acknowledged yet" in words
        assert "A-3 was removed (1 point): Ana agreed." in words
        assert "A-1: 3 → 5 (Bo, 2 March 2026)" in words
        assert "A-1: blocked by A-9" in words
        assert "The past of the issues is not known" in words


def test_the_document_has_start_rest_and_what_to_renegotiate() -> None:
    (one,) = running_as_json.running(page(BUSY)).sprints

    assert (one.goal, one.team, one.sprint, one.start_known) == ("Guests pay by card", "Payments", "Payments 42", False)
    assert [(started.key, started.points) for started in one.start] == [("A-1", 5.0)]
    assert (one.remaining, one.behind, one.goal_out_of_reach) == (7.0, True, False)
    assert [each.issue for each in one.renegotiate] == ["A-2"]
    assert [(each.kind, each.issue, each.who) for each in one.scope] == [
        (ScopeKind.ADDED, "A-2", "Di"),
        (ScopeKind.REMOVED, "A-3", ""),
    ]


def test_a_goal_out_of_reach_and_an_unknown_velocity_are_said() -> None:
    far = replace(BUSY, open=(replace(BUSY.open[0], points=12.0),), goal="")
    unknown = replace(BUSY, capacity=replace(BUSY.capacity, left=None))

    assert "The goal is no longer within reach." in plain(as_text.running(page(far)), 200)
    assert "is not known" in plain(as_text.running(page(unknown)), 200)


def test_without_a_running_sprint_the_page_says_so() -> None:
    assert plain(as_text.running(page())).startswith("No team has a running sprint with dates.\n")
    assert as_markdown.running(page()).startswith("No team has a running sprint with dates.\n")


def test_the_title_of_a_restricted_issue_is_on_no_page() -> None:
    hidden = next(one for one in sample().snapshot.issues if one.restricted)
    made = page(
        replace(BUSY, open=(replace(LOW, issue=hidden),), renegotiate=(), obstacles=(Obstacle(hidden, "flagged"),))
    )
    texts = plain(as_text.running(made), 200) + as_markdown.running(made)

    assert hidden.key in texts
    assert hidden.title not in texts
