"""The page of epics on the terminal."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from rules.review.epics import EpicProgress
from sync.reports.blocks import BAD, QUIET, foot, grid_of, heading, line
from sync.reports.epics.page import EpicsPage, child_line, progress, team_line
from sync.sanitize import clip


def render(page: EpicsPage) -> RenderableType:
    """The page, the goal first."""
    return Group(*_lines(page), *foot(page.coverage.sentences))


def _lines(page: EpicsPage) -> Iterator[RenderableType]:
    yield line(f"Product Goal: {page.product.goal or 'none'}", "bold")
    yield heading(page.title, page.answer)
    yield from (line(sentence, BAD) for sentence in page.left_out)
    for name, epics in page.groups:
        yield Text()
        yield line(name, "bold")
        yield from (Padding(_epic(page, epic), (0, 0, 0, 2)) for epic in epics)
    if not page.whole.epics:
        yield line("No open epic is in the backlog.", QUIET)
    yield Text()
    yield line("Capacity", "bold")
    yield from (Padding(line(f"{one.team}: {team_line(one, page.unit)}"), (0, 0, 0, 2)) for one in page.whole.teams)
    if page.whole.findings:
        yield Text()
        yield line("To correct", "bold")
        yield from (Padding(line(one.text), (0, 0, 0, 2)) for one in page.whole.findings)


def _epic(page: EpicsPage, epic: EpicProgress) -> RenderableType:
    grid = grid_of(8, None)
    title = line(epic.issue.title, "bold").append(f"  {clip(progress(epic, page.unit))}", QUIET)
    grid.add_row(Text(clip(epic.issue.key, 40)), title)
    for child in epic.children:
        grid.add_row(Text(f"  {clip(child.issue.key, 40)}"), line(child_line(child, page.unit)))
    return grid
