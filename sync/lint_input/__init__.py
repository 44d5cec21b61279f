"""Issues from local files, for `lint`: no tracker, no network.

One reader per format: `markdown` (.md, .txt), `csv_table` (.csv), `json_records` (.json, .jsonl). An error is one
sentence with the file, the line and what to do.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from sync.errors import UsageError
from sync.lint_input.csv_table import is_table, read_table
from sync.lint_input.json_records import is_document, is_object, read_document, read_lines
from sync.lint_input.markdown import read_prose
from sync.lint_input.model import LintText
from sync.lint_input.sources import STDIN, files_of
from sync.lint_input.stories import read_stories

__all__ = ["MOST_BYTES", "LintText", "files_of", "read_texts"]

MOST_BYTES = 64 * 1024 * 1024


def _markdown(text: str, source: str) -> Iterator[LintText]:
    yield read_prose(text, source, "markdown")


def _plain(text: str, source: str) -> Iterator[LintText]:
    yield read_prose(text, source, None)


Reader = Callable[[str, str], Iterator[LintText]]

READERS: Mapping[str, Reader] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain,
    ".csv": read_table,
    ".tsv": read_table,
    ".json": read_document,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
}
"""The reader of a file, by its ending."""


def read_texts(source: str | Path, stdin: BinaryIO | None = None, *, split: bool = False) -> Iterator[LintText]:
    """All issues of a file, or of `stdin` where `source` is "-".

    With `split`, a Markdown file has an issue below each first-level heading; standard input is then Markdown.
    Raises `UsageError` for a missing, empty, too large or broken file, with the line.
    """
    name = "standard input" if str(source) == STDIN else str(source)
    if str(source) == STDIN:
        text = _decoded(_bytes_of(stdin, name), name)
        reader = read_stories if split else _sniffed(text)
    else:
        reader = _reader_of(Path(source))
        if split and reader is _markdown:
            reader = read_stories
        text = _decoded(_file(Path(source)), name)
    empty = True
    for issue in reader(text, name):
        empty = False
        yield issue
    if empty:
        raise UsageError(f"{name}: the file has no issues")


def _reader_of(path: Path) -> Reader:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"{path}: the file must end in {', '.join(READERS)}; or pipe the text, and name it -")
    return reader


def _sniffed(text: str) -> Reader:
    """The reader for a text without a file name, by its first line."""
    start = text.lstrip()
    first = start.partition("\n")[0]
    if start.startswith(("{", "[")):
        if is_document(start):
            return read_document
        if is_object(first):
            return read_lines
    return read_table if is_table(start) else _plain


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return _bytes_of(file, str(path))
    except FileNotFoundError as error:
        raise UsageError(f"{path}: the file does not exist") from error
    except IsADirectoryError as error:
        raise UsageError(f"{path}: this is a folder; name a file in it") from error
    except OSError as error:
        raise UsageError(f"{path}: the file cannot be read ({error.strerror})") from error
    except ValueError as error:  # a zero byte in the name
        raise UsageError(f"{str(path)!r}: not a valid file name") from error


def _bytes_of(file: BinaryIO | None, name: str) -> bytes:
    data = file.read(MOST_BYTES + 1) if file else b""
    if len(data) > MOST_BYTES:
        raise UsageError(f"{name}: larger than {MOST_BYTES // 1024**2} MB; split it into several files")
    return data


def _decoded(data: bytes, name: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UsageError(f"{name}: the file is UTF-16, not UTF-8; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{name}, line {line}: byte {error.start} is not UTF-8; save it as UTF-8") from error
    if not text.strip():
        raise UsageError(f"{name}: the file is empty")
    return text
