"""HTML of rendered descriptions: a whole document, not tags inside other markup.

The standard library's `HTMLParser` is not used: for each unclosed `<!--` or `<a` it searches the rest of the text,
which takes minutes for a hostile description. One pattern for a tag and one walk take linear time.
"""

import re
from html import unescape

from rules.document import Document
from rules.lazy_regex import regex
from sync.markup.blocks import Builder, Line
from sync.markup.inline_html import names
from sync.markup.preprocess import SILENT_LINE, pieces, tidy

_TAG = regex(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})(\s[^<>]*)?/?>")
_BLOCKS = names(
    "p div tr table ul ol dl dt dd section article header footer blockquote details summary figure figcaption hr"
    " center main nav caption"
)
# These end a line within a table's cell, and not the row.
_IN_CELL = (_BLOCKS | {"li"}) - {"tr", "table"}
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_UNSEEN = frozenset(("script", "style", "head", "template", "s", "del", "strike"))
_CHECKBOX = regex(r"\btype\s*=\s*[\"']?checkbox", re.IGNORECASE)
_CHECKED = regex(r"\schecked\b", re.IGNORECASE)
_ALT = regex(r"""\balt\s*=\s*["']([^"'<>]+)["']""", re.IGNORECASE)
_SRC = regex(r"""\bsrc\s*=\s*["']?([^"'<>\s]+)""", re.IGNORECASE)


def read(text: str) -> Document:
    """HTML as blocks. Never fails; unknown tags are ignored, their content is read."""
    reader = _Reader()
    for piece in pieces(tidy(text)):
        if piece.is_code:
            reader.code(piece.text, piece.line)
        else:
            reader.take(piece.text.replace(SILENT_LINE, "\n"), piece.line)
    return reader.finish()


class _Reader:
    """One walk over the tags of one text."""

    def __init__(self) -> None:
        self._builder = Builder()
        self._text: list[str] = []
        self._line = 0
        self._heading = 0
        self._lists: list[bool] = []
        self._item = False
        self._ticked: bool | None = None
        self._cells: list[str] | None = None
        self._heads: list[int] = []
        self._quotes = 0
        self._unseen = ""
        self._bold = self._plain = self._said = self._pictures = 0
        self._link_behind = False

    def take(self, text: str, line: int) -> None:
        """Read a part without code or comments."""
        start = 0
        for tag in _TAG.finditer(text):
            self._say(text[start : tag.start()], line)
            line += text.count("\n", start, tag.end())
            start = tag.end()
            self._tag(tag[2].lower(), closing=tag[1] == "/", attributes=tag[3] or "", line=line)
        self._say(text[start:], line)

    def code(self, text: str, line: int) -> None:
        """A preformatted stretch."""
        self._flush()
        self._builder.code(text, line)

    def finish(self) -> Document:
        """The whole document."""
        self._flush()
        return self._builder.document()

    def _say(self, text: str, line: int) -> None:
        if self._unseen or not text:
            return
        if text.strip():
            if not self._line:
                self._line = line + text[: len(text) - len(text.lstrip())].count("\n")
            self._said += 1
            if self._bold:
                self._bold += 1
            else:
                self._plain += 1
        self._text.append(" ".join(text.split()).join((" " * text[0].isspace(), " " * text[-1].isspace())))

    def _tag(self, name: str, *, closing: bool, attributes: str, line: int) -> None:
        if self._unseen or name in _UNSEEN:
            self._unseen = self._still_unseen(name, closing=closing)
        elif name in _HEADINGS:
            self._flush()
            self._heading = 0 if closing else int(name[1])
        elif name in ("td", "th"):
            self._cell(closing=closing, is_head=name == "th")
        elif self._cells is not None and name in _IN_CELL:
            self._text.append("\n- " if name == "li" and not closing else "\n")
        elif name == "li":
            self._flush()
            self._item = not closing
        elif name in _BLOCKS:
            self._block(name, closing=closing)
        else:
            self._inline(name, closing=closing, attributes=attributes, line=line)

    def _inline(self, name: str, *, closing: bool, attributes: str, line: int) -> None:
        """A tag within a line."""
        if name == "a" and self._heading:
            self._link(closing=closing)
        elif name == "br":
            self._text.append("\n")
        elif name in ("b", "strong"):
            self._bold = 0 if closing else 1
        elif name == "img":
            match = _ALT.search(attributes) or _SRC.search(attributes)
            self._say(match[1].rsplit("/", 1)[-1] if match else "image", line)
            self._pictures += 1
        elif name == "input" and _CHECKBOX.search(attributes):
            self._ticked = _CHECKED.search(attributes) is not None

    def _still_unseen(self, name: str, *, closing: bool) -> str:
        """The open element whose content is not shown, after this tag; a closing tag alone means nothing."""
        if closing:
            return "" if name == self._unseen else self._unseen
        return self._unseen or name

    def _link(self, *, closing: bool) -> None:
        """A link behind the words of a heading is put in brackets."""
        if closing and self._link_behind:
            self._text.append(")")
        self._link_behind = not closing and bool("".join(self._text).strip())
        if self._link_behind:
            self._text.append(" (")

    def _block(self, name: str, *, closing: bool) -> None:
        self._flush()
        if name in ("ul", "ol"):
            if not closing:
                self._lists.append(name == "ol")
            elif self._lists:
                self._lists.pop()
            self._item = False
        elif name == "blockquote":
            self._quotes = max(0, self._quotes + (-1 if closing else 1))
        elif name == "tr":
            self._row(closing=closing)

    def _row(self, *, closing: bool) -> None:
        if self._cells and closing:
            self._builder.row(self._cells, self._line, self._heads)
            self._line = 0
        self._cells = None if closing else []
        self._heads = []

    def _cell(self, *, closing: bool, is_head: bool) -> None:
        if self._cells is None:
            self._flush()
        elif closing:
            self._heads += [len(self._cells)] if is_head else []
            self._cells.append("\n".join(filter(None, self._collected().split("\n"))))
        else:
            self._text = []

    def _collected(self) -> str:
        text = unescape("".join(self._text)).strip()
        self._text = []
        return "\n".join(line.strip() for line in text.split("\n"))

    def _flush(self) -> None:
        """Add the text since the last tag as a block of its kind."""
        text, line = self._collected(), self._line
        all_bold = self._plain == 0 and len(text) < 100
        only_pictures = 0 < self._pictures == self._said
        self._plain, self._bold, self._line = 0, min(self._bold, 1), 0
        self._said = self._pictures = 0
        if self._heading and text:
            self._builder.heading(text, line, self._heading)
        elif self._item and (text or self._ticked is not None):
            ordered = bool(self._lists and self._lists[-1])
            depth = max(1, len(self._lists))
            item = Line(text, line, is_picture=only_pictures)
            self._builder.item(item, 2 * depth, depth=depth, ordered=ordered, ticked=self._ticked)
            self._ticked = None
        elif text and self._quotes:
            self._builder.quote(text, line)
        elif text and all_bold:
            self._builder.heading(text, line, 7)
        elif text:
            self._builder.prose(Line(text, line, is_picture=only_pictures), 0)
            self._builder.blank()
