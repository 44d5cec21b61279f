"""The page of the Sprint Review in each format."""

from dataclasses import replace
from functools import cache

from rules.inventory.options import ChannelOptions
from rules.model import Unit
from rules.planning.scope import StartedIssue
from rules.review.review import PROMPTS
from sync.reports.blocks import plain
from sync.reports.json_models import dump
from sync.reports.review import as_html, as_json, as_markdown, as_text
from sync.reports.review.page import ReviewPage, carried_size, goal_state, plan_state, review_page
from tests.sync.reports.page import Page
from tests.sync.reports.sample import sample


@cache
def page() -> ReviewPage:
    return review_page(sample(), {}, ChannelOptions())


def formats(made: ReviewPage) -> tuple[str, ...]:
    return plain(as_text.render(made)), as_markdown.render(made), as_html.render(made)


def test_each_format_has_the_answer_every_team_and_the_questions() -> None:
    for shown in formats(page()):
        text = " ".join(shown.split())
        assert page().answer in text
        assert all(team.sprint.name in text for team in page().whole.teams)
        assert all(prompt in text for prompt in PROMPTS)
        assert all(one.issue.key in text for team in page().whole.teams for one in team.done)


def test_the_sums_are_those_of_the_teams_and_of_the_outcomes() -> None:
    document = as_json.document(page())
    assert document.points == sum(team.points for team in document.teams)
    assert document.points == sum(outcome.points for outcome in document.outcomes)
    assert document.planned_points == sum(team.planned_points for team in document.teams)
    assert document.carried_over_points == sum(team.points or 0 for one in document.teams for team in one.carried_over)
    assert '"schema": "readyline/review/1"' in dump(document)


def test_the_html_page_is_well_formed_and_has_no_script() -> None:
    source = as_html.render(page())
    assert Page(source).faults == []
    assert "<script" not in source


def test_what_is_carried_over_says_that_its_size_was_another_at_the_start() -> None:
    first = page().whole.teams[0]
    issue = replace(first.done[0].issue, points=5.0)
    start = replace(first.start, rebuilt=True, issues=(StartedIssue(issue.id, issue.key, 3.0),))
    carried = replace(first, carried=(issue,), start=start)

    assert carried_size(carried, Unit.POINTS) == "5 points, 3 at the start"
    assert carried_size(replace(carried, carried=(replace(issue, points=3.0),)), Unit.POINTS) == "3 points"
    for shown in formats(replace(page(), whole=replace(page().whole, teams=(carried,)))):
        assert "5 points, 3 at the start" in " ".join(shown.split())


def test_what_is_not_known_is_said() -> None:
    first = page().whole.teams[0]
    unknown = replace(first, start=replace(first.start, rebuilt=False))
    whole = replace(page().whole, teams=(unknown,))
    assert plan_state(unknown).endswith("done; what was planned is not known")
    assert "not known" in as_html.render(replace(page(), whole=whole))
    assert goal_state(first) == "no issue is linked to it"
    assert goal_state(replace(first, serving=(first.done[0].issue.key, "X-1"))) == "1 of 2 issues for it done"
    besides = replace(first, start=replace(first.start, issues=()))
    assert plan_state(besides) == f"0 of 0 planned issues done, and {len(first.done)} besides"


def test_without_a_sprint_the_page_says_so() -> None:
    empty = replace(page(), whole=replace(page().whole, teams=(), outcomes=()))
    for text in formats(empty):
        assert "No team has had a sprint yet" in text


def test_issues_of_stakeholders_are_counted() -> None:
    asked = tuple(sample().snapshot.issues[:2])
    made = replace(page(), whole=replace(page().whole, feedback=asked))
    assert made.feedback == "2 issues came from stakeholders since the sprints began."
    assert as_json.document(made).feedback == tuple(issue.key for issue in asked)
    assert asked[0].key in as_html.render(made)
