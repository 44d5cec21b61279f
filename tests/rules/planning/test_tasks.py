"""The tasks of a sprint: hours per story and team, and what is missing in Sprint Planning."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from rules.backlog.index import Backlog
from rules.model import Category, Effort, Issue, Kind, SprintState, TaskMode
from rules.planning.tasks import TeamTasks, is_asked, tasks_of
from tests.factories import NOW, product, snapshot, sprint
from tests.rules.planning.world import PAYMENTS, SEARCH, capacity, story

ON = replace(PAYMENTS, tasks=TaskMode.ON)


def task(key: str, parent: str = "A-1", hours: float | None = None, **overrides: object) -> Issue:
    effort = Effort(original=hours, remaining=hours)
    return story(key, None, **({"kind": Kind.SUBTASK, "parent": parent, "hours": effort} | overrides))


def tasks(*issues: Issue, planned: Sequence[str] = ("A-1",), plannable: float = 210.0) -> TeamTasks:
    backlog = Backlog.of(snapshot(*issues, product=product(ON)))
    return tasks_of(capacity(ON, hours=plannable), tuple(planned), backlog)


def codes(of: TeamTasks) -> list[tuple[str, str]]:
    return [(finding.code, finding.issue) for finding in of.findings]


def test_tasks_of_2_4_and_2_hours_are_8_hours_and_a_story_without_tasks_is_a_finding() -> None:
    parts = (task("A-11", hours=2), task("A-12", hours=4), task("A-13", hours=2))
    found = tasks(story("A-1", 5), story("A-2", 3), *parts, planned=["A-1", "A-2"])

    assert [one.hours for one in found.issues] == [8, 0]
    assert found.hours == 8
    assert codes(found) == [("STORY-WITHOUT-TASKS", "A-2")]


def test_a_task_without_hours_is_a_finding() -> None:
    found = tasks(story("A-1"), task("A-11"), task("A-12", hours=3))

    assert (found.hours, codes(found)) == (3, [("TASK-WITHOUT-HOURS", "A-11")])


def test_a_task_of_more_than_16_hours_is_a_finding_and_one_of_16_is_not() -> None:
    found = tasks(story("A-1"), task("A-11", hours=16), task("A-12", hours=16.5))

    assert codes(found) == [("TASK-TOO-LONG", "A-12")]
    assert found.findings[0].text == "Task A-12 takes 16.5 h, more than 16 h. Split it."


def test_more_hours_than_are_plannable_are_a_finding() -> None:
    found = tasks(story("A-1"), task("A-11", hours=12), plannable=10)

    assert codes(found) == [("HOURS-OVER-CAPACITY", "")]
    assert found.findings[0].text == "The tasks take 12 h and 10 h are plannable. Take out 2 h."


def test_what_remains_counts_and_not_what_was_estimated() -> None:
    started = task("A-11", hours=None)
    started = replace(started, hours=Effort(original=10, remaining=4, spent=7))
    fresh = replace(task("A-12"), hours=Effort(original=3))
    done = replace(task("A-13"), category=Category.DONE, hours=Effort(original=5, remaining=5))

    assert tasks(story("A-1"), started, fresh, done).hours == 7


def test_tasks_that_were_not_read_count_with_the_total_of_their_parent() -> None:
    parent = story("A-1", subtasks=("A-11", "A-12", "A-13"), hours=Effort(remaining=1, total_remaining=9))
    found = tasks(parent, task("A-11", hours=2))

    assert found.issues[0].unread == ("A-12", "A-13")
    assert (found.issues[0].unread_hours, found.hours) == (6, 8)
    assert found.findings == ()


def test_bugs_and_tasks_need_no_sub_tasks() -> None:
    assert tasks(story("A-1", kind=Kind.BUG), story("A-2", kind=Kind.TASK), planned=["A-1", "A-2"]).findings == ()


@pytest.mark.parametrize(
    ("mode", "sprints_ago", "asked"),
    [("auto", 1, True), ("auto", 3, True), ("auto", 4, False), ("on", 4, True), ("off", 1, False)],
)
def test_a_team_is_asked_if_an_issue_of_its_last_three_sprints_had_sub_tasks(
    mode: str,
    sprints_ago: int,
    asked: bool,  # noqa: FBT001 - a column of the table
) -> None:
    closed = [
        sprint(str(900 + ago), SprintState.CLOSED, start=NOW - timedelta(days=14 * ago + 7)) for ago in range(1, 5)
    ]
    done = story("A-9", sprints=(closed[sprints_ago - 1].id,), subtasks=("A-91",), category=Category.DONE)
    team = replace(PAYMENTS, tasks=TaskMode(mode))
    world = snapshot(story("A-1"), history=(done,), sprints=tuple(closed), product=product(team))

    assert is_asked(team, Backlog.of(world)) is asked


def test_sub_tasks_of_another_team_on_the_same_board_ask_nothing_of_a_team() -> None:
    closed = sprint("901", SprintState.CLOSED, start=NOW - timedelta(days=21))
    done = story("A-9", sprints=("901",), subtasks=("A-91",), category=Category.DONE, components=("search",))
    search = replace(SEARCH, board=PAYMENTS.board)
    backlog = Backlog.of(snapshot(history=(done,), sprints=(closed,), product=product(PAYMENTS, search)))

    assert [is_asked(team, backlog) for team in (PAYMENTS, search)] == [False, True]


def test_a_team_that_is_not_asked_has_sums_and_no_findings() -> None:
    off = replace(PAYMENTS, tasks=TaskMode.OFF)
    backlog = Backlog.of(snapshot(story("A-1"), task("A-11"), task("A-12", hours=40), product=product(off)))
    found = tasks_of(capacity(off, hours=10.0), ("A-1",), backlog)

    assert (found.asked, found.hours, found.findings) == (False, 40, ())
