"""Building blocks of terminal pages.

Every text becomes a `Text` value without control characters and of bounded length, so rich never reads it as markup.
"""

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from rules.rule import Finding, Severity
from rules.verdict import State
from sync.sanitize import clip

WIDTH = 100
LONGEST_LIST = 2_000  # characters of a text with a list in it
QUIET = "dim"
GOOD, BAD, SOON = "green", "red", "yellow"
STATE_STYLES = {State.READY: GOOD, State.NOT_READY: BAD, State.NOT_DUE: QUIET}

_SEVERITY = {Severity.MUST: BAD, Severity.SHOULD: SOON, Severity.INFO: QUIET, Severity.OFF: QUIET}


def plain(renderable: RenderableType, width: int = WIDTH) -> str:
    """The page as a file or pipe gets it: no colour, no trailing blanks."""
    stream = StringIO()
    Console(file=stream, width=width, force_terminal=False, no_color=True).print(renderable)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def line(text: str, style: str = "") -> Text:
    """A text on one line, in one style."""
    return Text(clip(text), style=style)


def paragraph(text: str) -> Text:
    """A text with a list in it, such as all issues of a sprint: cut only where no page could hold it."""
    return Text(clip(text, LONGEST_LIST))


def heading(title: str, rest: str = "") -> Text:
    """A title, and details after it."""
    return Text.assemble((clip(title), "bold"), ("  " + clip(rest) if rest else "", QUIET))


def grid_of(*widths: int | None) -> Table:
    """A table without lines; each column has a least width, `None` for one that takes the rest."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=False)
    for width in widths:
        grid.add_column(no_wrap=width is not None, min_width=width, overflow="fold")
    return grid


def pairs(rows: Iterable[tuple[str, RenderableType]]) -> Table:
    """Names on the left, values on the right."""
    grid = grid_of(9, None)
    for name, value in rows:
        grid.add_row(Text(name, "bold"), value)
    return grid


def labelled(name: str, lines: Iterable[RenderableType]) -> Iterable[tuple[str, RenderableType]]:
    """Several lines under one name, which is shown once."""
    for place, row in enumerate(lines):
        yield ("" if place else name, row)


def weight(finding: Finding) -> Text:
    """The severity of a finding, in a word and its colour."""
    return Text("waived", QUIET) if finding.waived else Text(finding.severity.value, _SEVERITY[finding.severity])


def with_reason(text: str, reason: str) -> Text:
    """A text, and quietly why, on one line."""
    return line(text).append(f"  {clip(reason)}" if text else clip(reason), QUIET)


def foot(sentences: Iterable[str]) -> Iterable[Text]:
    """What a page rests on, below an empty line."""
    yield Text()
    yield from (line(sentence, QUIET) for sentence in sentences)
