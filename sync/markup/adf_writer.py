"""Writes our note as an ADF document: the few node types that can hold no mention, link or macro.

A `text` node is literal, so text from issues needs no escaping here; it needs to be cut, and never to be empty.
"""

import json
from typing import Any

from rules.plan.comment import CommentBody, Fix
from sync import sanitize
from sync.markup.fit_limit import ever_shorter

# Jira refuses comments over 32,767 characters, and what it counts for ADF is not documented: stay well below it with
# the serialised document, counted as JSON that escapes everything outside ASCII (the longest form).
MAX_CHARS = 30_000
# One line of a note: what no sane message exceeds, and three of them stay in the budget even in the longest form
# (twelve characters of JSON for one pictograph).
MAX_LINE = 700
PASSED_TITLE = "Checked and fine"

Node = dict[str, Any]


def write(note: CommentBody) -> Node:
    """The note as a valid ADF document of at most `MAX_CHARS` serialised characters; fixes at the end go first."""
    document: Node = {}
    for shorter, left_out in ever_shorter(note):
        document = _document(shorter, left_out)
        if len(json.dumps(document)) <= MAX_CHARS:
            break
    return document


def _document(note: CommentBody, left_out: int) -> Node:
    content = [
        *_paragraph(_text(note.headline, strong=True)),
        *_paragraph(_text(note.summary)),
        *_bullets([_fix(fix) for fix in note.fixes]),
        *_paragraph(_text(f"… and {left_out} more." if left_out else "")),
        *_bullets([_text(answer) for answer in note.answers]),
    ]
    folded = _paragraph(_text(", ".join(note.passed)))
    if folded:
        content.append({"type": "expand", "attrs": {"title": PASSED_TITLE}, "content": folded})
    content += _paragraph(_text(note.footer))
    return {"type": "doc", "version": 1, "content": content}


def _fix(fix: Fix) -> list[Node]:
    """A line of the checklist: what is missing, bold where ready hangs on it, the smallest fix, the rule's name."""
    message = _text(fix.message, strong=fix.must)
    hint = _text(fix.hint)
    name = _text(f" ({one_line(fix.name)})", keep_spaces=True) if fix.name and (message or hint) else []
    return [*message, *(_text(" – ", keep_spaces=True) if message and hint else []), *hint, *name]


def _text(text: str, *, strong: bool = False, keep_spaces: bool = False) -> list[Node]:
    """A text node, or none for no text: an empty one is invalid."""
    shown = text if keep_spaces else one_line(text)
    if not shown:
        return []
    node: Node = {"type": "text", "text": shown}
    return [{**node, "marks": [{"type": "strong"}]}] if strong else [node]


def one_line(text: str) -> str:
    """The text on one line, without control characters or broken surrogates, cut at `MAX_LINE`."""
    flat = sanitize.one_line(text[: 2 * MAX_LINE])
    return flat if len(flat) <= MAX_LINE else flat[: MAX_LINE - 1].rstrip() + "…"


def _paragraph(inline: list[Node]) -> list[Node]:
    return [{"type": "paragraph", "content": inline}] if inline else []


def _bullets(items: list[list[Node]]) -> list[Node]:
    rows: list[Node] = [{"type": "listItem", "content": _paragraph(inline)} for inline in items if inline]
    return [{"type": "bulletList", "content": rows}] if rows else []
