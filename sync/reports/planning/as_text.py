"""The pages of Sprint Planning on the terminal."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sync.reports import format as wording
from sync.reports.blocks import QUIET, grid_of, heading, line
from sync.reports.planning.team import Planned, TeamPage
from sync.sanitize import clip


def team(page: TeamPage) -> RenderableType:
    """The page of one team, the goal first."""
    return Group(*_team(page))


def _team(page: TeamPage) -> Iterator[RenderableType]:
    yield line(f"Sprint Goal: {page.goal_text}", "bold")
    yield heading(f"{page.team}, {page.sprint}", page.answer)
    yield Padding(_rows(page) if page.rows else Text("no issue is planned", QUIET), (1, 0, 1, 2))
    if page.to_do:
        yield Text("To do in this meeting", "bold")
        yield Padding(Group(*map(line, page.to_do)), (0, 0, 1, 2))
    if page.note:
        yield line(page.note, QUIET)


def _rows(page: TeamPage) -> Table:
    grid = grid_of(8, 4, 6, 5, 5, None)
    grid.add_row(*(Text(name, QUIET) for name in ("Issue", "Rank", "Points", "Tasks", "Hours", "Title")))
    for row in page.rows:
        title = line(row.issue.title)
        grid.add_row(
            Text(clip(row.issue.key, 40)),
            Text(f"{row.rank:>4}"),
            Text(f"{wording.figure(row.points, '–'):>6}"),
            Text(f"{len(row.tasks.tasks) + len(row.tasks.unread):>5}"),
            Text(f"{wording.figure(row.tasks.hours if row.tasks.has_hours else None, '–'):>5}"),
            title.append(f"  {clip(note)}", QUIET) if (note := remark(row)) else title,
        )
    return grid


def remark(row: Planned) -> str:
    """What is special about a planned issue: the key issue, how it serves the goal, only proposed."""
    parts = ("key issue" if row.is_key else "", row.why, "proposed" if row.proposed else "")
    return ", ".join(filter(None, parts))
