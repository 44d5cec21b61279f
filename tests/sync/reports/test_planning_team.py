"""The page of Sprint Planning for one team, in each format."""

from dataclasses import replace

from rules.model import Effort, Kind, TaskMode
from sync.reports.base import RunReport
from sync.reports.blocks import plain
from sync.reports.planning import as_json, as_markdown, as_text
from sync.reports.planning.team import TeamPage, team_page
from tests.factories import issue
from tests.sync.reports.sample import sample


def page(report: RunReport | None = None, team: str = "Payments") -> TeamPage:
    made = team_page(report or sample(), team)
    assert made is not None
    return made


def asked(mode: TaskMode) -> RunReport:
    report = sample()
    teams = tuple(replace(one, team=replace(one.team, tasks=mode)) for one in report.capacities)
    return replace(report, capacities=teams)


def test_the_goal_is_the_first_line_in_every_format() -> None:
    payments = page()

    assert plain(as_text.team(payments)).startswith("Sprint Goal: Guests pay without an account\n")
    assert as_markdown.team(payments).startswith("# Sprint Goal: Guests pay without an account\n")
    assert list(as_json.team(payments).model_dump())[1] == "goal"


def test_a_missing_goal_is_the_first_thing_to_do() -> None:
    report = sample()
    without = page(replace(report, goals=tuple(replace(goal, text="", findings=()) for goal in report.goals)))

    assert without.to_do[0] == "Agree on the Sprint Goal."
    assert plain(as_text.team(without)).startswith("Sprint Goal: none yet; agree on it before")


def test_the_page_has_what_is_in_the_sprint_and_what_is_proposed_in_rank_order() -> None:
    rows = page().rows

    assert [(row.issue.key, row.proposed) for row in rows] == [
        ("SHOP-110", False),
        ("SHOP-114", True),
        ("SHOP-118", True),
        ("SHOP-121", True),
    ]
    assert [row.rank for row in rows] == sorted(row.rank for row in rows)
    assert page().points == sum(row.points or 0 for row in rows)


def test_a_story_without_tasks_is_in_the_list_of_what_to_do_only_where_the_team_is_asked() -> None:
    on, off, auto = (page(asked(mode)) for mode in (TaskMode.ON, TaskMode.OFF, TaskMode.AUTO))

    assert "SHOP-110 has no tasks. Break it down." in on.to_do
    assert not any("tasks" in text for text in (*off.to_do, *auto.to_do))
    assert "not asked for tasks" in plain(as_text.team(off))
    assert "last three sprints had no sub-tasks" in as_markdown.team(auto)


def test_the_hours_of_tasks_are_in_every_format() -> None:
    report = asked(TaskMode.ON)
    task = issue("SHOP-900", "", kind=Kind.SUBTASK, parent="SHOP-110", hours=Effort(remaining=6.5))
    issues = (*report.snapshot.issues, task)
    made = page(replace(report, backlog=replace(report.backlog, snapshot=replace(report.snapshot, issues=issues))))

    assert "tasks 6.5 of" in plain(as_text.team(made), 200)
    assert "| 1 | 6.5 |" in as_markdown.team(made)
    assert as_json.team(made).issues[0].tasks[0].hours == 6.5


def test_the_title_of_a_restricted_issue_is_on_no_page() -> None:
    report = sample()
    closed = tuple(replace(one, restricted=one.key == "SHOP-110") for one in report.snapshot.issues)
    made = page(replace(report, backlog=replace(report.backlog, snapshot=replace(report.snapshot, issues=closed))))

    assert made.rows[0].issue.key == "SHOP-110"
    assert "Pay as a guest" in plain(as_text.team(page()))
    assert "Pay as a guest" not in plain(as_text.team(made)) + as_markdown.team(made)


def test_a_team_that_is_left_out_has_no_page() -> None:
    assert team_page(sample(), "Nowhere") is None
