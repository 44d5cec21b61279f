"""A small way from text to reading: the tests of the core need no dialect, only blocks."""

from typing import Any

from rules.document import Block, BlockKind, Document
from rules.model import Kind
from rules.text import Reading, read_issue


def document(text: str) -> Document:
    """Blocks from plain signs: `## heading`, `** bold line`, `- item`, `1. step`, `[] tick`, `| row`, `~ code`."""
    blocks = []
    for number, line in enumerate(text.strip("\n").split("\n"), 1):
        if line.strip():
            blocks.append(_block(line.strip(), number))
    return Document(tuple(blocks))


_SIGNS: dict[str, dict[str, Any]] = {
    "#": {"kind": BlockKind.HEADING, "level": 1},
    "##": {"kind": BlockKind.HEADING, "level": 2},
    "###": {"kind": BlockKind.HEADING, "level": 3},
    "**": {"kind": BlockKind.HEADING, "level": 7},
    "-": {"kind": BlockKind.ITEM, "level": 1},
    "--": {"kind": BlockKind.ITEM, "level": 2},
    "1.": {"kind": BlockKind.ITEM, "level": 1, "ordered": True},
    "[]": {"kind": BlockKind.TICK, "level": 1, "ticked": False},
    "[x]": {"kind": BlockKind.TICK, "level": 1, "ticked": True},
    "|": {"kind": BlockKind.ROW},
    "~": {"kind": BlockKind.CODE},
}


def _block(line: str, number: int) -> Block:
    sign, _, rest = line.partition(" ")
    if sign not in _SIGNS:
        return Block(kind=BlockKind.PARAGRAPH, text=line.replace("\\n", "\n"), line=number)
    return Block(text=rest.replace("\\n", "\n"), line=number, **_SIGNS[sign])


def read(
    text: str, *, title: str = "Pay with a saved card", kind: Kind = Kind.STORY, field: str | None = None
) -> Reading:
    """What is read in a text."""
    return read_issue(title, document(text), kind, document(field) if field is not None else None)
