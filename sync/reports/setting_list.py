"""Every effective value of the configuration and where it came from."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from rich.console import RenderableType
from rich.text import Text

from sync.reports.blocks import QUIET, grid_of, line
from sync.reports.markdown import escape, table_head, table_row
from sync.sanitize import clip

if TYPE_CHECKING:
    from sync.reports.json_models.documents import SettingsDocument


class Setting(Protocol):
    """One effective value."""

    @property
    def path(self) -> str:
        """Its path in the file."""
        ...

    @property
    def value(self) -> object:
        """The value as plain data."""
        ...

    @property
    def text(self) -> str:
        """The value as the file would write it."""
        ...

    @property
    def origin(self) -> str:
        """What set it."""
        ...


def as_text(rows: Iterable[Setting]) -> RenderableType:
    """The values on the terminal."""
    grid = grid_of(20, None, None)
    for row in rows:
        grid.add_row(Text(clip(row.path)), line(row.text), line(row.origin, QUIET))
    return grid


def as_markdown(rows: Iterable[Setting]) -> str:
    """The values as a Markdown table."""
    lines = (table_row(*map(escape, (row.path, row.text, row.origin))) for row in rows)
    return "\n".join((*table_head("Setting", "Value", "Origin"), *lines)) + "\n"


def document(rows: Iterable[Setting]) -> "SettingsDocument":
    """The values as plain data."""
    from sync.reports.json_models.documents import SettingPart, SettingsDocument

    return SettingsDocument(settings=tuple(SettingPart.model_validate(row) for row in rows))
