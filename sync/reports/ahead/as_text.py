"""`readyline forecast` on the terminal."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rules.planning.when_done import WhenDone
from sync.reports.ahead.page import AheadPage, TeamAhead, days_of, sentences, what_it_is
from sync.reports.blocks import QUIET, foot, grid_of, heading, line
from sync.reports.format import day, figure, keys, many


def ahead(page: AheadPage) -> RenderableType:
    """When the issues that were asked for are done; else what each team finishes in several sprints."""
    lines = _when(page.when) if page.when else _teams(page)
    return Group(*lines, *foot(page.coverage.sentences))


def _when(when: WhenDone) -> Iterator[RenderableType]:
    yield heading(keys(when.asked), what_it_is(when))
    grid = grid_of(6, None)
    for chance, last in days_of(when):
        grid.add_row(Text(chance, "bold"), Text(f"by {last}"))
    if not days_of(when):
        grid.add_row(Text("–"), Text("nothing is left that a team has to finish"))
    yield Padding(grid, (0, 0, 1, 2))
    yield from (line(sentence, QUIET) for sentence in sentences(when))


def _teams(page: AheadPage) -> Iterator[RenderableType]:
    for team in page.teams:
        yield heading(team.team, team.basis)
        if team.stretches:
            yield Padding(_stretches(team), (0, 0, 0, 2))
        if team.past:
            yield Padding(Text("Expected before, and what came", "bold"), (1, 0, 0, 2))
            yield Padding(_past(team), (0, 0, 0, 2))
            yield Padding(line(team.kept, QUIET), (0, 0, 0, 2))
        yield Text()


def _stretches(team: TeamAhead) -> Table:
    grid = grid_of(9, 12, 7, 7, 7)
    names = (team.capacity.boxes.several.capitalize(), "until", "if slow", "usual", "if fast")
    grid.add_row(*(Text(name, QUIET) for name in names))
    for one in team.stretches:
        figures = (figure(one.points.p15), figure(one.points.p50), figure(one.points.p85))
        usual = many(one.points.p50, team.capacity.unit.one)
        grid.add_row(figure(team.capacity.boxes.figure(one.sprints)), day(one.until), figures[0], usual, figures[2])
    return grid


def _past(team: TeamAhead) -> Table:
    grid = grid_of(None, 16, 8)
    for name, expected, came in team.past:
        grid.add_row(line(name), Text(expected), Text(f"it was {came}"))
    return grid
