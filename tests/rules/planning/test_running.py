"""The running sprint: its start, changes of scope, what is left, what to renegotiate, and what is blocked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.backlog.index import Backlog
from rules.capacity.model import Range, RunningCapacity
from rules.model import Category, Edit, EditField, Issue, Kind, LinkKind, SprintState
from rules.planning.options import PlanningOptions
from rules.planning.running import RunningSprint, running_sprints, scopes_at_start, to_renegotiate
from rules.planning.scope import ScopeAtStart, ScopeKind, StartedIssue
from tests.factories import edit, link, product, snapshot, sprint
from tests.rules.planning.world import PAYMENTS, START, capacity, story

EARLIER, LATER = START - timedelta(days=3), START + timedelta(days=2)
NOW = START + timedelta(days=8)
GOAL = "Guests pay by card: A-1"
USUAL = Range(3.0, 6.0, 9.0)
BOX = sprint("4", SprintState.ACTIVE, board=PAYMENTS.board, name="Payments 4", start=START, goal=GOAL)


def inside(key: str, points: float | None = 3.0, **overrides: Any) -> Issue:
    """An issue that is in the running sprint, created long before it."""
    values: dict[str, Any] = {"sprint": "4", "sprints": ("4",), "created": EARLIER}
    return story(key, points, **(values | overrides))


def moved(issue: Issue, before: str, after: str, at: datetime = LATER, name: str = "Di") -> Edit:
    return edit(EditField.SPRINT, issue.id, before=before, after=after, at=at, name=name)


def running(
    *issues: Issue,
    edits: Mapping[str, tuple[Edit, ...]] | None = None,
    left: Range | None = USUAL,
    elapsed: float = 0.6,
    known: Mapping[str, ScopeAtStart] | None = None,
    **overrides: Any,
) -> RunningSprint:
    """The running sprint of Payments, which usually finishes six points in the rest of it."""
    rest = RunningCapacity(sprint=BOX, last=NOW.date(), days=20, days_left=8, elapsed=elapsed, left=left)
    box = replace(capacity(PAYMENTS), running=rest)
    past = {issue.id: () for issue in issues} | dict(edits or {})
    values: dict[str, Any] = {"product": product(PAYMENTS), "sprints": (BOX,), "edits": past, "taken_at": NOW}
    backlog = Backlog.of(snapshot(*issues, **(values | overrides)), (box,))
    starts = scopes_at_start(backlog, known or {}, (box,))
    (one,) = running_sprints(backlog, starts, (box,), PlanningOptions())
    return one


def test_the_start_is_rebuilt_from_the_past_of_the_issues() -> None:
    stayed, came, left = inside("A-1", 5), inside("A-2"), inside("A-3", 2, sprint=None, sprints=())
    created = inside("A-4", 1, created=LATER, reporter_name="Cy")
    edits = {
        stayed.id: (edit(EditField.ESTIMATE, stayed.id, before="3", after="5", at=LATER, name="Bo"),),
        came.id: (moved(came, "", "4"),),
        left.id: (moved(left, "4", "", name="Eli"),),
    }
    one = running(stayed, came, left, created, edits=edits)

    assert [(started.key, started.points) for started in one.start.issues] == [("A-1", 3.0), ("A-3", 2.0)]
    assert (one.start.goal, one.start.rebuilt) == (GOAL, True)
    assert [(change.kind, change.issue, change.points, change.who, change.at) for change in one.changes] == [
        (ScopeKind.ADDED, "A-2", 3.0, "Di", LATER),
        (ScopeKind.ADDED, "A-4", 1.0, "Cy", LATER),
        (ScopeKind.REMOVED, "A-3", 2.0, "Eli", LATER),
    ]
    assert [(each.issue, each.before, each.after, each.who) for each in one.estimates] == [("A-1", "3", "5", "Bo")]


def test_what_was_planned_before_the_start_sub_tasks_and_finished_work_change_no_scope() -> None:
    planned, done = inside("A-1"), inside("A-2", category=Category.DONE)
    task = inside("A-3", kind=Kind.SUBTASK, created=LATER)
    one = running(planned, done, task, edits={planned.id: (moved(planned, "", "4", at=EARLIER),)})

    assert one.changes == ()
    assert [each.issue.key for each in one.open] == ["A-1"]


def test_a_start_that_a_run_saw_is_kept_with_its_goal_and_an_issue_that_is_gone_is_removed() -> None:
    known = ScopeAtStart(
        sprint="4", seen=START, goal="Old goal", issues=(StartedIssue("77", "A-7", 2.0), StartedIssue("1", "A-1", 3.0))
    )
    one = running(inside("A-1", id="1"), known={"4": known})

    assert one.start is known
    assert [(change.kind, change.issue, change.points, change.who) for change in one.changes] == [
        (ScopeKind.REMOVED, "A-7", 2.0, "")
    ]


def test_without_a_readable_past_the_start_is_what_is_seen() -> None:
    one = running(inside("A-1"), inside("A-2"), unavailable=frozenset({"changelog"}))

    assert not one.start.rebuilt
    assert ([started.key for started in one.start.issues], one.changes) == (["A-1", "A-2"], ())


def test_behind_is_more_open_than_usual_once_half_is_over() -> None:
    issues = (inside("A-1", 4), inside("A-2", 3))

    assert running(*issues).is_behind
    assert not running(*issues, elapsed=0.4).is_behind
    assert not running(*issues, left=Range(3.0, 7.0, 9.0)).is_behind
    assert not running(*issues, left=None).is_behind
    assert running(*issues, elapsed=0.4).renegotiate == ()


def test_what_does_not_serve_the_goal_leaves_first_and_then_the_lowest_and_never_the_key_issue() -> None:
    key, serving = inside("A-1", 5), inside("A-2", 2, labels=frozenset({"sprint-goal"}))
    other, low = inside("A-3", 2), inside("A-4", 1)
    one = running(key, other, serving, low)

    assert [each.issue.key for each in one.open if each.is_key] == ["A-1"]
    assert [each.issue.key for each in one.renegotiate] == ["A-3", "A-2"]
    assert one.remaining - sum(each.points for each in one.renegotiate) <= 6


def test_the_key_issue_stays_the_key_issue_when_it_is_done() -> None:
    one = running(inside("A-1", category=Category.DONE), inside("A-2", 9))

    assert not any(each.is_key for each in one.open)
    assert [each.issue.key for each in one.renegotiate] == ["A-2"]


def test_the_goal_is_out_of_reach_when_even_a_fast_team_does_not_finish_what_serves_it() -> None:
    assert running(inside("A-1", 9.5)).is_goal_out_of_reach
    assert not running(inside("A-1", 9), inside("A-2", 5)).is_goal_out_of_reach
    assert not running(inside("A-2", 20)).is_goal_out_of_reach


def test_flagged_and_blocked_issues_are_named_with_the_reason() -> None:
    flagged = inside("A-1", flagged=True)
    blocked = inside("A-2", links=(link("A-9", LinkKind.BLOCKED_BY),), flagged=True)
    one = running(flagged, blocked, inside("A-3"), story("A-9", 1))

    assert [(each.issue.key, each.why) for each in one.obstacles] == [
        ("A-1", "flagged"),
        ("A-2", "flagged and blocked by A-9"),
    ]


def test_a_team_without_a_running_sprint_has_none() -> None:
    backlog = Backlog.of(snapshot(product=product(PAYMENTS)), (capacity(PAYMENTS),))

    assert running_sprints(backlog, {}, (capacity(PAYMENTS),), PlanningOptions()) == ()


SIZES = st.lists(st.sampled_from([0.5, 1.0, 2.0, 3.0, 5.0, 8.0]), min_size=1, max_size=10)


@given(sizes=SIZES, serving=st.sets(st.integers(0, 9)), p50=st.sampled_from([0.0, 2.0, 6.0, 10.0, 20.0]))
def test_what_leaves_makes_the_rest_fit_if_anything_does_and_nothing_leaves_in_vain(
    sizes: list[float], serving: set[int], p50: float
) -> None:
    labels = {place: frozenset({"sprint-goal"}) for place in serving}
    issues = [inside(f"A-{n + 1}", size, labels=labels.get(n, frozenset())) for n, size in enumerate(sizes)]
    one = running(*issues, left=Range(p50 / 2, p50, p50 * 2))
    leaving = to_renegotiate(one)
    rest = one.remaining - sum(each.points for each in leaving)

    assert not any(each.is_key for each in leaving)
    movable = sum(each.points for each in one.open if not each.is_key)
    assert rest <= p50 + 1e-6 or sum(each.points for each in leaving) == pytest.approx(movable)
    if rest <= p50:
        assert all(rest + each.points > p50 for each in leaving)


def test_without_a_known_rest_nothing_is_to_renegotiate() -> None:
    assert to_renegotiate(running(inside("A-1", 50), left=None)) == ()
