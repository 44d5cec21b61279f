"""Every entry of the absence files: when, who, how many working days, and why it counts or not; never its title."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import Field
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sync.absences.model import Entry
from sync.reports.blocks import QUIET, SOON, grid_of, heading, line
from sync.reports.format import figure, many
from sync.reports.json_models import Figure, Part
from sync.reports.json_models import Text as Words
from sync.reports.markdown import escape, table_head, table_row

NAMES = ("From", "To", "Who", "Working days", "Counted?")
Listing = Mapping[str, Sequence[Entry]]
"""The entries by file."""


class EntryPart(Part):
    """One event of a calendar or one row of a list."""

    file: Words
    line: int
    """The line of a list, 0 in calendars."""
    first: date
    last: date
    written: Words
    """The name in a list."""
    days: Mapping[str, Figure]
    """The working days that each person is absent by this entry alone."""
    counts: bool
    reason: Words | None
    """Why it does not count; null where it counts, or is not about an absence."""
    why: Words


class AbsencesDocument(Part):
    """What `absences check --format json` prints."""

    schema_: Literal["readyline/absences/1"] = Field(default="readyline/absences/1", alias="schema")
    entries: tuple[EntryPart, ...]


def document(listing: Listing) -> AbsencesDocument:
    """The entries of all files."""
    every = (one for entries in listing.values() for one in entries)
    return AbsencesDocument(entries=tuple(EntryPart.model_validate(one) for one in every))


def as_text(listing: Listing) -> RenderableType:
    """The entries on the terminal, by file."""
    return Group(*(part for file, entries in listing.items() for part in _text(file, entries)))


def _text(file: str, entries: Sequence[Entry]) -> tuple[RenderableType, ...]:
    return heading(file, summary(entries)), Padding(_grid(entries), (0, 0, 1, 2))


def _grid(entries: Sequence[Entry]) -> Table:
    grid = grid_of(10, 10, 12, 12, None)
    grid.add_row(*(Text(name, QUIET) for name in NAMES))
    for one in entries:
        *cells, why = _cells(one)
        grid.add_row(*map(line, cells), line(why, "" if one.counts else SOON if one.reason else QUIET))
    return grid


def as_markdown(listing: Listing) -> str:
    """The entries as Markdown, a table for each file."""
    return "\n".join(row for file, entries in listing.items() for row in _markdown(file, entries)) + "\n"


def _markdown(file: str, entries: Sequence[Entry]) -> Iterator[str]:
    yield from (f"## {escape(file)}", "", f"{summary(entries)}.", "")
    yield from table_head(*NAMES)
    yield from (table_row(*map(escape, _cells(one))) for one in entries)
    yield ""


def summary(entries: Sequence[Entry]) -> str:
    """`12 entries, 9 of them counted`."""
    return f"{many(len(entries), 'entry', 'entries')}, {sum(one.counts for one in entries)} of them counted"


def _cells(one: Entry) -> tuple[str, str, str, str, str]:
    who = ", ".join(one.days) or one.written or "–"
    days = ", ".join(figure(number) for number in one.days.values()) or "–"
    return one.first.isoformat(), one.last.isoformat(), who, days, one.why
