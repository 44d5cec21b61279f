"""The page of Sprint Planning for one team, in each format."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from rules.capacity.model import Range
from rules.model import Effort, Kind, TaskMode
from rules.planning.tasks import IssueTasks
from sync.reports.base import RunReport
from sync.reports.blocks import plain
from sync.reports.planning import as_html, as_markdown, as_text, team_as_json
from sync.reports.planning.team import TeamPage, team_page
from tests.factories import issue
from tests.sync.reports.busy import busy
from tests.sync.reports.page import Page
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
    assert list(team_as_json.team(payments).model_dump())[1] == "goal"


def test_a_missing_goal_is_the_first_thing_to_do() -> None:
    report = sample()
    without = page(replace(report, goals=tuple(replace(goal, text="", findings=()) for goal in report.goals)))

    assert without.to_do[0] == "Agree on the Sprint Goal."
    assert plain(as_text.team(without)).startswith("Sprint Goal: none yet; agree on it before")


def test_the_page_has_what_is_in_the_sprint_and_what_is_proposed_in_rank_order() -> None:
    rows = page().rows

    assert [(row.selected.issue.key, row.selected.proposed) for row in rows] == [
        ("SHOP-110", False),
        ("SHOP-114", True),
        ("SHOP-118", True),
        ("SHOP-121", True),
    ]
    assert [row.selected.rank for row in rows] == sorted(row.selected.rank for row in rows)
    assert all(f"rank {row.selected.rank}" in as_html.team(page()) for row in rows)
    assert page().points == sum(row.selected.points or 0 for row in rows)


def test_a_story_without_tasks_is_in_the_list_of_what_to_do_only_where_the_team_is_asked() -> None:
    on, off, auto = (page(asked(mode)) for mode in (TaskMode.ON, TaskMode.OFF, TaskMode.AUTO))

    assert "3 stories have no tasks: SHOP-110, SHOP-114, SHOP-118. Break them down." in on.to_do
    assert not any("tasks" in text for text in (*off.to_do, *auto.to_do))
    assert "not asked for tasks" in plain(as_text.team(off))
    assert "last three sprints had no sub-tasks" in as_markdown.team(auto)


def test_a_team_without_tasks_that_is_not_asked_for_them_sees_no_columns_for_them() -> None:
    on, off = page(asked(TaskMode.ON)), page(asked(TaskMode.OFF))
    bare = replace(
        off,
        two=replace(
            off.two, issues=tuple(replace(row, tasks=IssueTasks(issue=row.selected.issue)) for row in off.rows)
        ),
    )

    assert on.shows_tasks
    assert "plannable hours" in on.answer
    assert not bare.shows_tasks
    assert "hour" not in bare.answer
    assert "Tasks</th>" in as_html.team(on)
    assert "Tasks</th>" not in as_html.team(bare)


def test_what_is_needed_between_teams_is_in_every_format() -> None:
    made = page()
    shakes = [one for many in sample().backlog.handshakes.values() for one in many]
    needed = replace(shakes[0], needs_team="Payments")
    busy_page = replace(
        made, two=replace(made.two, needed=(needed,), provided=(replace(shakes[0], provider="Payments"),))
    )
    key, other = needed.needs.key, needed.blocker.key

    assert busy_page.dependencies[0].startswith(f"{key} needs {other} ({needed.provider or 'team open'}): ")
    assert f'Comment "/ready promise SPRINT" on {other}' in busy_page.dependencies[1]
    assert f"{key} needs {other}" in plain(as_text.team(busy_page))
    assert "## Between teams" in as_markdown.team(busy_page)
    assert "Between teams" in as_html.team(busy_page)
    assert "Between teams" not in as_html.team(replace(made, two=replace(made.two, needed=(), provided=())))
    (part,) = team_as_json.team(busy_page).needed
    assert (part.needs, part.blocker, part.agreed) == (key, other, needed.is_agreed)


def test_the_hours_of_tasks_are_in_every_format() -> None:
    report = asked(TaskMode.ON)
    task = issue("SHOP-900", "", kind=Kind.SUBTASK, parent="SHOP-110", hours=Effort(remaining=6.5))
    issues = (*report.snapshot.issues, task)
    made = page(replace(report, backlog=replace(report.backlog, snapshot=replace(report.snapshot, issues=issues))))

    assert "tasks 6.5 of" in plain(as_text.team(made), 200)
    assert "| 1 | 6.5 |" in as_markdown.team(made)
    assert team_as_json.team(made).issues[0].tasks[0].hours == 6.5


def test_the_title_of_a_restricted_issue_is_on_no_page() -> None:
    report = sample()
    closed = tuple(replace(one, restricted=one.key == "SHOP-110") for one in report.snapshot.issues)
    made = page(replace(report, backlog=replace(report.backlog, snapshot=replace(report.snapshot, issues=closed))))

    assert made.rows[0].selected.issue.key == "SHOP-110"
    assert "Pay as a guest" in plain(as_text.team(page()))
    assert "Pay as a guest" not in plain(as_text.team(made)) + as_markdown.team(made)


def test_a_team_that_is_left_out_has_no_page() -> None:
    assert team_page(sample(), "Nowhere") is None


def test_what_a_team_needs_in_the_meeting_is_in_every_format() -> None:
    made = page(busy())
    document = team_as_json.team(made)
    texts = [Page(as_html.team(made)).text, as_markdown.team(made).replace("\\", ""), plain(as_text.team(made), 200)]

    assert [one.issue for one in document.questions] == ["SHOP-110", "SHOP-114"]
    assert [(one.issue, one.before, one.after, one.who) for one in document.estimates_since] == [
        ("SHOP-110", "3", "5", "Di"),
        ("SHOP-112", "", "2", "Cy"),
    ]
    assert document.issues[3].approach.startswith("Server session first")
    assert [one.name for one in document.people][:2] == ["Jonas Weber", "Miriam Vogt"]
    for text in texts:
        words = " ".join(text.split())
        assert "Which account do we use?" in words
        assert "Server session first, then the pay sheet" in words
        assert "Build it behind a switch" in words
        assert "8 tasks have no hours: SHOP-11003, SHOP-11203" in words
        assert "The tasks take 188 h and 183 h are plannable. Take out 5 h." in words
        assert "Jonas Weber" in words


def test_the_html_page_is_well_formed_self_contained_and_has_one_first_heading() -> None:
    for report in (sample(), busy()):
        source = as_html.team(page(report))
        made = Page(source)
        levels = [int(one.tag[1]) for one in made.elements if re.fullmatch("h[1-6]", one.tag)]

        assert (made.faults, made.open) == ([], [])
        assert not {"script", "iframe", "form", "link", "img", "base"} & set(made.shape)
        assert not [one for one in made.elements if {"src", "style"} & one.attributes.keys()]
        assert (levels[0], levels.count(1)) == (1, 1)
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_bar_shows_each_issue_once_and_ends_with_the_sum() -> None:
    made = page(busy())
    bar = as_html.hours_bar(made)
    last = bar.pieces[-1]

    assert len(bar.pieces) == len(made.rows)
    assert [one.text for one in bar.pieces] == ["22", "22", "22", "34", "22", "22", "22", "22"]
    assert last.x + last.width == pytest.approx(98, abs=0.1)
    assert bar.end == pytest.approx(98 * made.tasks.plannable / made.tasks.hours, abs=0.1)


def test_a_sprint_without_tasks_people_or_issues_still_has_a_page() -> None:
    report = sample()
    bare = tuple(replace(one, calendar=(), points=None, sprint=None, hours=0.0) for one in report.capacities)
    goals = tuple(replace(one, planned=()) for one in report.goals)
    text = Page(as_html.team(page(replace(report, capacities=bare, goals=goals)))).text

    assert "No issue is planned." in text
    assert "No people are configured for this team." in text
    assert "part one is still to come" in text


@pytest.mark.parametrize(
    ("points", "answer"), [(8, "The plan fits:"), (8.1, "The plan is ambitious:"), (12.1, "The plan does not fit:")]
)
def test_the_page_says_whether_the_points_are_usual_likely_or_too_many(points: float, answer: str) -> None:
    made = page()
    row = made.two.part.selected[0]
    part = replace(made.two.part, selected=(replace(row, points=points),))
    capacity = replace(part.capacity, points=Range(6.0, 8.0, 12.0))
    made = replace(made, two=replace(made.two, part=replace(part, capacity=capacity)))

    assert answer in Page(as_html.team(made)).text


def test_what_is_carried_over_takes_room_and_is_named() -> None:
    made = page()
    part = replace(made.two.part, selected=(replace(made.two.part.selected[0], points=8.0),))
    capacity = replace(part.capacity, points=Range(6.0, 8.5, 12.0), carry_over=1.0)
    made = replace(made, two=replace(made.two, part=replace(part, capacity=capacity)))

    assert "The plan is ambitious: 8 of 8.5 points, 1 kept for carry-over" in Page(as_html.team(made)).text


def test_the_sprints_of_the_team_after_this_one_are_in_every_format() -> None:
    made = page()
    document = team_as_json.team(made)

    assert [(one.team, one.name) for one in document.sprints_after] == [
        ("Payments", "Payments 44"),
        ("Payments", "Payments 45"),
    ]
    for text in (Page(as_html.team(made)).text, as_markdown.team(made), plain(as_text.team(made), 200)):
        assert "Sprints after that" in text
        assert "Payments 45" in text
        assert "Storefront 44" not in text
    assert "Sprints after that" not in as_html.team(replace(made, plan_ahead=None))
