"""The pieces that terminal pages are laid out with.

Every word becomes a `Text`, made visible and bounded first: rich never reads it as markup, and no control character
reaches the terminal.
"""

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from rules.rule import Finding, Severity
from sync.sanitize import clip

WIDTH = 100
QUIET = "dim"
GOOD, BAD, SOON = "green", "red", "yellow"

_SEVERITY = {Severity.MUST: BAD, Severity.SHOULD: SOON, Severity.INFO: QUIET, Severity.OFF: QUIET}


def plain(renderable: RenderableType, width: int = WIDTH) -> str:
    """What a file or a pipe gets: no colour, no trailing blanks."""
    stream = StringIO()
    Console(file=stream, width=width, force_terminal=False, no_color=True).print(renderable)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def said(text: str, style: str = "") -> Text:
    """A sentence as it is, in one style."""
    return Text(clip(text), style=style)


def heading(title: str, rest: str = "") -> Text:
    """A title, and beside it what it is about."""
    return Text.assemble((clip(title), "bold"), ("  " + clip(rest) if rest else "", QUIET))


def grid_of(*widths: int | None) -> Table:
    """Columns with two blanks between; a fixed width each, `None` for what takes the rest."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=False)
    for width in widths:
        grid.add_column(no_wrap=width is not None, min_width=width, overflow="fold")
    return grid


def pairs(rows: Iterable[tuple[str, RenderableType]]) -> Table:
    """Names on the left, what they stand for on the right."""
    grid = grid_of(9, None)
    for name, value in rows:
        grid.add_row(Text(name, "bold"), value)
    return grid


def labelled(name: str, lines: Iterable[RenderableType]) -> Iterable[tuple[str, RenderableType]]:
    """Several lines under one name, which is told once."""
    for place, line in enumerate(lines):
        yield ("" if place else name, line)


def weight(finding: Finding) -> Text:
    """How much a finding weighs, in a word and its colour."""
    return Text("waived", QUIET) if finding.waived else Text(finding.severity.value, _SEVERITY[finding.severity])
