"""The page of the Sprint Review on the terminal."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rules.review.review import DoneIssue, TeamReview
from sync.reports import format as wording
from sync.reports.blocks import BAD, QUIET, foot, grid_of, heading, line
from sync.reports.review.page import (
    NO_GOAL,
    ReviewPage,
    carried_size,
    done_line,
    goal_state,
    outcome_title,
    plan_state,
    state,
)
from sync.sanitize import clip


def render(page: ReviewPage) -> RenderableType:
    """The page, the goals first."""
    return Group(*_lines(page), *foot(page.coverage.sentences))


def _lines(page: ReviewPage) -> Iterator[RenderableType]:
    yield line(f"Product Goal: {page.product.goal or 'none'}", "bold")
    yield line(f"{page.product.name}, Sprint Review: {page.answer}. {page.value}")
    yield from (line(sentence, BAD) for sentence in page.left_out)
    for team in page.whole.teams:
        yield Text()
        yield heading(team.team, state(team))
        yield Padding(Group(*(line(text) for text in team_lines(page, team))), (0, 0, 0, 2))
    for one in page.whole.outcomes:
        yield Text()
        yield heading(outcome_title(one), wording.many(one.points, page.unit.one))
        yield Padding(_done(one.done), (0, 0, 0, 2))
    for title, rows in lists(page):
        yield from _list(title, rows)


def team_lines(page: ReviewPage, one: TeamReview) -> Iterator[str]:
    """The sentences about the sprint of a team, the goal first."""
    yield f"Sprint Goal: {one.goal or NO_GOAL}; {goal_state(one)}"
    yield f"{plan_state(one)}; {wording.figure(one.points)} of {wording.many(one.planned, page.unit.one)}"
    if one.carried:
        keys = ", ".join(issue.key for issue in one.carried)
        yield f"Carried over: {keys} ({carried_size(one, page.unit)})"


def _done(issues: Iterable[DoneIssue]) -> Table:
    grid = grid_of(8, 5, None)
    for one in issues:
        size = Text(f"{wording.figure(one.issue.points, '–'):>5}")
        text = line(done_line(one)).append(f"  {clip(one.serves)}" if one.serves else "", QUIET)
        grid.add_row(Text(clip(one.issue.key, 40)), size, text)
    return grid


def _list(title: str, rows: Iterable[str]) -> Iterator[RenderableType]:
    texts = [line(row) for row in rows]
    if texts:
        yield Text()
        yield Text(title, "bold")
        yield Padding(Group(*texts), (0, 0, 0, 2))


def lists(page: ReviewPage) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists after the outcomes: each title with its lines."""
    yield "To correct", tuple(one.text for one in page.whole.findings)
    yield "Feedback", (*page.prompts, page.feedback)
