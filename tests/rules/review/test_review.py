"""One review for all teams: planned against done, what is carried over, for which goal and outcome."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from rules.backlog.index import Backlog
from rules.model import Category, EditField, Issue, Kind, Sprint, SprintState
from rules.planning.options import PlanningOptions
from rules.planning.scope import ScopeAtStart, StartedIssue
from rules.review.review import Review, ReviewCode, TeamReview, review, reviewed
from tests.factories import NOW, edit, issue, product, snapshot, sprint, team

PAYMENTS, SEARCH = team("Payments", board=12), team("Search", board=13)
CLOSED = sprint("40", SprintState.CLOSED, name="Payments 40", goal="Guests pay by card")
STORY = "As a guest, I want to pay by card so that I need no account."


def ended(end: datetime | None, **values: Any) -> Sprint:
    """A closed sprint of Search that was completed at its planned end."""
    return sprint("50", SprintState.CLOSED, board=13, goal="x", end=end, completed=end, **values)


def done(key: str, points: float | None = 3.0, box: Sprint = CLOSED, body: str = "", **values: Any) -> Issue:
    assert box.start is not None
    defaults: dict[str, Any] = {
        "id": key, "points": points, "status": "Done", "category": Category.DONE, "sprints": (box.id,),
        "resolved": box.start + timedelta(days=3), "created": box.start - timedelta(days=9), "parent": "E-1",
    }  # fmt: skip
    return issue(key, body, **(defaults | values))


def left(key: str, points: float = 2.0, box: Sprint = CLOSED, **values: Any) -> Issue:
    assert box.start is not None
    defaults = {"id": key, "points": points, "sprints": (box.id,), "created": box.start - timedelta(days=9)}
    return issue(key, "", **(defaults | values))


def of(
    *history: Issue,
    sprints: tuple[Sprint, ...] = (CLOSED,),
    starts: tuple[ScopeAtStart, ...] = (),
    stakeholders: tuple[Issue, ...] = (),
    options: PlanningOptions = PlanningOptions(),  # noqa: B008 - frozen
    **values: Any,
) -> Review:
    known = snapshot(
        issue("E-1", "", kind=Kind.EPIC, points=None, parent=None, title="Pay without an account"),
        history=history,
        sprints=sprints,
        **({"product": product(PAYMENTS)} | values),
    )
    return review(Backlog.of(known), {one.sprint: one for one in starts}, options, stakeholders)


def only(whole: Review) -> TeamReview:
    (one,) = whole.teams
    return one


def test_what_was_planned_is_compared_with_what_is_done_and_the_rest_is_carried_over() -> None:
    assert CLOSED.start is not None
    late = done("A-4", 5, created=CLOSED.start)
    late_edits = (edit(EditField.SPRINT, "A-4", at=CLOSED.start + timedelta(days=1), before="", after="40"),)
    whole = of(done("A-1", 3), done("A-2", 8), left("A-3", 2), late, edits={"A-4": late_edits})
    one = only(whole)

    assert [(each.id, each.points) for each in one.start.issues] == [("A-1", 3.0), ("A-2", 8.0), ("A-3", 2.0)]
    assert (one.planned, one.points, one.of_plan) == (13.0, 16.0, 2)
    assert [each.key for each in one.carried] == ["A-3"]
    assert (whole.planned, whole.points, whole.carried) == (13.0, 16.0, 2.0)


def test_the_start_that_a_run_kept_is_used() -> None:
    kept = ScopeAtStart(sprint="40", seen=NOW, goal="Kept", issues=(StartedIssue("A-1", "A-1", 1.0),))
    closed = sprint("40", SprintState.CLOSED)
    one = only(of(done("A-1"), sprints=(closed,), starts=(kept,)))
    assert (one.planned, one.goal) == (1.0, "Kept")


def test_an_issue_that_is_done_after_its_sprint_is_carried_over() -> None:
    assert CLOSED.completed is not None
    later = done("A-1", resolved=CLOSED.completed + timedelta(days=5))
    one = only(of(later))
    assert (one.done, [each.key for each in one.carried]) == ((), ["A-1"])


@pytest.mark.parametrize(
    ("kept", "before"),
    [({"A-3": 3.0}, 3.0), ({"A-3": None}, None), ({}, None)],
    ids=["another estimate", "no estimate", "added later"],
)
def test_what_is_carried_over_has_its_size_at_the_start(kept: dict[str, float | None], before: float | None) -> None:
    started = tuple(StartedIssue(key, key, size) for key, size in kept.items())
    start = ScopeAtStart(sprint="40", seen=NOW, goal="", issues=started)
    sizes = [
        (one.carried_points, one.carried_at_start)
        for scope in (start, replace(start, rebuilt=False))
        for one in [only(of(done("A-1"), left("A-3", 5), starts=(scope,)))]
    ]
    assert sizes == [(5.0, before), (5.0, None)]


def test_what_serves_the_goal_is_counted_done_or_not() -> None:
    serving = done("A-1", labels=frozenset({"sprint-goal"}))
    open_one = left("A-2", labels=frozenset({"sprint-goal"}))
    whole = of(serving, open_one, done("A-3"))
    one = only(whole)
    assert (one.goal, one.serving, one.goal_done) == ("Guests pay by card", ("A-1", "A-2"), 1)
    assert (one.for_goal, whole.for_goal) == (3.0, 3.0)


def test_done_issues_are_grouped_by_what_is_above_them_with_their_benefit() -> None:
    secret = done("A-4", 1, body=STORY, restricted=True)
    whole = of(done("A-1", 3, body=STORY), done("A-2", 8, parent="E-9"), done("A-3", 20, parent=None), secret)
    assert [(one.key, one.points) for one in whole.outcomes] == [("E-9", 8.0), ("E-1", 4.0), ("", 20.0)]
    assert whole.outcomes[1].issue is not None
    assert [one.benefit for one in whole.outcomes[1].done] == ["I need no account", ""]
    assert whole.outcomes[0].issue is None


def test_a_running_sprint_is_reviewed_from_two_days_before_its_end_on() -> None:
    start = NOW - timedelta(days=13)
    running = sprint("41", SprintState.ACTIVE, start=start, end=NOW + timedelta(days=1))
    early = sprint("41", SprintState.ACTIVE, start=start, end=NOW + timedelta(days=5))
    shop = product(PAYMENTS)
    cases = {(CLOSED, running): "41", (CLOSED, early): "40", (early,): "41", (): None}
    for boxes, expected in cases.items():
        sprint_of = reviewed(snapshot(product=shop, sprints=boxes), PAYMENTS)
        assert (sprint_of.id if sprint_of else None) == expected

    one = only(of(done("A-1", box=running), left("A-2", box=running, sprint="41"), sprints=(CLOSED, running)))
    assert (one.is_running, one.points, [each.key for each in one.carried]) == (True, 3.0, ["A-2"])


@pytest.mark.parametrize(
    ("box", "codes"),
    [
        (sprint("50", SprintState.CLOSED, board=13, goal="x"), []),
        (sprint("50", SprintState.CLOSED, board=13), [ReviewCode.NO_GOAL]),
        (
            ended(NOW - timedelta(days=9)),
            [ReviewCode.ENDS_DIFFER],
        ),
        (
            ended(CLOSED.end, start=NOW - timedelta(days=42)),
            [ReviewCode.LENGTHS_DIFFER],
        ),
        (None, [ReviewCode.NO_SPRINT]),
    ],
)
def test_sprints_that_do_not_end_together_and_goals_that_are_missing_are_findings(
    box: Sprint | None, codes: list[ReviewCode]
) -> None:
    boxes = (CLOSED,) if box is None else (CLOSED, box)
    whole = of(done("A-1"), sprints=boxes, product=product(PAYMENTS, SEARCH))
    assert [one.code for one in whole.findings] == codes


def test_feedback_is_what_stakeholders_asked_for_since_the_sprints_began() -> None:
    assert CLOSED.start is not None
    new, old = (issue("A-9", "", created=CLOSED.start + timedelta(days=n)) for n in (1, -1))
    assert of(done("A-1"), stakeholders=(new, old)).feedback == (new,)
    assert of(sprints=(), stakeholders=(new,)).feedback == ()
