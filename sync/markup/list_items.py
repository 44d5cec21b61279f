"""The signs that open a list item, of wiki markup and Markdown and as people type them, and its tick box."""

import re
from dataclasses import dataclass

from rules.lazy_regex import regex

_HASH_ITEM = regex(r"([*-]*#[*#-]*)\s+(.*)")
_ITEM = regex(r"([*+-]|\*{2,6}|-{2}|[•·●◦▪‣○])(?:\s+|(?<=[•·●◦▪‣○]))(.*)")
_DASH_ITEM = regex(r"([–—→])\s+(.*)")
_NUMBERED = regex(r"\(?(?:\d{1,3}|[a-h])(?:\)|\.(?![\w.]))\s*(.*)|(?:\d{1,3})\.(?!\d)(\S.*)", re.IGNORECASE)
_BARE_ITEM = regex(r"[*#+-]|\d{1,2}[.)]")
_TICK = regex(r"\[([ xX✓✔-]?)\](?![(\[])\s*(.*)")
_TICK_SIGN = regex(r"(\(/\)|\(x\)|\(\?\)|[☐☑☒✅✓✔✗❌])\s*(.+)")
_TICKED_SIGNS = frozenset(("(/)", "☑", "✅", "✓", "✔"))


@dataclass(frozen=True, slots=True)
class ListItem:
    """The text of an item behind its signs, with markup. `depth` is 1 for an item that only its indent may nest.

    `ticked` is whether its tick box is ticked, `None` where it has none.
    """

    text: str
    depth: int
    ordered: bool
    ticked: bool | None


def item_in(line: str, *, hash_is_heading: bool) -> ListItem | None:
    """The item that a line opens, else `None`; `hash_is_heading` where `#` does not number items."""
    if line[0].isalpha() and line[1:2] not in (")", "."):
        return None  # most lines: a letter opens an item only as "a)" or "a."
    depth, ordered, text = 1, False, ""
    if (match := _HASH_ITEM.fullmatch(line)) is not None and not hash_is_heading:
        depth, ordered, text = len(match[1]), True, match[2]
    elif (match := _ITEM.fullmatch(line)) is not None:
        depth, text = len(match[1]), match[2]
    elif (match := _DASH_ITEM.fullmatch(line)) is not None:
        text = match[2]
    elif (match := _NUMBERED.fullmatch(line)) is not None:
        ordered, text = True, match[1] or match[2] or ""
    elif _BARE_ITEM.fullmatch(line) is not None:
        ordered = line[0].isdigit() or line[0] == "#"
    elif _is_bare_tick(line):
        text = line
    else:
        return None
    text, ticked = _tick(text)
    return ListItem(text, depth, ordered, ticked)


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
