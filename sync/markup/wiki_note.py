"""Writes our note as wiki markup, with everything that may come from an issue made inert.

Jira parses comments of the version 2 interface: `[~user]`, `!image!`, `{code}` and a bare web address all become
something. A numeric entity stands for every sign that could: Jira shows the sign, its parser never meets it. A
backslash would do for most signs, but not in front of every one in every version.
"""

import re

from rules.note import Fix, Note
from sync.markup.adf_note import MAX_CHARS, PASSED_TITLE, one_line

_INERT = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\{}[]|!*_?+-^~#@<>&:/(;)=%\"'`$"})
# A dot matters in "h1. ", "bq. " and "fn1. " at a line's start, and inside names of hosts.
_DOT = re.compile(r"\.(?=\w)|(?<=^h[1-6])\.|(?<=^bq)\.|(?<=^fn\d)\.", re.IGNORECASE)


def write(note: Note) -> str:
    """The note as wiki markup of at most `MAX_CHARS` characters; fixes at the end go first."""
    fixes, passed = list(note.fixes), list(note.passed)
    left_out = 0
    while True:
        text = _text(note, fixes, passed, left_out)
        if len(text) <= MAX_CHARS or not (fixes or passed):
            return text
        if passed:
            passed = passed[: len(passed) // 2]
        else:
            dropped = max(1, len(fixes) // 4)
            left_out += dropped
            fixes = fixes[: len(fixes) - dropped]


def _text(note: Note, fixes: list[Fix], passed: list[str], left_out: int) -> str:
    headline, summary, footer = inert(note.headline), inert(note.summary), inert(note.footer)
    parts = [
        f"*{headline}*" if headline else "",
        summary,
        "\n".join(f"* {line}" for line in map(_fix, fixes) if line),
        f"… and {left_out} more." if left_out else "",
        "\n".join((f"_{PASSED_TITLE}:_", *(f"* {name}" for name in map(inert, passed) if name))) if passed else "",
        footer,
    ]
    return "\n\n".join(part for part in parts if part)


def _fix(fix: Fix) -> str:
    message, hint = inert(fix.message), inert(fix.hint)
    shown = f"*{message}*" if fix.must and message else message
    return " – ".join(part for part in (shown, hint) if part)


def inert(text: str) -> str:
    """The text on one line with every sign that wiki markup knows replaced by an entity."""
    return _DOT.sub("&#46;", one_line(text).translate(_INERT))
