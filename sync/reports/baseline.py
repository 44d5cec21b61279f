"""The findings of a baseline by issue, on the terminal and as Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Protocol

from rich.console import Group, RenderableType
from rich.text import Text

from sync.reports import format as wording
from sync.reports.blocks import grid_of, line, with_reason
from sync.reports.markdown import escape, table_head, table_row
from sync.sanitize import clip


class Accepted(Protocol):
    """One finding of a baseline; `because` and `at` are "" where it is not accepted yet."""

    @property
    def key(self) -> str:
        """The key of its issue."""
        ...

    @property
    def rule(self) -> str:
        """The path of its rule."""
        ...

    @property
    def phrase(self) -> str:
        """What is missing."""
        ...

    @property
    def because(self) -> str:
        """Why it is accepted."""
        ...

    @property
    def at(self) -> str:
        """When it was accepted, in ISO 8601."""
        ...


def as_text(rows: Sequence[Accepted], state: str) -> RenderableType:
    """The issues with their findings, and how many there are."""
    grid = grid_of(8, None)
    for key, missing, origin in _by_issue(rows):
        grid.add_row(Text(clip(key, 40)), with_reason(missing, origin))
    return Group(grid, line(_count(rows, state)))


def as_markdown(rows: Sequence[Accepted], state: str, ending: str) -> str:
    """The same as a table; `ending` is what was done."""
    table = [*table_head("Issue", "Missing", "Accepted"), *(table_row(*map(escape, row)) for row in _by_issue(rows))]
    return "\n".join((*([*table, ""] if rows else ()), escape(_count(rows, state)), "", escape(ending))) + "\n"


def _by_issue(rows: Iterable[Accepted]) -> Iterator[tuple[str, str, str]]:
    """The key of an issue, what is missing there, and when and why it was accepted."""
    for key, group in groupby(rows, key=lambda one: one.key):
        findings = tuple(group)
        missing = "; ".join(dict.fromkeys(one.phrase or wording.check(one.rule) for one in findings if one.rule))
        origins = dict.fromkeys(f"{one.at[:10]}: {one.because}" for one in findings if one.because and one.at)
        unnamed = f"{wording.many(len(findings), 'finding')} of an earlier version"
        yield key or "–", missing or unnamed, "; ".join(origins)


def _count(rows: Sequence[Accepted], state: str) -> str:
    issues = wording.many(len({one.key for one in rows}), "issue")
    return f"{wording.many(len(rows), 'finding')} on {issues} {state}."
