"""Prepares raw text for reading: one kind of line end, no invisible characters, code and comments separated.

Every step here takes linear time for any text; no pattern may go back over what it has read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from rules.lazy_regex import holds_one, regex
from sync.sanitize import readable

# Jira allows 32,767 characters by default; the longest real description that was tried has 646,497, a pasted log.
MAX_CHARS = 1_000_000
CUT_NOTE = "[the text is longer than one million characters: the rest was not read]"

# Control signs of our own, removed from the input first: a break without a line of the source, and the reverse.
SOFT_BREAK = "\x1e"
SILENT_LINE = "\x1f"
# The same for a break within a table's cell, which does not end the row.
CELL_BREAK = "\x1d"

_PLAIN = {
    **dict.fromkeys(map(ord, "\v\f\x85\u2028\u2029"), "\n"),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2002\u2003\u2009"), " "),
}

# Each alternative begins with a sign, so that the engine jumps from one such sign to the next.
_OPENS_WITH_SIGN = (
    r"<!--(?P<comment>)|\{code(?::[^{}\n]*)?\}(?P<code>)|\{noformat(?::[^{}\n]*)?\}(?P<noformat>)"
    r"|<pre(?:\s[^<>]*)?>(?P<pre>)"
)
_OPENER = regex(_OPENS_WITH_SIGN, re.IGNORECASE)
_OPENER_OR_FENCE = regex(
    rf"{_OPENS_WITH_SIGN}|^[ \t>]*(?P<fence>```+|~~~+)[^`\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSERS = {
    "comment": regex(r"-->"),
    "code": regex(r"\{code\}", re.IGNORECASE),
    "noformat": regex(r"\{noformat\}", re.IGNORECASE),
    "pre": regex(r"</pre\s*>", re.IGNORECASE),
    "```": regex(r"^[ \t>]*```+[ \t]*$", re.MULTILINE),
    "~~~": regex(r"^[ \t>]*~~~+[ \t]*$", re.MULTILINE),
}
_TAG_IN_PRE = regex(r"</?(?:code|span|b|i|em|strong|br|font|a)(?:\s[^<>]*)?/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text and its first line: prose to be read further, or code to be kept as it is."""

    text: str
    line: int
    is_code: bool = False


def tidy(text: str) -> str:
    """The text with line feeds and plain spaces only, nothing invisible, and at most `MAX_CHARS` long."""
    if len(text) > MAX_CHARS:
        text = f"{text[:MAX_CHARS]}\n\n{CUT_NOTE}"
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return readable(text.translate(_PLAIN) if not text.isascii() or holds_one(text, "\v\f") else text)


# Rows whose cells hold HTML or forced breaks, and rows of wiki markup that go on in the next lines.
_ROW_WITH_BREAKS = regex(r"^[ \t>]*\|[^\n]*(?:<|\\\\)[^\n]*$", re.MULTILINE)
_BREAK_IN_CELL = regex(r"<(?:br|/li|/?(?:p|ul|ol|div))\s*/?>|\\\\(?!\\)", re.IGNORECASE)
_ITEM_IN_CELL = regex(r"<li(?:\s[^<>]*)?>", re.IGNORECASE)
_OPEN_ROW = regex(
    r"^[ \t]*\|[^\n]*[^|\s][ \t]*\n(?:(?![ \t]*\|)[^\n]*[^|\s][ \t]*\n){0,40}(?![ \t]*\|)[^\n]+\|[ \t]*$", re.MULTILINE
)
_FORCED_BREAK = regex(r"(?<!\\)\\\\(?!\\)(?=[\s*#-]|$)[ \t]*\n?", re.MULTILINE)


def join_rows(text: str) -> str:
    """The text with each table row on one line: breaks within its cells are `CELL_BREAK`."""
    text = _OPEN_ROW.sub(lambda row: row[0].replace("\n", CELL_BREAK + SILENT_LINE), text)
    if "<" in text or "\\" in text:
        text = _ROW_WITH_BREAKS.sub(lambda row: _ITEM_IN_CELL.sub(CELL_BREAK + "- ", _broken(row[0])), text)
    return text


def _broken(row: str) -> str:
    return _BREAK_IN_CELL.sub(CELL_BREAK, row)


def break_lines(text: str) -> str:
    """Wiki markup with its forced breaks (two backslashes) as breaks."""
    return _FORCED_BREAK.sub(lambda sign: "\n" if sign[0].endswith("\n") else SOFT_BREAK, text)


_RUN = regex(r"[ \t]{2,}")
# Single line ends became single spaces: list signs and headings within a line show where.
_SIGN = regex(r"(?<=\S) (?=(?:[*#•]{1,3} |h[1-6]\. |\|\|)\S)")
_DASH = regex(r"(?<=\S) (?=- [A-Z\[])")
_COUNT = regex(r"(?<=\S) (?=\d{1,2}[.)] [A-Z])")


def is_flattened(text: str) -> bool:
    """Whether line breaks were replaced by runs of spaces, as some exports do."""
    body = text.strip()
    return "\n" not in body and _RUN.search(body) is not None


def unflatten(text: str) -> str:
    """A flattened text with its line breaks restored at runs of spaces and list signs; all of it is line 1."""
    broken = _RUN.sub(lambda run: SOFT_BREAK * (2 if len(run[0]) > 3 else 1), text.strip())
    broken = _SIGN.sub(SOFT_BREAK, broken)
    for start, pattern in (("- ", _DASH), ("1", _COUNT)):
        broken = SOFT_BREAK.join(
            pattern.sub(SOFT_BREAK, line) if line.startswith(start) else line for line in broken.split(SOFT_BREAK)
        )
    return broken


def pieces(text: str) -> Iterator[Piece]:
    """Prose and code in order; comments are dropped. An opener that is never closed is plain text.

    The search for a missing closer fails once for each kind and is not repeated, so the whole takes linear time.
    """
    hopeless: set[str] = set()
    held: list[str] = []
    start, line, held_line = 0, 1, 1
    scan = 0
    openers = _OPENER_OR_FENCE if "`" in text or "~" in text else _OPENER
    if openers is _OPENER and "<" not in text and "{" not in text:
        yield Piece(text, 1)
        return
    while (opener := openers.search(text, scan)) is not None:
        kind = opener.lastgroup or ""
        name = opener["fence"][:3] if kind == "fence" else kind
        closer = None if name in hopeless else _CLOSERS[name].search(text, opener.end())
        if closer is None:
            hopeless.add(name)
            if name == "comment" and _begins_line(text, opener.start()):
                break  # as in every renderer, an open comment hides the rest
            scan = opener.end()
            continue
        held.append(text[start : opener.start()])
        line += text.count("\n", start, opener.end())
        if name == "comment":
            held.append(SILENT_LINE * text.count("\n", opener.end(), closer.end()))
        else:
            yield Piece("".join(held), held_line)
            code = text[opener.end() : closer.start()]
            yield Piece(_shown_in_pre(code) if name == "pre" else code, line, is_code=True)
        line += text.count("\n", opener.end(), closer.end())
        if name != "comment":
            held, held_line = [], line
        start = scan = closer.end()
    held.append(text[start : opener.start() if opener else len(text)])
    yield Piece("".join(held), held_line)


def _shown_in_pre(code: str) -> str:
    """The preformatted text as a browser shows it: its tags are markup, those of the code are entities."""
    return unescape(_TAG_IN_PRE.sub("", code))


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()
