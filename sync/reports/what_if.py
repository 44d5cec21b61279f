"""What a what-if changes, as tables for text and Markdown: figures of each team, issues at the cut line, days."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rules.planning.what_if import MovedDay, Shifted, WhatIf
from sync.reports.base import RunReport
from sync.reports.blocks import QUIET, grid_of, heading, line
from sync.reports.format import day, figure, size_of, what_if
from sync.reports.markdown import escape, table_head, table_row
from sync.reports.redact import shared
from sync.sanitize import clip


@dataclass(frozen=True, slots=True)
class Section:
    """A table with its title; `empty` is what it says without rows."""

    title: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""


def sections(report: RunReport) -> tuple[Section, ...]:
    """The tables of a what-if, in order; empty without one."""
    changes = report.what_if
    if changes is None:
        return ()
    titles = {issue.key: issue.title for issue in shared(report).snapshot.by_id.values()}
    unit = report.snapshot.unit.one
    names = ("Issue", "Team", "Size", "Room", "Goal", "Title")
    before = {one.team.name: one for one in report.before}
    teams = tuple(
        (one.team.name, what_if(before[one.team.name], one)) for one in report.capacities if one.team.name in before
    )
    return (
        Section("Teams", ("Team", "Next sprint"), teams),
        Section("Falls below the cut line", names, tuple(_rows(changes.falls, titles, unit)), "no issue"),
        Section("Comes above the cut line", names, tuple(_rows(changes.rises, titles, unit))),
        Section("Another team would take it", ("Issue", "Team", "Then"), changes.moves),
        Section("Ready work lasts to", ("Team", "Before", "Then"), tuple(map(_day, changes.days)), "the same days"),
    )


def _rows(issues: Sequence[Shifted], titles: dict[str, str], unit: str) -> Iterator[tuple[str, ...]]:
    for one in issues:
        goal = "key issue" if one.is_key else one.serves or "–"
        yield (one.key, one.team, size_of(one.points, unit), _room(one.left), goal, titles.get(one.key, ""))


def _room(left: float | None) -> str:
    if left is None:
        return "–"
    return f"{figure(-left)} missing" if left < 0 else f"{figure(left)} left"


def _day(moved: MovedDay) -> tuple[str, str, str]:
    before, after = (day(one) if one else "unknown" for one in (moved.before, moved.after))
    return moved.team or "All teams", before, after


def as_text(report: RunReport, changes: WhatIf) -> RenderableType:
    """The what-if on the terminal."""
    return Group(*_text(report, changes))


def _text(report: RunReport, changes: WhatIf) -> Iterator[RenderableType]:
    yield heading("What if", " ".join(changes.assumed))
    for section in sections(report)[1:]:  # the teams come in full below
        if section.rows or section.empty:
            yield Padding(Text(section.title, "bold"), (0, 0, 0, 2))
            yield Padding(_grid(section) if section.rows else Text(section.empty, QUIET), (0, 0, 1, 4))


def _grid(section: Section) -> Table:
    grid = grid_of(*(8,) * (len(section.names) - 1), None)
    grid.add_row(*(Text(name, QUIET) for name in section.names))
    for row in section.rows:
        grid.add_row(*(Text(clip(cell, 40)) for cell in row[:-1]), line(row[-1]))
    return grid


def as_markdown(report: RunReport, changes: WhatIf) -> str:
    """The what-if as Markdown."""
    return "\n".join(_markdown(report, changes)) + "\n"


def _markdown(report: RunReport, changes: WhatIf) -> Iterable[str]:
    yield "# What if"
    yield ""
    yield from (f"- {escape(sentence)}" for sentence in changes.assumed)
    for section in sections(report):
        if section.rows or section.empty:
            yield from ("", f"## {section.title}", "")
            yield from _lines(section) if section.rows else (section.empty,)


def _lines(section: Section) -> Iterator[str]:
    yield from table_head(*section.names)
    yield from (table_row(*map(escape, row)) for row in section.rows)
