"""Writes our comment as an ADF document, with the few node types that cannot hold a mention or a macro.

A `text` node is literal, so text from issues needs no escaping here; it needs to be cut, and must not be empty. The
only links are those to the pages of the rules, from the configuration. A comment above the limit loses the list of
passed checks first, then the last fixes.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rules.plan.comment import CommentBody, Fix, link_text, more_line, passed_title
from sync import sanitize

# Jira refuses comments over 32,767 characters, and what it counts for ADF is not documented: stay well below it with
# the serialised document, counted as JSON that escapes everything outside ASCII (the longest form).
MAX_CHARS = 30_000
# One line of a comment: more than any message needs, and three such lines stay in the budget even in the longest form
# (twelve characters of JSON for one pictograph).
MAX_LINE = 700

Node = dict[str, Any]


def write(note: CommentBody) -> Node:
    """The comment as a valid ADF document of at most `MAX_CHARS` serialised characters; fixes at the end go first."""
    document: Node = {}
    for shorter, left_out in ever_shorter(note):
        document = _document(shorter, left_out, passed_title(note))
        if len(json.dumps(document)) <= MAX_CHARS:
            break
    return document


def ever_shorter(note: CommentBody) -> Iterator[tuple[CommentBody, int]]:
    """The comment, then ever shorter versions of it, each with the number of fixes left out."""
    left_out = 0
    yield note, left_out
    while note.passed or note.fixes:
        if note.passed:
            note = replace(note, passed=note.passed[: len(note.passed) // 2])
        else:
            dropped = max(1, len(note.fixes) // 4)
            left_out += dropped
            note = replace(note, fixes=note.fixes[: len(note.fixes) - dropped])
        yield note, left_out


def _document(note: CommentBody, left_out: int, title: str) -> Node:
    content = [
        *paragraph(text(note.headline, strong=True)),
        *paragraph(text(note.summary)),
        *bullets([_fix(fix, link_text(note)) for fix in note.fixes]),
        *paragraph(text(more_line(note, left_out))),
        *bullets([text(answer) for answer in note.answers]),
    ]
    folded = paragraph(text(", ".join(note.passed)))
    if folded:
        content.append({"type": "expand", "attrs": {"title": title}, "content": folded})
    content += paragraph(text(note.footer))
    return {"type": "doc", "version": 1, "content": content}


def _fix(fix: Fix, details: str) -> list[Node]:
    """A line of the checklist: what is missing (bold where it must be fixed), the smallest fix, the rule's name."""
    message = text(fix.message, strong=fix.must)
    hint = text(fix.hint)
    name = text(f" ({one_line(fix.name)})", keep_spaces=True) if fix.name and (message or hint) else []
    dash = text(" – ", keep_spaces=True) if message and hint else []
    return [*message, *dash, *hint, *name, *(_link(fix.link, details) if message or hint else [])]


def _link(address: str, name: str) -> list[Node]:
    """A link to the page of a rule, or none for no address."""
    if not address:
        return []
    mark = {"type": "link", "attrs": {"href": address}}
    return [*text(" ", keep_spaces=True), {"type": "text", "text": name, "marks": [mark]}]


def text(source: str, *, strong: bool = False, keep_spaces: bool = False) -> list[Node]:
    """A text node, or none for no text: an empty one is invalid."""
    shown = source if keep_spaces else one_line(source)
    if not shown:
        return []
    node: Node = {"type": "text", "text": shown}
    return [{**node, "marks": [{"type": "strong"}]}] if strong else [node]


def one_line(text: str) -> str:
    """The text on one line, without control characters or broken surrogates, cut at `MAX_LINE`."""
    flat = sanitize.one_line(text[: 2 * MAX_LINE])
    return flat if len(flat) <= MAX_LINE else flat[: MAX_LINE - 1].rstrip() + "…"


def paragraph(inline: list[Node]) -> list[Node]:
    """A paragraph, or none for no text."""
    return [{"type": "paragraph", "content": inline}] if inline else []


def bullets(items: list[list[Node]]) -> list[Node]:
    """A list of the items that have text, or none."""
    rows: list[Node] = [{"type": "listItem", "content": paragraph(inline)} for inline in items if inline]
    return [{"type": "bulletList", "content": rows}] if rows else []
