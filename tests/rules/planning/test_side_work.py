"""Side work of running sprints, and due dates outside any sprint."""

from dataclasses import replace
from datetime import date
from typing import Any

from rules.backlog.index import Backlog
from rules.model import Category, Issue, Kind, SprintState
from rules.planning.side_work import dated_outside, side_work
from tests.factories import product, snapshot, sprint
from tests.rules.planning.world import PAYMENTS, SEARCH, story

RUNNING = sprint("4", SprintState.ACTIVE, board=PAYMENTS.board, name="Payments 4")


def backlog(*issues: Issue, history: tuple[Issue, ...] = ()) -> Backlog:
    values: dict[str, Any] = {"product": product(PAYMENTS, SEARCH), "sprints": (RUNNING,), "history": history}
    return Backlog.of(snapshot(*issues, **values))


def test_open_work_of_a_running_sprint_that_is_not_in_the_backlog_is_side_work() -> None:
    ours, aside = story("A-1", sprint="4"), story("A-2", sprint="4")
    done = story("A-3", sprint="4", category=Category.DONE)
    task, elsewhere = story("A-4", sprint="4", kind=Kind.SUBTASK), story("A-5", sprint="3")

    (one,) = side_work(backlog(ours, history=(ours, aside, done, task, elsewhere)))
    assert (one.issue.key, one.team, one.sprint) == ("A-2", "Payments", "Payments 4")


def test_side_work_on_a_board_of_several_teams_is_of_the_team_that_recognises_it() -> None:
    both = product(PAYMENTS, replace(SEARCH, board=PAYMENTS.board))
    inside, ours, theirs = (
        story(key, 3.0, name, sprint="4") for key, name in (("A-1", "payments"), ("A-2", "payments"), ("A-3", "search"))
    )
    nobodys = story("A-4", 3.0, "legal", sprint="4")
    world = snapshot(inside, product=both, sprints=(RUNNING,), history=(ours, theirs, nobodys))

    found = {one.issue.key: one.team for one in side_work(Backlog.of(world))}

    assert found == {"A-2": "Payments", "A-3": "Search", "A-4": "Payments, Search"}


def test_a_backlog_query_without_running_sprints_makes_nothing_side_work() -> None:
    assert side_work(backlog(story("A-1"), history=(story("A-2", sprint="4"),))) == ()


def test_due_dates_are_shown_for_issues_in_no_sprint_the_earliest_first() -> None:
    late, soon = story("A-1", due=date(2026, 5, 1)), story("A-2", due=date(2026, 4, 1))
    planned, done = (
        story("A-3", due=date(2026, 3, 1), sprint="4"),
        story("A-4", due=date(2026, 3, 1), category=Category.DONE),
    )

    assert [one.key for one in dated_outside(backlog(late, soon, planned, done, story("A-5")))] == ["A-2", "A-1"]
