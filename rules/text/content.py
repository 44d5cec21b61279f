"""Content of an issue's text: the words written about this issue, without those of a template.

Headings, unfilled slots and a checklist about the process come from a template; none of them describes the issue.
"""

from collections.abc import Iterable

from rules.document import EMPTY, Block, BlockKind
from rules.model import Issue
from rules.text import Reading

PROCESS = "ready-checklist"


def content_words(issue: Issue, reading: Reading) -> int:
    """The number of words of content, pasted code and the field for acceptance criteria included."""
    empty = {quote.line for quote in (*reading.empty_slots, *reading.placeholders)}
    in_text = (
        block
        for section in reading.sections
        if section.role != PROCESS
        for block in section.blocks
        if block.line not in empty or not block.line
    )
    return _words(in_text) + _words((issue.acceptance or EMPTY).blocks)


def _words(blocks: Iterable[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks if block.kind is not BlockKind.HEADING)


def shorten(text: str, limit: int = 80) -> str:
    """A piece of an issue's text that fits into a sentence: one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return f"{line[: limit - 1].rpartition(' ')[0] or line[: limit - 1]}…"
