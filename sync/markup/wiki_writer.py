"""Writes our note as wiki markup, with everything that may come from an issue made inert.

Jira parses comments of the version 2 interface: `[~user]`, `!image!`, `{code}` and a bare web address all become
something. A numeric entity stands for every sign that could: Jira shows the sign, its parser never meets it. A
backslash would do for most signs, but not in front of every one in every version.
"""

import re
from collections.abc import Iterable

from rules.plan.comment import CommentBody, Fix
from sync.markup.adf_writer import MAX_CHARS, PASSED_TITLE, one_line
from sync.markup.fit_limit import ever_shorter

_INERT = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\{}[]|!*_?+-^~#@<>&:/(;)=%\"'`$"})
# A dot matters in "h1. ", "bq. " and "fn1. " at a line's start, and inside names of hosts.
_DOT = re.compile(r"\.(?=\w)|(?<=^h[1-6])\.|(?<=^bq)\.|(?<=^fn\d)\.", re.IGNORECASE)


def write(note: CommentBody) -> str:
    """The note as wiki markup of at most `MAX_CHARS` characters; fixes at the end go first."""
    text = ""
    for shorter, left_out in ever_shorter(note):
        text = _text(shorter, left_out)
        if len(text) <= MAX_CHARS:
            break
    return text


def _text(note: CommentBody, left_out: int) -> str:
    headline = inert(note.headline)
    parts = [
        f"*{headline}*" if headline else "",
        inert(note.summary),
        _bullets(map(_fix, note.fixes)),
        f"… and {left_out} more." if left_out else "",
        _bullets(map(inert, note.answers)),
        f"_{PASSED_TITLE}:_ {inert(', '.join(note.passed))}" if note.passed else "",
        inert(note.footer),
    ]
    return "\n\n".join(part for part in parts if part)


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"* {line}" for line in lines if line)


def _fix(fix: Fix) -> str:
    message, hint = inert(fix.message), inert(fix.hint)
    shown = f"*{message}*" if fix.must and message else message
    line = " – ".join(part for part in (shown, hint) if part)
    return f"{line} {inert(f'({fix.name})')}" if fix.name and line else line


def inert(text: str) -> str:
    """The text on one line with every sign that wiki markup knows replaced by an entity."""
    return _DOT.sub("&#46;", one_line(text).translate(_INERT))
