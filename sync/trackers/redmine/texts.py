"""The site's texts: read as blocks, and our comment written so that nothing in it is read as markup.

Foreign text loses every sign that Redmine would read. In Textile each becomes an entity, which its parser never reads.
In Markdown entities are decoded first, so a backslash and an invisible joiner (U+2060) break mentions and references.
"""

import re
from collections.abc import Iterable

from rules.document import EMPTY, Document
from rules.plan.comment import CommentBody, Fix, link_text, more_line, passed_title
from sync.markup import wiki
from sync.markup.adf_writer import MAX_CHARS, ever_shorter, one_line
from sync.markup.block_reader import read_markdown
from sync.trackers.redmine.settings import RedmineSettings

JOINER = "\u2060"
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
_READ_ANYWAY = re.compile(r"([@#!~%&$:{.])(?=\S)|(\[)(?=[ xX]\])")
"""Signs that Redmine reads even behind a backslash: in mentions, references, macros, addresses and boxes to tick."""
_REVISION = re.compile(r"\br(?=\d)")


def read_text(text: str, settings: RedmineSettings) -> Document:
    """A text as blocks; Textile is close to Jira's wiki markup."""
    if not text.strip():
        return EMPTY
    return wiki.read(text) if settings.is_textile else read_markdown(text)


def write_note(note: CommentBody, settings: RedmineSettings) -> str:
    """The comment in the site's markup, at most `MAX_CHARS` characters; fixes at the end are left out first."""
    text = ""
    for shorter, left_out in ever_shorter(note):
        text = _text(shorter, left_out, passed_title(note), settings)
        if len(text) <= MAX_CHARS:
            break
    return text


def _text(note: CommentBody, left_out: int, title: str, settings: RedmineSettings) -> str:
    def safe(text: str) -> str:
        return inert(text, settings)

    strong = "*" if settings.is_textile else "**"
    headline = safe(note.headline)
    parts = [
        f"{strong}{headline}{strong}" if headline else "",
        safe(note.summary),
        _bullets(_fix(fix, link_text(note), settings) for fix in note.fixes),
        safe(more_line(note, left_out)),
        _bullets(map(safe, note.answers)),
        f"_{title}:_ {safe(', '.join(note.passed))}" if note.passed else "",
        safe(note.footer),
    ]
    return "\n\n".join(part for part in parts if part)


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"* {line}" for line in lines if line)


def _fix(fix: Fix, details: str, settings: RedmineSettings) -> str:
    strong = "*" if settings.is_textile else "**"
    message, hint = inert(fix.message, settings), inert(fix.hint, settings)
    shown = f"{strong}{message}{strong}" if fix.must and message else message
    line = " – ".join(part for part in (shown, hint) if part)
    name = inert(f"({fix.name})", settings) if fix.name and line else ""
    link = _link(fix.link, details, settings) if fix.link and line else ""
    return " ".join(part for part in (line, name, link) if part)


def _link(address: str, text: str, settings: RedmineSettings) -> str:
    return f'"{text}":{address}' if settings.is_textile else f"[{text}](<{address}>)"


def inert(text: str, settings: RedmineSettings) -> str:
    """The text on one line, shown as it is: no markup, macro, mention, reference or address in it is read."""
    line = _REVISION.sub(f"r{JOINER}", one_line(text))
    if settings.is_textile:
        return _SIGN.sub(lambda sign: f"&#{ord(sign[0])};", line)
    return _SIGN.sub(lambda sign: f"\\{sign[0]}", _READ_ANYWAY.sub(rf"\1\2{JOINER}", line))
