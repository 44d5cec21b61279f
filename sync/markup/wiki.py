"""Jira's wiki markup: reads texts of Data Center and of old Cloud exports, and writes our comments there.

In a comment, everything that may come from an issue is made inert. Jira parses comments of the version 2 interface:
`[~user]`, `!image!`, `{code}` and a bare web address all become something. A sign that the parser would read where it
is becomes a numeric entity: Jira shows the sign, its parser never meets it. A backslash would do for most signs, but
not in front of every one in every version. Source: "Text Formatting Notation Help" of Jira, and the patterns of
Atlassian's published renderer for phrases, emoticons and addresses.
"""

import re
from collections.abc import Iterable

from rules.document import Document
from rules.lazy_regex import regex
from rules.plan.comment import CommentBody, Fix, link_text, more_line, passed_title
from sync.markup import block_reader
from sync.markup.adf_writer import MAX_CHARS, ever_shorter, one_line
from sync.markup.dialects import looks_like_markdown

_READ = regex(
    r"[\\{}\[\]|!*~^@<>&#+`]"
    # Between letters or digits these two neither open nor close a phrase.
    r"|(?<![A-Za-z0-9])[-_]|[-_](?![A-Za-z0-9])"
    # Citations, smileys and addresses.
    r"|\?(?![\s\"]|$)|(?<![A-Za-z0-9])\?|[:;](?!\s|$)|/(?=[/)])|(?<=[/(:])/"
    # Smileys in brackets. An entity ends in a semicolon, which a closing bracket would make a smiley of.
    r"|\((?![A-Za-z0-9\"])|\((?=[xyi]|(?:n|on|off|flag|flagoff|c|r|tm)\))|(?<![A-Za-z0-9.\"%])\)"
    # "h1. ", "bq. " and "fn1. " at a line's start, and a dot in the name of a host.
    r"|\.(?=\w)|(?<=^h[1-6])\.|(?<=^bq)\.|(?<=^fn\d)\.",
    re.IGNORECASE,
)
_KEY = regex(r"\b([A-Za-z]\w*)-(?=\d)")  # Jira makes a link of an issue's key


def read(text: str) -> Document:
    """Wiki markup as blocks; Markdown pasted into Jira is recognised and read as such. Never fails."""
    return block_reader.read(text, block_reader.MARKDOWN if looks_like_markdown(text) else block_reader.WIKI)


def write(note: CommentBody) -> str:
    """The comment as wiki markup of at most `MAX_CHARS` characters; fixes at the end are left out first."""
    text = ""
    for shorter, left_out in ever_shorter(note):
        text = _text(shorter, left_out, passed_title(note))
        if len(text) <= MAX_CHARS:
            break
    return text


def _text(note: CommentBody, left_out: int, title: str) -> str:
    headline = inert(note.headline)
    parts = [
        f"*{headline}*" if headline else "",
        inert(note.summary),
        _bullets(_fix(fix, link_text(note)) for fix in note.fixes),
        more_line(note, left_out),
        _bullets(map(inert, note.answers)),
        f"_{title}:_ {inert(', '.join(note.passed))}" if note.passed else "",
        inert(note.footer),
    ]
    return "\n\n".join(part for part in parts if part)


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"* {line}" for line in lines if line)


def _fix(fix: Fix, details: str) -> str:
    message, hint = inert(fix.message), inert(fix.hint)
    shown = f"*{message}*" if fix.must and message else message
    line = " – ".join(part for part in (shown, hint) if part)
    name = inert(f"({fix.name})") if fix.name and line else ""
    link = f"[{details}|{fix.link}]" if fix.link and line else ""
    return " ".join(part for part in (line, name, link) if part)


def inert(text: str) -> str:
    """The text on one line with every sign that wiki markup would read replaced by an entity."""
    return _KEY.sub(r"\1&#45;", _READ.sub(lambda sign: f"&#{ord(sign[0])};", one_line(text)))
