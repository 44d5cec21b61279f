"""The page of Sprint Planning part one, in each format."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import fsum

import pytest

from rules.model import Edit, EditField
from rules.planning.model import LeftOutCode
from rules.planning.passed_over import PassedOver
from rules.planning.side_work import SideWork
from rules.planning.team_part import Below
from sync.reports.base import RunReport
from sync.reports.blocks import plain
from sync.reports.format import figure
from sync.reports.planning import as_html, as_json, as_markdown, as_text
from sync.reports.planning.part_one import PartOnePage, part_one_page
from tests.sync.reports.page import Page
from tests.sync.reports.sample import sample


def page(report: RunReport | None = None) -> PartOnePage:
    return part_one_page(report or sample())


def with_goal(text: str) -> RunReport:
    return replace(sample(), goals=tuple(replace(goal, text=text, findings=()) for goal in sample().goals))


def with_product(**values: object) -> RunReport:
    snapshot = sample().snapshot
    changed = replace(snapshot, product=replace(snapshot.product, **values))  # type: ignore[arg-type]
    return replace(sample(), backlog=replace(sample().backlog, snapshot=changed))


def test_the_goal_is_the_first_line_in_every_format() -> None:
    common = page(with_goal("Guests pay by card"))
    first = next(one for one in Page(as_html.part_one(common)).elements if re.fullmatch("h[1-6]", one.tag))

    assert first.tag == "h1"
    assert Page(as_html.part_one(common)).text.index("Guests pay by card") < Page(as_html.part_one(common)).text.index(
        "SHOP-1"
    )
    assert plain(as_text.part_one(common)).startswith("Sprint Goal: Guests pay by card\n")
    assert as_markdown.part_one(common).startswith("# Sprint Goal: Guests pay by card\n")
    assert list(as_json.part_one(common).model_dump())[1] == "goal"


def test_goals_that_differ_are_named_by_team_and_a_missing_one_is_asked_for() -> None:
    assert [team for team, _ in page().goals] == ["Payments", "Storefront", "Search"]
    assert page(with_goal("")).goal_text == "none yet; agree on it before the issues are selected"


def test_every_figure_can_be_computed_again_from_the_page() -> None:
    document = as_json.part_one(page())

    assert document.points == fsum(team.points for team in document.teams) + document.undistributed_points
    assert document.undistributed_points == fsum(one.points or 0 for one in document.undistributed)
    for team in document.teams:
        assert team.points == fsum(one.points or 0 for one in team.selected)
        assert team.points_for_goal == fsum(one.points or 0 for one in team.selected if one.serves)
        left = (team.capacity_points or 0) - team.carry_over
        for one in team.selected:
            left -= one.points or 0
            assert one.left == pytest.approx(left, abs=1e-3)
        assert team.left == pytest.approx(left, abs=1e-3)


def test_the_sum_is_in_the_sentence_at_the_top() -> None:
    whole = page().whole
    parts = " + ".join(f"{team.name} {team.points:g}" for team in whole.teams)

    assert page().answer.startswith(f"{whole.points - whole.undistributed_points:g} of {whole.limit:g} points = ")
    assert page().answer.endswith(f" = {parts}; not distributed: {whole.undistributed_points:g}")


def test_what_no_team_takes_is_not_compared_with_what_the_teams_finish() -> None:
    """It would look like too much, next to teams that have room."""
    made = page()
    ready = Below(issue=made.whole.teams[0].below[0].issue, rank=1, why="No team.", code=LeftOutCode.NO_TEAM)
    more = replace(made, whole=replace(made.whole, undistributed=(*made.whole.undistributed, ready)))

    assert more.whole.undistributed_points > made.whole.undistributed_points
    assert more.answer.split(";")[0] == made.answer.split(";")[0]
    assert more.share == made.share


def test_the_page_is_well_formed_self_contained_and_has_one_first_heading() -> None:
    source = as_html.part_one(page())
    made = Page(source)
    levels = [int(one.tag[1]) for one in made.elements if re.fullmatch("h[1-6]", one.tag)]

    assert (made.faults, made.open) == ([], [])
    assert not {"script", "iframe", "form", "link", "img", "base"} & set(made.shape)
    assert not [one for one in made.elements if {"src", "style"} & one.attributes.keys()]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert "@page{size:A4" in source


def test_every_issue_above_a_cut_line_is_in_every_format() -> None:
    made = page()
    keys = [one.issue.key for team in made.whole.teams for one in team.selected]
    texts = (as_html.part_one(made), as_markdown.part_one(made), plain(as_text.part_one(made)))

    assert keys
    assert all(key in text for key in keys for text in texts)


def test_what_an_issue_would_displace_is_in_every_format() -> None:
    made = page()
    (one, *_) = (each for team in made.whole.teams for each in team.below if each.displaces)
    sentence = f"would displace {' and '.join(one.displaces)}."

    assert sentence in " ".join(plain(as_text.part_one(made)).split())
    assert sentence in as_markdown.part_one(made)
    assert "would displace" in as_html.part_one(made)


def test_side_work_and_due_dates_outside_a_sprint_are_in_every_format() -> None:
    made = page()
    (first, second) = (one.issue for one in made.whole.teams[0].below[:2])
    aside = (SideWork(first, "Payments", "Payments 42"),)
    whole = replace(made.whole, side_work=aside, dated=(replace(second, due=date(2026, 4, 1)),) * 7)
    made = replace(made, whole=whole)
    document = as_json.part_one(made)

    assert [(one.issue, one.sprint) for one in document.side_work] == [(first.key, "Payments 42")]
    assert [(one.issue, one.due) for one in document.dated_outside_sprints][:1] == [(second.key, date(2026, 4, 1))]
    for text in (Page(as_html.part_one(made)).text, as_markdown.part_one(made), plain(as_text.part_one(made))):
        words = " ".join(text.replace("\\", "").split())
        assert "Side work" in words
        assert f"{second.key}: 1 April 2026" in words
        assert "and 2 more, in the JSON output" in words


def test_what_teams_pass_over_is_in_every_format() -> None:
    made = page()
    issue = made.whole.teams[0].below[0].issue
    one = PassedOver(issue=issue, rank=3, team="Payments", lower=("SHOP-9",), why="No room.", instead=("SHOP-9",))
    made = replace(made, whole=replace(made.whole, passed_over=(one,) * 7))

    assert [(one.issue, one.instead) for one in as_json.part_one(made).passed_over] == [(issue.key, ("SHOP-9",))] * 7
    assert f"{issue.key} (Payments, rank 3)" in Page(as_html.part_one(made)).text
    for text in (as_markdown.part_one(made), plain(as_text.part_one(made))):
        words = " ".join(text.replace("\\", "").split())
        assert words.count(f"{issue.key} (Payments, rank 3), above SHOP-9: No room.") == 5
        assert "and 2 more, in the JSON output" in words


def test_without_a_history_the_page_says_that_the_changes_are_not_known() -> None:
    report = sample()
    unread = replace(report.snapshot, unavailable=report.snapshot.unavailable | {"changelog"})
    made = page(replace(report, backlog=replace(report.backlog, snapshot=unread)))

    assert "is not known" in made.changes[-1]
    assert as_json.part_one(made).changes_known is False


def test_where_teams_choose_the_page_says_what_they_could_take() -> None:
    made = page(with_product(teams_choose=True))

    assert "What each team could take" in as_html.part_one(made)
    assert plain(as_text.part_one(made)).count("Could take:") == 1
    assert "Proposed" not in as_html.part_one(made)


def test_the_title_of_a_restricted_issue_is_on_no_page() -> None:
    report = sample()
    closed = tuple(replace(one, restricted=one.key == "SHOP-110") for one in report.snapshot.issues)
    made = page(replace(report, backlog=replace(report.backlog, snapshot=replace(report.snapshot, issues=closed))))

    assert "Pay as a guest" in as_html.part_one(page())
    assert "SHOP-110" in as_html.part_one(made)
    assert "Pay as a guest" not in as_html.part_one(made) + as_markdown.part_one(made)


def test_a_team_that_is_left_out_is_named() -> None:
    report = sample()
    left_out = replace(report.snapshot, stopped={"Search": "its board cannot be read"})
    made = page(replace(report, backlog=replace(report.backlog, snapshot=left_out)))

    assert "Search is left out of this run" in as_html.part_one(made)
    assert "Search is left out of this run" in " ".join(plain(as_text.part_one(made)).split())


def test_the_page_says_whether_the_plan_is_aligned_committed_and_realistic() -> None:
    made = page()

    assert [one.question for one in made.checks] == ["Aligned", "Committed", "Realistic", "Understood"]
    for one in made.checks:
        assert one.text in as_markdown.part_one(made)
        assert one.why in Page(as_html.part_one(made)).text
    assert [one.holds for one in as_json.part_one(made).checks] == [one.holds for one in made.checks]


def test_what_was_added_late_is_in_every_format() -> None:
    issue = page().whole.teams[0].selected[0].issue
    moved = Edit(issue=issue.id, at=sample().snapshot.taken_at, account="a", name="Ana", field=EditField.RANK)
    earliest = replace(sample().lead_time, working_days=60)
    snapshot = replace(sample().snapshot, edits=dict(sample().snapshot.edits) | {issue.id: (moved,)})
    report = replace(sample(), backlog=replace(sample().backlog, snapshot=snapshot), lead_time=earliest)
    common = page(report)
    [late] = [one for one in as_json.part_one(common).late_additions if one.issue == issue.key]

    assert (late.how[-1], late.at, late.missing) == ("moved in the order", moved.at, ())
    for text in (plain(as_text.part_one(common)), as_markdown.part_one(common), Page(as_html.part_one(common)).text):
        assert f"Added late: {issue.key}" in " ".join(text.replace("\\", "").split())


def test_where_the_points_of_a_team_are_unknown_the_sum_is_of_no_limit() -> None:
    base = sample()
    first, *others = base.proposal.capacities
    capacities = (replace(first, points=None), *others)
    report = replace(base, capacities=capacities, proposal=replace(base.proposal, capacities=capacities))
    whole = page(report).whole

    assert page(report).answer.startswith(f"{figure(whole.points - whole.undistributed_points)} points = Payments ")
    assert (
        f'<td class="n">unknown</td><td class="n"></td><td class="n">{figure(fsum(t.points for t in whole.teams))}'
        in as_html.render(report)
    )


def test_teams_without_sprints_are_asked_for_no_goal() -> None:
    base = sample()
    weeks = [replace(goal.sprint, is_period=True) if goal.sprint else None for goal in base.goals]
    goals = zip(base.goals, weeks, strict=True)
    flow = replace(base, goals=tuple(replace(goal, text="", sprint=week) for goal, week in goals))
    first, *_ = (goal.shown for goal in flow.goals)

    assert {goal.is_missing for goal in flow.goals} == {False}
    assert page(flow).goals == (("", first),)
    assert "agree on it" not in page(flow).goal_text
    assert page(flow).share == ""
    assert page(base).share
