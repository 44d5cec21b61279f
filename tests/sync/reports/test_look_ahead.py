"""The sprints after the next one, in the outputs."""

from dataclasses import replace

from rules.capacity.time_boxes import SPRINTS
from sync.reports import look_ahead
from sync.reports.base import PlanAhead
from sync.reports.blocks import plain
from sync.reports.planning import as_html, as_json, as_markdown, as_text
from sync.reports.planning.part_one import part_one_page
from tests.rules.planning.test_look_ahead import planned
from tests.rules.planning.world import story
from tests.sync.reports.page import Page, team_page
from tests.sync.reports.sample import sample


def test_a_sprint_is_one_line_with_its_days_points_and_issues() -> None:
    ahead = planned(story("A-1", 10), story("A-2", 3), story("A-3", None), story("A-4", 2, sprint="121"))

    assert look_ahead.lines(ahead)[0] == (
        "Payments: Sprint 121 (23 March to 3 April): 6 + 2 planned of 10 points: A-2 3, A-3 3 (size assumed)."
    )
    assert look_ahead.lines(ahead)[1] == "Search: Sprint 131 (23 March to 3 April): 0 of 10 points: no issue."


def test_what_stays_in_its_place_needs_no_reason_for_people_and_has_one_for_programs() -> None:
    issues = (story("A-1", 10), story("A-2", 3))
    again = planned(*issues, before=planned(*issues).planned)
    part = look_ahead.as_json(again)

    assert look_ahead.lines(again)[0].endswith("10 points: A-2 3.")
    assert part is not None
    assert part.sprints[0].issues[0].why == "as planned before"


def test_issues_in_no_sprint_are_named_up_to_a_number() -> None:
    large = [story(f"A-{n}", 13) for n in range(look_ahead.SHOWN + 2)]

    assert look_ahead.lines(planned(*large, story("A-99", 10)))[-2:] == (
        "A-7 is in none of them. Too big: 13; the largest of these sprints takes 10 (Sprint 122).",
        "2 more are in none of them: see the JSON output.",
    )


def test_a_report_without_a_plan_ahead_has_no_such_section() -> None:
    bare = part_one_page(replace(sample(), plan_ahead=None))

    assert look_ahead.lines(None) == ()
    assert as_json.part_one(bare).look_ahead is None
    assert look_ahead.title(SPRINTS) not in as_markdown.part_one(bare)


def test_part_one_shows_the_sprints_after_the_next_one() -> None:
    page = part_one_page(sample())
    part = as_json.part_one(page).look_ahead

    assert part is not None
    assert [(one.team, one.number) for one in part.sprints[:2]] == [("Payments", 2), ("Storefront", 2)]
    assert f"## {look_ahead.title(SPRINTS)}" in as_markdown.part_one(page)


def test_the_text_of_part_one_has_every_issue_of_a_later_sprint() -> None:
    keys = [f"LONGNAME-{number}" for number in range(100, 140)]
    ahead = planned(*(story(key, 0.5) for key in keys))
    text = plain(as_text.part_one(replace(part_one_page(sample()), plan_ahead=PlanAhead(lambda: ahead))))

    there = [issue.issue.key for one in ahead.sprints for issue in one.issues]
    assert len(there) >= 20
    assert [key for key in there if key not in text] == []


def test_the_page_of_a_team_has_every_issue_of_a_later_sprint() -> None:
    ahead = planned(*(story(f"LONGNAME-{number}", 0.5) for number in range(100, 140)))
    page = team_page(replace(sample(), plan_ahead=PlanAhead(lambda: ahead)), "Payments")

    there = [issue.issue.key for one in look_ahead.of_team(ahead, "Payments") for issue in one.issues]
    assert len(there) >= 20
    assert [key for key in there if key not in page] == []


def test_a_plan_says_how_it_was_made() -> None:
    ahead = planned(story("A-1", 10), story("A-2", 3))

    assert look_ahead.how(ahead) == 'Planned by "greedy".'
    assert look_ahead.how(replace(ahead, planner="exact", asked="exact", gap=0.0042)) == (
        'Planned by "exact": at most 0.4 % below the best plan by rank.'
    )
    best, nearly = (look_ahead.how(replace(ahead, planner="exact", asked="exact", gap=gap)) for gap in (0.0, 0.0001))
    assert best == 'Planned by "exact": no other plan is better by rank.'
    assert nearly == 'Planned by "exact": at most 0.1 % below the best plan by rank.'
    assert look_ahead.how(replace(ahead, asked="exact")) == (
        'Planned by "greedy", because scipy is missing; install it in your checkout with: '
        "pip install -c constraints.txt '.[planner]'"
    )


def test_the_html_page_has_each_later_sprint_with_what_is_ready_and_what_is_not_yet() -> None:
    report = sample()
    text = Page(as_html.part_one(part_one_page(report))).text
    ahead = report.look_ahead

    assert ahead is not None
    for one in ahead.sprints:
        row = text[text.index(look_ahead.name(one)) :]
        assert all(inside.issue.key in row for inside in one.issues)
    assert {inside.is_ready for one in ahead.sprints for inside in one.issues} == {True, False}
    assert all(f"{left.issue.key} {left.why}" in " ".join(text.split()) for left in ahead.left_out)
    bare = part_one_page(replace(report, plan_ahead=None))
    assert look_ahead.title(SPRINTS) not in as_html.part_one(bare)
