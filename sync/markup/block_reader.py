"""Reads text line by line into blocks: the common part of wiki markup and Markdown.

People often mix the two (Markdown pasted into Jira, wiki headings in a plain file), so one tolerant reader accepts the
signs of both. A `Dialect` decides only about signs with different meanings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.document import Document
from sync.markup.blocks import Builder
from sync.markup.inline import plain
from sync.markup.inline_html import loosen
from sync.markup.preprocess import SILENT_LINE, SOFT_BREAK, is_flattened, pieces, tidy, unflatten


@dataclass(frozen=True, slots=True)
class Dialect:
    """Signs with different meanings in wiki markup and Markdown.

    `hash_is_heading`: one `#` opens a heading, not a numbered item. `star_is_bold`: `*so*` is bold, not italic.
    `indented_is_code`: four spaces after an empty line are code.
    """

    hash_is_heading: bool
    star_is_bold: bool
    indented_is_code: bool


WIKI = Dialect(hash_is_heading=False, star_is_bold=True, indented_is_code=False)
MARKDOWN = Dialect(hash_is_heading=True, star_is_bold=False, indented_is_code=True)

_WIKI_HEADING = re.compile(r"h([1-6])\.(?![a-z]\w*\.)\s*(.*)", re.IGNORECASE | re.DOTALL)
_HASHES = re.compile(r"(#{1,6})(\s+|(?=[A-Z]))(.+)")
_HASH_ITEM = re.compile(r"([*-]*#[*#-]*)\s+(.*)")
_ITEM = re.compile(r"([*+-]|\*{2,6}|-{2}|[•·●◦▪‣○])(?:\s+|(?<=[•·●◦▪‣○]))(.*)")
_DASH_ITEM = re.compile(r"([–—→])\s+(.*)")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-h])(?:\)|\.(?![\w.]))\s*(.*)|(?:\d{1,3})\.(?!\d)(\S.*)", re.IGNORECASE)
_BARE_ITEM = re.compile(r"[*#+-]|\d{1,2}[.)]")
_TICK = re.compile(r"\[([ xX✓✔-]?)\](?![(\[])\s*(.*)")
_TICK_SIGN = re.compile(r"(\(/\)|\(x\)|\(\?\)|[☐☑☒✅✓✔✗❌])\s*(.+)")
_TICKED_SIGNS = frozenset(("(/)", "☑", "✅", "✓", "✔"))
_PANEL = re.compile(r"\{(?:panel|expand|info|note|tip|warning)(?::([^{}\n]*))?\}", re.IGNORECASE)
_PANEL_TITLE = re.compile(r"(?:^|\|)title=([^|]*)", re.IGNORECASE)
_COLOR = re.compile(r"\{color(?::[^{}\n]*)?\}", re.IGNORECASE)
_LOOKS_BOLD = re.compile(r"[_+\s]*(\*\*|__|\*)([^*\n]+?)\1[_+\s]*(:?)\s*")
_UNDERLINED = re.compile(r"\+([^+\n]+)\+\s*(:?)\s*")
_SEPARATOR_CELL = re.compile(r":?-+:?")
_BREAKS = re.compile(f"[\n{SOFT_BREAK}{SILENT_LINE}]")

# A bold line of so few words is a heading even with a full stop ("*How to verify it works.*").
_TITLE_WORDS = 5
# A bold line longer than this is a shout, not a heading.
_HEADING_WORDS, _HEADING_CHARS = 14, 120


def read(text: str, dialect: Dialect) -> Document:
    """The text as blocks. Any text gives a document, in linear time."""
    flat = is_flattened(text)
    source = tidy(text)
    if flat:
        source = unflatten(source)
    reader = _Reader(dialect, quotes=source.lower().count("{quote}") // 2 * 2)
    for piece in pieces(source):
        if piece.is_code:
            reader.builder.code(piece.text.replace(SOFT_BREAK, "\n"), piece.line)
            continue
        for line, number in _lines(loosen(piece.text), piece.line):
            reader.take(line, number)
    return reader.builder.document()


def read_markdown(text: str) -> Document:
    """Markdown of GitLab, GitHub and plain files as blocks; HTML comments are dropped. Never fails."""
    return read(text, MARKDOWN)


def _lines(text: str, first: int) -> Iterator[tuple[str, int]]:
    """Each line with its number in the source; our own control signs count lines or break them."""
    number, start = first, 0
    held: list[str] = []
    for sign in _BREAKS.finditer(text):
        held.append(text[start : sign.start()])
        start = sign.end()
        if sign[0] == SILENT_LINE:
            held.append(" ")
            continue
        yield "".join(held), number
        held = []
        number += sign[0] == "\n"
    yield "".join((*held, text[start:])), number


class _Reader:
    """One reading of one text: classifies each line and passes it to the builder."""

    def __init__(self, dialect: Dialect, *, quotes: int) -> None:
        self.builder = Builder()
        self._dialect = dialect
        self._quotes_left = quotes
        self._quoting = False
        self._after_blank = True

    def take(self, raw: str, number: int) -> None:
        """Read one line."""
        expanded = raw.expandtabs(4)
        line = expanded.strip()
        if not line:
            self.builder.blank()
            self._after_blank = True
            return
        indent = len(expanded) - len(expanded.lstrip())
        if "{" in line:
            line = self._without_panels(line, number)
        if line:
            self._classify(line, number, indent)
        self._after_blank = False

    def _without_panels(self, line: str, number: int) -> str:
        """Opens and closes quotations, makes a panel's title a heading, drops colours; the rest of the line stays."""
        while self._quotes_left and (at := line.lower().find("{quote}")) >= 0:
            before, line = line[:at].strip(), line[at + len("{quote}") :].strip()
            if before:
                self._classify(before, number, 0)
            self._quoting = not self._quoting
            self._quotes_left -= 1
            self.builder.blank()
        for panel in _PANEL.finditer(line):
            if (title := _PANEL_TITLE.search(panel[1] or "")) is not None and title[1].strip():
                self.builder.heading(plain(title[1]), number, 7)
        return _COLOR.sub("", _PANEL.sub("", line)).strip()

    def _classify(self, line: str, number: int, indent: int) -> None:
        if self._quoting:
            self.builder.quote(plain(line), number)
        elif not (
            self._rule(line)
            or self._heading(line, number)
            or self._quote(line, number)
            or self._row(line, number)
            or self._indented_code(line, number, indent)
            or self._item(line, number, indent)
            or self._bold(line, number)
        ):
            self.builder.prose(plain(line), number, indent)

    def _rule(self, line: str) -> bool:
        """A horizontal rule, or the underline that makes the line above a heading."""
        shortest = 2 if line[0] == "=" else 3
        if line[0] not in "=-*_" or line.strip(line[0] + " ") or len(line.replace(" ", "")) < shortest:
            return False
        underlines = line[0] in "=-" and " " not in line and not self._after_blank and self._is_long_enough(line)
        if underlines and self.builder.underlined(1 if line[0] == "=" else 2):
            return True
        self.builder.blank()
        return True

    def _is_long_enough(self, underline: str) -> bool:
        """Wiki markup has no underlined headings: there the underline must be about as long as the title."""
        return self._dialect.hash_is_heading or 2 * len(underline) >= len(self.builder.last_line)

    def _heading(self, line: str, number: int) -> bool:
        match = _WIKI_HEADING.match(line) if line[0] in "hH" else None
        if match is not None:
            self.builder.heading(plain(match[2]), number, int(match[1]))
            return True
        match = _HASHES.fullmatch(line) if line[0] == "#" else None
        if match is None or (len(match[1]) == 1 and not (self._dialect.hash_is_heading and match[2])):
            return False
        if not self._dialect.hash_is_heading and self.builder.in_list:
            return False  # a nested item of a wiki list
        self.builder.heading(plain(match[3].rstrip("# ")), number, len(match[1]))
        return True

    def _quote(self, line: str, number: int) -> bool:
        if line[0] == ">":
            self.builder.quote(plain(line.lstrip("> ")), number)
        elif line.startswith("bq. "):
            self.builder.quote(plain(line[4:]), number)
        else:
            return False
        return True

    def _row(self, line: str, number: int) -> bool:
        if line[0] != "|" or len(line) < 2:
            return False
        cells = [cell.strip() for cell in re.split(r"\|+", plain(line).strip().strip("|"))]
        if not all(_SEPARATOR_CELL.fullmatch(cell) for cell in cells):
            self.builder.row(cells, number)
        return True

    def _indented_code(self, line: str, number: int, indent: int) -> bool:
        if not self._dialect.indented_is_code or indent < 4 or not self._after_blank or self.builder.in_list:
            return False
        self.builder.code(line, number)
        return True

    def _item(self, line: str, number: int, indent: int) -> bool:
        depth, ordered, text = 1, False, ""
        if (match := _HASH_ITEM.fullmatch(line)) is not None and not self._dialect.hash_is_heading:
            depth, ordered, text = len(match[1]), True, match[2]
        elif (match := _ITEM.fullmatch(line)) is not None:
            depth, text = len(match[1]), match[2]
        elif (match := _DASH_ITEM.fullmatch(line)) is not None:
            text = match[2]
        elif (match := _NUMBERED.fullmatch(line)) is not None:
            ordered, text = True, match[1] or match[2] or ""
        elif _BARE_ITEM.fullmatch(line) is not None:
            ordered = line[0].isdigit() or line[0] == "#"
        elif not _is_bare_tick(line):
            return False
        else:
            text = line
        text, ticked = _tick(text)
        self.builder.item(plain(text), number, indent, depth=depth, ordered=ordered, ticked=ticked)
        return True

    def _bold(self, line: str, number: int) -> bool:
        """A short line that is bold or underlined as a whole and not a sentence."""
        if len(line) > _HEADING_CHARS or line[0] not in "*_+" or len(line.split()) > _HEADING_WORDS:
            return False
        match = _LOOKS_BOLD.fullmatch(line)
        if match is not None and match[1] == "*" and not self._dialect.star_is_bold:
            return False
        inner = match[2] + match[3] if match is not None else ""
        if match is None:
            match = _UNDERLINED.fullmatch(line) if self._dialect.star_is_bold else None
            inner = match[1] + match[2] if match is not None else ""
        text = plain(inner)
        if not text or (text.endswith((".", "!")) and len(text.split()) > _TITLE_WORDS):
            return False
        self.builder.heading(text, number, 7)
        return True


def _is_bare_tick(line: str) -> bool:
    """Whether a line without a list sign is a tick box; an empty box alone is more likely an empty list."""
    box = _TICK.fullmatch(line)
    return (box is not None and bool(box[2])) or _TICK_SIGN.fullmatch(line) is not None


def _tick(text: str) -> tuple[str, bool | None]:
    """An item's text without its tick box, and whether that is ticked; `None` where there is no box."""
    if (box := _TICK.fullmatch(text)) is not None:
        return box[2], box[1] in ("x", "X", "✓", "✔")
    if (sign := _TICK_SIGN.fullmatch(text)) is not None:
        return sign[2], sign[1] in _TICKED_SIGNS
    return text, None
