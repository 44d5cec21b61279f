"""Reports: one renderer per kind, each over the same RunReport.

A new kind is one file with a function `render(report)` and one line in the table below. The kind `html` writes several
files, one page a role.
"""

import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sync.errors import UsageError
from sync.reports.address import FIRST, HTML, PLANNING, PLANNING_SUFFIX, STEM, TEAM_FILES, links, team_files

if TYPE_CHECKING:
    from sync.reports.base import RunReport

__all__ = [
    "RENDERERS",
    "Renderer",
    "file_of",
    "make_room",
    "team_files",
    "write",
    "write_texts",
]

_READABLE = 0o644


class Renderer(NamedTuple):
    """The function that renders a kind of report, and the name of its only or first file.

    It gives texts by file name. Its second argument are the kinds that are written into the same folder. `by_team`
    matches the files that depend on the teams: one of an earlier run that is not written again is removed.
    """

    render: "Callable[[RunReport, Collection[str]], Mapping[str, str]]"
    file: str
    by_team: str = ""


def _one_file(render: "Callable[[RunReport], str]", suffix: str) -> Renderer:
    file = STEM + suffix
    return Renderer(lambda report, _: {file: render(report)}, file)


# Each renderer is loaded by its first report: the configuration only asks for the names.


def _text(report: "RunReport") -> str:
    from sync.reports import as_text

    return as_text.render(report)


def _markdown(report: "RunReport") -> str:
    from sync.reports import as_markdown

    return as_markdown.render(report)


def _json(report: "RunReport") -> str:
    from sync.reports import as_json

    return as_json.render(report)


def _csv(report: "RunReport") -> str:
    from sync.reports import as_csv

    return as_csv.render(report)


def _pages(report: "RunReport", beside: Collection[str]) -> Mapping[str, str]:
    from sync.reports import pages

    return pages.render(report, beside)


def _planning(report: "RunReport", beside: Collection[str]) -> Mapping[str, str]:
    from sync.reports.planning import as_html as planning

    file = STEM + PLANNING_SUFFIX
    teams = team_files(team.name for team in report.snapshot.product.teams)
    return {file: planning.render(report, links(teams, file, beside) if HTML in beside else ())}


RENDERERS: dict[str, Renderer] = {
    "text": _one_file(_text, ".txt"),
    "markdown": _one_file(_markdown, ".md"),
    "json": _one_file(_json, ".json"),
    HTML: Renderer(_pages, FIRST, TEAM_FILES),
    "csv": _one_file(_csv, ".csv"),
    PLANNING: Renderer(_planning, STEM + PLANNING_SUFFIX),
}


def write(report: "RunReport", kinds: Iterable[str], out_dir: Path, beside: Collection[str] = ()) -> tuple[Path, ...]:
    """Write the files of each kind into the folder, create the folder if necessary, and return the paths.

    `beside` are other kinds that are written there as well, so that pages link to them.
    Files are replaced as a whole. Raises `UsageError` for an unknown kind, before anything is
    written, and where the folder cannot be written.
    """
    wanted = tuple(dict.fromkeys(kinds))
    for kind in wanted:
        if kind not in RENDERERS:
            raise UsageError(f"There is no report of kind {kind!r}; the kinds are {', '.join(RENDERERS)}.")
    there = {*wanted, *beside}
    texts = (RENDERERS[kind].render(report, there) for kind in wanted)
    paths = write_texts({name: text for made in texts for name, text in made.items()}, out_dir)
    with _write_errors(out_dir):
        _remove_former(out_dir, filter(None, (RENDERERS[kind].by_team for kind in wanted)), paths)
    return paths


def _remove_former(out_dir: Path, patterns: Iterable[str], paths: Collection[Path]) -> None:
    """Remove the pages of teams that are no longer there: nobody would see that their figures are old."""
    for former in (path for pattern in patterns for path in out_dir.glob(pattern) if path not in paths):
        former.unlink(missing_ok=True)


def file_of(kind: str) -> str:
    """The name of the only or first file that a kind of report is written to."""
    return RENDERERS[kind].file


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
