"""The page of epics and of the increment in each format."""

from dataclasses import replace
from datetime import date

from rules.backlog.what_if import with_issues
from rules.model import Kind
from rules.review.options import IncrementOptions, ObjectiveOptions
from sync.reports.blocks import plain
from sync.reports.epics import as_html, as_json, as_markdown, as_text
from sync.reports.epics.page import EpicsPage, epics_page
from sync.reports.json_models import dump
from tests.sync.reports.page import Page
from tests.sync.reports.sample import sample

PI = IncrementOptions(
    name="PI 12",
    first=date(2026, 3, 2),
    last=date(2026, 5, 17),
    objectives=(ObjectiveOptions(name="Guests pay", features=("EPIC-1",)), ObjectiveOptions(name="Search is fast")),
)


def page(options: IncrementOptions = PI) -> EpicsPage:
    """The sample with two epics: the first has 14 issues below it, the second none."""
    report = sample()
    issues = report.snapshot.issues
    below = [one for one in issues if one.is_open and one.is_counted][:14]
    epics = (
        replace(issues[0], id=f"e{number}", key=f"EPIC-{number}", kind=Kind.EPIC, title=f"Epic {number}", sprint=None)
        for number in (1, 2)
    )
    rest = (replace(one, parent="EPIC-1") if one in below else one for one in issues)
    return epics_page(replace(report, backlog=with_issues(report.backlog, (*epics, *rest))), options)


def test_each_format_has_objectives_epics_issues_and_capacity() -> None:
    made = page()
    for shown in (plain(as_text.render(made)), as_markdown.render(made), as_html.render(made)):
        text = " ".join(shown.split())
        assert made.answer in text
        assert "PI 12, 2 March 2026 to 17 May 2026" in text
        assert "Guests pay" in text
        assert "Of no objective" in text
        assert all(child.issue.key in text for child in made.whole.epics[0].children)
        assert "no stories yet" in text
        assert "Payments" in text


def test_the_capacity_is_the_sum_over_the_teams_and_each_team_the_sum_over_its_sprints() -> None:
    document = as_json.document(page())
    assert round(document.capacity_points, 3) == round(sum(team.points for team in document.teams), 3)
    for team in document.teams:
        assert round(team.points, 3) == round(sum(sprint.points for sprint in team.sprints), 3)
        assert all(sprint.last <= date(2026, 5, 17) for sprint in team.sprints)
    assert [epic.objective for epic in document.epics] == ["Guests pay", ""]
    assert '"schema": "readyline/epics/1"' in dump(document)


def test_the_html_page_is_well_formed_and_its_bar_is_as_long_as_the_epic() -> None:
    made = page()
    source = as_html.render(made)
    assert Page(source).faults == []
    assert "2 more" in source
    bar = as_html.pieces(made.whole.epics[0])
    assert round(sum(piece.width for piece in bar)) == 100
    assert as_html.pieces(made.whole.epics[1]) == ()


def test_without_an_increment_or_epics_the_page_says_so() -> None:
    made = page(IncrementOptions())
    assert made.title == "Increment, next five sprints"
    assert [name for name, _ in made.groups] == ["Epics"]
    empty = epics_page(sample(), IncrementOptions())
    assert "No open epic is in the backlog." in plain(as_text.render(empty))
    assert "No open epic is in the backlog." in as_html.render(empty)
    teams = tuple(replace(team, sprints=()) for team in made.whole.teams)
    bare = replace(made, whole=replace(made.whole, teams=teams))
    assert "no coming sprint with known points" in as_markdown.render(bare)


def test_an_issue_below_an_epic_that_has_no_estimate_is_shown_with_an_assumed_size() -> None:
    made = page()
    below = made.whole.epics[0].children
    assert {child.assumed for child in below} == {True, False}
    for shown in (plain(as_text.render(made), 300), as_markdown.render(made), as_html.render(made)):
        assert sum("assumed" in line for line in shown.splitlines()) == sum(child.assumed for child in below)
    assert all(child.assumed is (child.issue.points is None) for child in below)


def test_where_no_points_of_teams_are_known_nothing_is_said_to_be_usually_finished() -> None:
    made = page()
    first, *others = made.whole.teams
    unknown = replace(
        made, whole=replace(made.whole, teams=tuple(replace(one, sprints=()) for one in made.whole.teams))
    )
    some = replace(made, whole=replace(made.whole, teams=(replace(first, sprints=()), *others)))

    assert unknown.answer.endswith("what 3 teams usually finish is not known")
    assert some.answer.endswith("usually finished by 2 of 3 teams")
    assert "no coming sprint with known points" in plain(as_text.render(unknown), 300)
