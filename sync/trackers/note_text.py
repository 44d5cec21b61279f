"""Our comment as text in a tracker's markup, so that nothing in it that may come from an issue is read as markup.

In Markdown entities are decoded before mentions and references are looked for, so a backslash and an invisible joiner
(U+2060) break them.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rules.plan.comment import CommentBody, Fix, link_text, more_line, passed_title
from sync.markup.adf_writer import MAX_CHARS, ever_shorter, one_line

JOINER = "\u2060"
SIGN = re.compile(r"[!-/:-@\[-`{-~]")
_READ_ANYWAY = re.compile(r"([@#!~%&$^:{.[])(?=\S)|(\[)(?=[ xX]\])")
"""Signs that are read even behind a backslash.

They begin mentions, references, macros, addresses, differences within a line, and boxes to tick.
"""
_NAMED = re.compile(r"\b(r)(?=\d)|\b([A-Z]\w*-)(?=\d)", re.IGNORECASE)
"""The beginnings of references without a sign: a revision r12, an issue GH-12 or SHOP-12."""
_COMMIT = re.compile(r"\b[0-9a-f]{7,}\b", re.IGNORECASE)
_SHORTER = 6
"""Digits that no tracker takes for the name of a commit."""


def unreferenced(text: str) -> str:
    """The text on one line, without references that begin with a letter or digit."""
    return _NAMED.sub(lambda match: f"{match[0]}{JOINER}", _COMMIT.sub(_parted, one_line(text)))


def _parted(commit: re.Match[str]) -> str:
    """The name of a commit in parts, each too short to be one."""
    return JOINER.join(commit[0][first : first + _SHORTER] for first in range(0, len(commit[0]), _SHORTER))


def inert_markdown(text: str) -> str:
    """The text on one line, shown as it is: no markup, macro, mention, reference or address in it is read."""
    return SIGN.sub(lambda sign: f"\\{sign[0]}", _READ_ANYWAY.sub(rf"\1\2{JOINER}", unreferenced(text)))


@dataclass(frozen=True, slots=True)
class Markup:
    """How a tracker writes bold text and a link (from its address and text), and how it is given text as it is."""

    strong: str
    inert: Callable[[str], str]
    link: Callable[[str, str], str]


MARKDOWN = Markup("**", inert_markdown, lambda address, text: f"[{text}](<{address}>)")


def write_note(note: CommentBody, markup: Markup) -> str:
    """The comment in this markup, at most `MAX_CHARS` characters; fixes at the end are left out first."""
    text = ""
    for shorter, left_out in ever_shorter(note):
        text = _text(shorter, left_out, passed_title(note), markup)
        if len(text) <= MAX_CHARS:
            break
    return text


def _text(note: CommentBody, left_out: int, title: str, markup: Markup) -> str:
    headline = markup.inert(note.headline)
    parts = [
        f"{markup.strong}{headline}{markup.strong}" if headline else "",
        markup.inert(note.summary),
        _bullets(_fix(fix, link_text(note), markup) for fix in note.fixes),
        markup.inert(more_line(note, left_out)),
        _bullets(map(markup.inert, note.answers)),
        f"_{title}:_ {markup.inert(', '.join(note.passed))}" if note.passed else "",
        markup.inert(note.footer),
    ]
    return "\n\n".join(part for part in parts if part)


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"* {line}" for line in lines if line)


def _fix(fix: Fix, details: str, markup: Markup) -> str:
    message, hint = markup.inert(fix.message), markup.inert(fix.hint)
    shown = f"{markup.strong}{message}{markup.strong}" if fix.must and message else message
    line = " – ".join(part for part in (shown, hint) if part)
    name = markup.inert(f"({fix.name})") if fix.name and line else ""
    link = markup.link(fix.link, details) if fix.link and line else ""
    return " ".join(part for part in (line, name, link) if part)
