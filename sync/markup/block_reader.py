"""Reads text line by line into blocks: the common part of wiki markup and Markdown.

People often mix the two (Markdown pasted into Jira, wiki headings in a plain file), so one tolerant reader accepts the
signs of both. A `Dialect` decides only about signs with different meanings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from rules.document import Document
from rules.lazy_regex import regex
from sync.markup.blocks import Builder, Line
from sync.markup.headings import title_in_bold, title_of
from sync.markup.inline import plain
from sync.markup.inline_html import loosen
from sync.markup.list_items import item_in
from sync.markup.preprocess import (
    CELL_BREAK,
    SILENT_LINE,
    SOFT_BREAK,
    break_lines,
    is_flattened,
    join_rows,
    pieces,
    tidy,
    unflatten,
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """Signs with different meanings in wiki markup and Markdown.

    `hash_is_heading`: one `#` opens a heading, not a numbered item. `star_is_bold`: `*so*` is bold, not italic.
    `indented_is_code`: four spaces after an empty line are code. `lines_wrap`: a line end within a paragraph is only
    the source's. `dash_strikes`: `-so-` is struck out, and two backslashes end a line.
    """

    hash_is_heading: bool
    star_is_bold: bool
    indented_is_code: bool
    lines_wrap: bool
    dash_strikes: bool


WIKI = Dialect(hash_is_heading=False, star_is_bold=True, indented_is_code=False, lines_wrap=False, dash_strikes=True)
MARKDOWN = Dialect(hash_is_heading=True, star_is_bold=False, indented_is_code=True, lines_wrap=True, dash_strikes=False)

_WIKI_HEADING = regex(r"h([1-6])\.(?![a-z]\w*\.)\s*(.*)", re.IGNORECASE | re.DOTALL)
_HASHES = regex(r"(#{1,6})(\s+|(?=[A-ZÀ-ÞΑ-ΩА-Я\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]))(.+)")
# "#Description" is meant as a heading, "#42" and "#urgent" are not.
_GLUED_TITLE = regex(r"#(?=[^\W\d_])[^#\d\n]{3,60}")
_PANEL = regex(r"\{(?:panel|expand|info|note|tip|warning)(?::([^{}\n]*))?\}", re.IGNORECASE)
# {panel:title=Notes|bgColor=#fff} and {expand:Notes}
_PANEL_TITLE = regex(r"(?:^|\|)title=([^|]*)|^([^|=]+)(?=\||$)", re.IGNORECASE)
_COLOR = regex(r"\{color(?::[^{}\n]*)?\}", re.IGNORECASE)
_SEPARATOR_ROW = regex(r"(?=[^|]*\|)\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_PIPES = regex(r"(\|+)")
# Struck-out text is no longer a part of the issue. Hyphens within words do not end it.
_STRUCK = regex(r"~~(?=[^\s~])[^~\n]*~~")
_STRUCK_BY_DASHES = regex(r"-(?<![\w/\\-]-)(?=[^\s-])(?:[^-\n]|(?<=\w)-(?=\w))*(?<=[^\s-])-(?![\w-])")
_ONLY_SIGNS = regex(r"[\s*#+•-]*(?:\d{1,3}[.)])?\s*(?:\[[ xX-]?\])?[\s.,;:]*")
_PICTURE = r"!\[[^\[\]\n]*\]\([^()\n]*\)(?:\{[^{}\n]*\})?|![^\s!|][^!|\n]*\.\w{2,5}(?:\|[^!\n]*)?!"
_PICTURES = regex(rf"(?:(?:{_PICTURE})\s*)+")
_OPENS_QUOTED_HEADING = regex(r"(?:#{1,6}\s+|h[1-6]\.\s*)(?![a-z])\S|(\*\*|__|\*(?!\s))[^*\n]+\1:?\s*$")
# A line that could be the label of what follows it, such as "Expected result: ...".
_COULD_BE_LABEL = regex(r"[^\W\d_a-z][\w /'’-]{1,40}[:：]")
_SENTENCE_ENDS = (".", "!", "?", ":", ";")
_BREAKS = regex(f"[\n{SOFT_BREAK}{SILENT_LINE}]")

_CODE_INDENT = 4


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
        prose = join_rows(piece.text) if "|" in piece.text else piece.text
        if dialect.dash_strikes and "\\\\" in prose:
            prose = break_lines(prose)
        for line, number in _lines(loosen(prose), piece.line):
            reader.take(line, number)
    return reader.builder.document()


def read_markdown(text: str) -> Document:
    """Markdown of GitLab, GitHub and plain files as blocks; HTML comments are dropped. Never fails."""
    return read(text, MARKDOWN)


def _lines(text: str, first: int) -> Iterator[tuple[str, int]]:
    """Each line with its number in the source; our own control signs count lines or break them."""
    if SOFT_BREAK not in text and SILENT_LINE not in text:
        yield from zip(text.split("\n"), count(first))
        return
    number, start, silent = first, 0, 0
    held: list[str] = []
    for sign in _BREAKS.finditer(text):
        held.append(text[start : sign.start()])
        start = sign.end()
        if sign[0] == SILENT_LINE:
            held.append(" ")
            silent += 1
            continue
        line = "".join(held)
        # The words of a line that begins with a comment stand where the comment ends.
        yield line, number if line[:1].strip() else number + silent
        held = []
        number += silent + (sign[0] == "\n")
        silent = 0
    yield "".join((*held, text[start:])), number + silent


class _Reader:
    """One reading of one text: classifies each line and passes it to the builder.

    `_after_blank` is whether the line before was empty. `_wraps` is whether the line goes on with the one before. That
    one has the number `_number`, and `_ends_hard` says whether it ends with a sign for a line break. `_quoting` is
    whether the line is between two `{quote}`, of which `_quotes_left` follow. `_quoted_heading` is whether the
    quotation holds a heading.
    """

    def __init__(self, dialect: Dialect, *, quotes: int) -> None:
        self.builder = Builder()
        self._dialect = dialect
        self._quotes_left = quotes
        self._quoting = False
        self._quoted_heading = False
        self._after_blank = True
        self._wraps = False
        self._number, self._ends_hard = 0, True

    def take(self, raw: str, number: int) -> None:
        """Read one line."""
        expanded = raw.expandtabs(4) if "\t" in raw else raw
        line = expanded.strip()
        if not line:
            self.builder.blank()
            self._after_blank = True
            self._quoted_heading = self._quoted_heading and self._quoting
            return
        if self._quoted_heading and line[0] != ">" and not self._quoting:
            self._quoted_heading = False
        indent = len(expanded) - len(expanded.lstrip())
        if self._dialect.lines_wrap:
            self._wraps = number != self._number and not self._ends_hard
            self._number, self._ends_hard = number, raw.endswith(("  ", "\\"))
            line = line[:-1].rstrip() if line[-1] == "\\" else line
        if "{" in line:
            line = self._without_panels(line, number)
        if "~~" in line or (self._dialect.dash_strikes and line.count("-") > 1):
            line = self._without_struck(line)
        if line:
            self._classify(line, number, indent)
        self._after_blank = False

    def _without_struck(self, line: str) -> str:
        """The line without what is struck out; "" if nothing else was there."""
        left = _STRUCK.sub("", line)
        if self._dialect.dash_strikes:
            left = _STRUCK_BY_DASHES.sub("", left)
        if left == line:
            return line
        return "" if _ONLY_SIGNS.fullmatch(left) else left.strip()

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
            title = _PANEL_TITLE.search(panel[1] or "")
            words = (title[1] or title[2] or "").strip() if title is not None else ""
            if words:
                self.builder.heading(plain(words), number, 7)
        return _COLOR.sub("", _PANEL.sub("", line)).strip()

    def _classify(self, line: str, number: int, indent: int) -> None:
        if self._quoting and not self._holds_heading(line):
            self.builder.quote(plain(line), number)
        elif _is_prose(line, indent) or not (
            self._rule(line)
            or self._heading(line, number)
            or self._quote(line, number, indent)
            or self._row(line, number)
            or self._indented_code(line, number, indent)
            or self._item(line, number, indent)
            or self._bold(line, number)
        ):
            self._prose(line, number, indent)

    def _prose(self, line: str, number: int, indent: int) -> None:
        text = plain(line)
        is_picture = line[0] == "!" and _PICTURES.fullmatch(line) is not None
        lazy = self.builder.in_item and self._goes_on(text)
        self.builder.prose(Line(text, number, self._wraps, is_picture), indent, lazy=lazy)

    def _goes_on(self, text: str) -> bool:
        """Whether a line without indent still belongs to the item before it: Markdown says so, people mean it less."""
        if text[:1].islower():
            return not self.builder.last_line.endswith(_SENTENCE_ENDS)
        if not self._dialect.lines_wrap or _COULD_BE_LABEL.match(text):
            return False
        return not self.builder.last_line.endswith(_SENTENCE_ENDS)

    def _holds_heading(self, quoted: str) -> bool:
        """Whether a quotation holds a heading, in this line or before; it is then read like other text."""
        self._quoted_heading = self._quoted_heading or _OPENS_QUOTED_HEADING.match(quoted) is not None
        return self._quoted_heading

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
            self.builder.heading(title_of(match[2]), number, int(match[1]))
            return True
        match = _HASHES.fullmatch(line) if line[0] == "#" else None
        if match is None or (len(match[1]) == 1 and not self._opens_title(line, spaced=bool(match[2]))):
            return False
        if not self._dialect.hash_is_heading and self.builder.in_list:
            return False  # a nested item of a wiki list
        self.builder.heading(title_of(match[3].rstrip("# ")), number, len(match[1]))
        return True

    def _opens_title(self, line: str, *, spaced: bool) -> bool:
        """Whether a line after one `#` is a title: in Markdown, and without a space only where a block begins."""
        if not self._dialect.hash_is_heading or spaced:
            return self._dialect.hash_is_heading
        return not self.builder.last_line and _GLUED_TITLE.fullmatch(line) is not None

    def _quote(self, line: str, number: int, indent: int) -> bool:
        if line[0] == ">":
            quoted = line.lstrip("> ")
            if quoted and self._holds_heading(quoted):
                self._classify(quoted, number, indent)
            elif self._quoted_heading:
                self.builder.blank()
            else:
                self.builder.quote(plain(quoted), number)
            return True
        if line.startswith("bq. "):
            self.builder.quote(plain(line[4:]), number)
            return True
        return False

    def _row(self, line: str, number: int) -> bool:
        """A row of a table; Markdown allows rows without the outer pipes below a row of dashes."""
        if "|" not in line:
            return False
        if _SEPARATOR_ROW.fullmatch(line):
            if "|" in self.builder.last_line:
                self._add_row(self.builder.drop_last_line(), number - 1)
            self.builder.mark_header()
            return True
        inside = line[0] == "|" or (self.builder.after_row and not self._after_blank)
        if not inside or len(line) < 2:
            return False
        self._add_row(line, number)
        return True

    def _add_row(self, line: str, number: int) -> None:
        """A row's cells; those behind two pipes are header cells of wiki markup, but empty ones in Markdown."""
        text = plain(line).strip()
        if not text.startswith("||") and self._dialect.hash_is_heading:
            cells, heads = text.removeprefix("|").removesuffix("|").split("|"), []
        else:
            parts = _PIPES.split(text if text.startswith("|") else f"|{text}")
            cells = parts[2::2]
            heads = [place for place, pipes in enumerate(parts[1::2]) if len(pipes) > 1]
            if not cells[-1].strip() and len(cells) > 1:
                del cells[-1]
        shown = ["\n".join(line.strip() for line in cell.split(CELL_BREAK)).strip() for cell in cells]
        self.builder.row(shown, number, [place for place in heads if place < len(cells)])

    def _indented_code(self, line: str, number: int, indent: int) -> bool:
        if not self._dialect.indented_is_code or indent < _CODE_INDENT or not self._after_blank or self.builder.in_list:
            return False
        self.builder.code(line, number)
        return True

    def _item(self, line: str, number: int, indent: int) -> bool:
        item = item_in(line, hash_is_heading=self._dialect.hash_is_heading)
        if item is None:
            return False
        is_picture = item.text[:1] == "!" and _PICTURES.fullmatch(item.text) is not None
        shown = Line(plain(item.text), number, is_picture=is_picture)
        self.builder.item(shown, indent, depth=item.depth, ordered=item.ordered, ticked=item.ticked)
        return True

    def _bold(self, line: str, number: int) -> bool:
        """A line that is bold as a whole, where people write headings so."""
        title = title_in_bold(line, star_is_bold=self._dialect.star_is_bold)
        if title:
            self.builder.heading(title, number, 7)
        return bool(title)


def _is_prose(line: str, indent: int) -> bool:
    """Whether a line is running text for sure, as most lines are: it begins with a word."""
    return (
        line[0].isalpha()
        and line[0] not in "hH"
        and line[1:2] not in (")", ".")
        and "|" not in line
        and not line.startswith("bq. ")
        and indent < _CODE_INDENT
    )
