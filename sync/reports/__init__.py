"""Reports: one renderer per file, each over the same RunReport.

A new kind is one file with a function `render(report)` and one line in the table below.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sync.errors import UsageError
from sync.reports import as_csv, as_html, as_json, as_markdown, as_text
from sync.reports.base import RunReport, Threshold
from sync.reports.planning import as_html as planning

__all__ = ["RENDERERS", "Renderer", "RunReport", "Threshold", "file_of", "make_room", "write", "write_texts"]

STEM = "readyline"
_READABLE = 0o644


class Renderer(NamedTuple):
    """The function that renders a kind of report, and the suffix of its file."""

    render: Callable[[RunReport], str]
    suffix: str


RENDERERS: dict[str, Renderer] = {
    "text": Renderer(as_text.render, ".txt"),
    "markdown": Renderer(as_markdown.render, ".md"),
    "json": Renderer(as_json.render, ".json"),
    "html": Renderer(as_html.render, ".html"),
    "csv": Renderer(as_csv.render, ".csv"),
    "planning": Renderer(planning.render, "-planning.html"),
}


def write(report: RunReport, kinds: Iterable[str], out_dir: Path) -> tuple[Path, ...]:
    """Write one file per kind into the folder, create the folder if necessary, and return the paths.

    Files are replaced as a whole. Raises `UsageError` for an unknown kind, before anything is
    written, and where the folder cannot be written.
    """
    wanted = tuple(dict.fromkeys(kinds))
    for kind in wanted:
        if kind not in RENDERERS:
            raise UsageError(f"There is no report of kind {kind!r}; the kinds are {', '.join(RENDERERS)}.")
    return write_texts({file_of(kind): RENDERERS[kind].render(report) for kind in wanted}, out_dir)


def file_of(kind: str) -> str:
    """The name of the file that a kind of report is written to."""
    return STEM + RENDERERS[kind].suffix


def write_texts(texts: Mapping[str, str], out_dir: Path) -> tuple[Path, ...]:
    """Write texts by their file names into the folder, as `write` does, and return the paths."""
    paths = {out_dir / name: text for name, text in texts.items()}
    with _write_errors(out_dir):
        out_dir.mkdir(parents=True, exist_ok=True)
        for path, text in paths.items():
            _replace(path, text)
    return tuple(paths)


def make_room(out_dir: Path) -> None:
    """Create the folder if necessary and check that it is writable, before a long run. Raises `UsageError`."""
    with _write_errors(out_dir):
        out_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out_dir):
            pass


@contextmanager
def _write_errors(out_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"the reports cannot be written to {str(out_dir)!r} ({error.strerror or error}); "
            "make the folder writable or name another"
        ) from error


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(name).chmod(_READABLE)  # a temporary file is readable only for its owner
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
