"""One issue as plain text or Markdown: title, type and id from its first lines, and the text below.

Header lines are replaced by empty ones, so that evidence keeps the line numbers of the file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.model import Kind
from sync.lint_input.model import STORY, LintText

_HEADER = re.compile(r"(?i)[ \t]*(?:\*\*)?(type|issue type|title|summary|id|key)(?:\*\*)?:(?:\*\*)?[ \t]*(\S.*)")
_FENCE = re.compile(r"---[ \t]*")
_KIND = re.compile(rf"(?i)[ \t]*({'|'.join(Kind)}):[ \t]+(\S.*)")
_UNDERLINE = re.compile(r"[ \t]*(?:={3,}|-{3,})[ \t]*")
_NAMES: Mapping[str, str] = {"issue type": "type", "summary": "title", "key": "id"}


@dataclass(slots=True)
class _Lines:
    """The lines of the text, and the values of the header lines taken out."""

    left: list[str]
    headers: dict[str, str] = field(default_factory=dict)
    title: int = 0  # the index of the line with the title

    def has(self, name: str) -> bool:
        """Whether this header was read already."""
        return _plain_name(name) in self.headers

    def take(self, number: int, name: str, value: str) -> None:
        """Take a line out and keep its value."""
        self.headers.setdefault(_plain_name(name), _untitled(value))
        self.left[number] = ""
        if _plain_name(name) == "title":
            self.title = number


def read_prose(text: str, name: str, markup: str | None) -> LintText:
    """The issue of a text. `name` is its id unless the text has one."""
    lines = _Lines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    start = _front_matter(lines)
    start = _headers(lines, start)
    if "title" not in lines.headers:
        start = _title(lines, start)
    _headers(lines, start)
    return LintText(
        id=lines.headers.get("id", name),
        type=lines.headers.get("type", STORY),
        title=lines.headers.get("title", ""),
        text="\n".join(lines.left).rstrip(),
        markup=markup,
        line=lines.title + 1,
        is_whole_file=True,
    )


def _front_matter(lines: _Lines) -> int:
    """Take out the block between two lines of dashes at the start; returns the number of the line below it."""
    if not _FENCE.fullmatch(lines.left[0]):
        return 0
    end = next((n for n, line in enumerate(lines.left[1:60], start=1) if _FENCE.fullmatch(line)), None)
    if end is None or not any(_HEADER.fullmatch(line) for line in lines.left[1:end]):
        return 0
    for number in range(end + 1):
        header = _HEADER.fullmatch(lines.left[number])
        if header:
            lines.take(number, header[1], header[2].strip().strip("\"'"))
        lines.left[number] = ""
    return end + 1


def _headers(lines: _Lines, start: int) -> int:
    """Take out lines such as `Type: Bug`, with empty ones around; returns the number of the first other line."""
    for number in range(start, len(lines.left)):
        header = _HEADER.fullmatch(lines.left[number])
        if header and not lines.has(header[1]):
            lines.take(number, header[1], header[2])
        elif lines.left[number].strip():
            return number
    return len(lines.left)


def _title(lines: _Lines, start: int) -> int:
    """Take out the title line, with an underline below it; returns the number of the line below."""
    if start >= len(lines.left):
        return start
    line = lines.left[start]
    kind = _KIND.fullmatch(line)
    if kind:
        lines.headers.setdefault("type", kind[1].title())
        line = kind[2]
    lines.take(start, "title", line)
    below = start + 1
    if below < len(lines.left) and _UNDERLINE.fullmatch(lines.left[below]):
        lines.left[below] = ""
    return below


def _plain_name(name: str) -> str:
    return _NAMES.get(name.lower(), name.lower())


def _untitled(line: str) -> str:
    """A line without the markup of a heading or of bold."""
    plain = re.sub(r"^\s*(?:#{1,6}\s+|h[1-6]\.\s*)", "", line).strip()
    bare = plain.rstrip("#")  # a heading may end with the characters it begins with
    plain = bare.rstrip() if bare[-1:].isspace() else plain
    bold = re.fullmatch(r"(\*\*|__)(.+)\1", plain)
    return (bold[2] if bold else plain).strip()
