"""Pages written to a folder, as several commands do it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import RenderableType

from sync.cli.terminal import Terminal
from sync.reports import as_text, make_room, write_texts
from sync.reports.json_models.results import FilesDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """A page in each format, made when it is asked for. Its files begin with `stem`; `more` are files with it."""

    stem: str
    html: Callable[[], str]
    markdown: Callable[[], str]
    json: Callable[[], str]
    text: Callable[[], RenderableType]
    more: Mapping[str, str] = field(default_factory=dict)

    def files(self) -> Mapping[str, str]:
        """The page in every format, by file name."""
        return {
            f"{self.stem}.html": self.html(),
            f"{self.stem}.md": self.markdown(),
            f"{self.stem}.json": self.json(),
            f"{self.stem}.txt": as_text.plain(self.text()),
            **self.more,
        }


def show_page(terminal: Terminal, forms: Forms, out: Path | None) -> None:
    """Print the page in the chosen format, or write it to a folder in every format and print the paths."""
    if out is not None:
        write_pages(terminal, forms.files(), out)
    else:
        terminal.answer(text=forms.text, json=forms.json, markdown=forms.markdown)


def write_pages(terminal: Terminal, pages: Mapping[str, str], out: Path) -> None:
    """Write the pages, by file name, to a folder that is made if needed, and print their paths."""
    make_room(out)
    files = [str(path) for path in write_texts(pages, out)]
    terminal.print_result("\n".join(files), lambda: FilesDocument(files=tuple(files)))
