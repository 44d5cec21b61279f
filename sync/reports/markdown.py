"""Pieces of Markdown: texts escaped for all dialects, and tables.

Texts from a tracker become no markup, macro, link, mention, reference, table or mathematical formula, and no HTML.
"""

import re
from collections.abc import Iterable, Sequence

from rules.lazy_regex import regex
from sync.sanitize import clip

_JOIN = "\N{WORD JOINER}"  # invisible; breaks what a site would turn into a link, a mention or a reference
_SPECIAL = regex(r"([\\`*_{}\[\]#|~$!^])")
_OPENING = regex(r"^([-+=]|\d+(?=[.)]))")  # what would begin a list or underline a heading
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_CALLS = regex(r"(?<=[@#!%])(?=\w)|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bmailto)(?=:)", re.IGNORECASE)
_COLONS = regex(r":(?=[a-z0-9_+-]+:)", re.IGNORECASE)  # :emoji: and :macro:


def escape(text: str) -> str:
    """The text on one line, literal in CommonMark, in its GitHub and GitLab dialects and in wiki markup."""
    broken = _COLONS.sub(":" + _JOIN, _CALLS.sub(_JOIN, clip(text)))
    entities = "".join(_ENTITIES.get(char, char) for char in broken)
    return _OPENING.sub(_JOIN + r"\1", _SPECIAL.sub(r"\\\1", entities))


def sentences(texts: Sequence[str]) -> str:
    """One text as a paragraph, several as a list; escaped."""
    return "\n".join(f"- {escape(one)}" for one in texts) if len(texts) > 1 else "".join(map(escape, texts))


def foot(texts: Iterable[str]) -> Iterable[str]:
    """What a page rests on, below a line; escaped."""
    yield from ("---", "", " ".join(map(escape, texts)))


def table_head(*columns: str) -> Iterable[str]:
    """The first two lines of a table."""
    yield f"| {' | '.join(columns)} |"
    yield "|" + " --- |" * len(columns)


def table_row(*cells: str) -> str:
    """One row of a table; what is not ours in its cells is escaped before."""
    return f"| {' | '.join(cells)} |"
