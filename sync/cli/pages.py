"""Pages written to a folder, as several commands do it."""

from collections.abc import Mapping
from pathlib import Path

from sync.cli.terminal import Terminal
from sync.reports import make_room, write_texts
from sync.reports.json_models.results import FilesDocument


def write_pages(terminal: Terminal, pages: Mapping[str, str], out: Path) -> None:
    """Write the pages, by file name, to a folder that is made if needed, and print their paths."""
    make_room(out)
    files = [str(path) for path in write_texts(pages, out)]
    terminal.print_result("\n".join(files), FilesDocument(files=tuple(files)))
