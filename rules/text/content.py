"""Content of an issue's text: the words written about this issue, without those of a template.

Headings, unfilled slots and a checklist about the process come from a template; none of them describes the issue.
"""

import re
from collections.abc import Iterable, Iterator

from rules.document import EMPTY, Block, BlockKind
from rules.model import Issue
from rules.text import Reading

PROCESS = "ready-checklist"
TEMPLATE_WORDS = 8
"""A line of a template is at most so long, without its placeholders."""
_BRACKETS = re.compile(r"<[^<>]*>|\[[^\[\]]*\]")

# Chinese and Japanese are written without spaces, so that each of their characters counts.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+")


def content_words(issue: Issue, reading: Reading) -> tuple[str, ...]:
    """The words of content, pasted code and the field for acceptance criteria included.

    A short block with a placeholder is a line of the template; a paragraph with one TBD is content.
    """
    unfilled = {quote.line for quote in (*reading.empty_slots, *reading.placeholders)}
    in_text = (
        block
        for section in reading.sections
        if section.role != PROCESS
        for block in section.blocks
        if block.line not in unfilled or not block.line or _is_long(block.text)
    )
    return (*_words(in_text), *_words((issue.acceptance or EMPTY).blocks))


def _is_long(text: str) -> bool:
    return len(_BRACKETS.sub(" ", text).split()) > TEMPLATE_WORDS


def _words(blocks: Iterable[Block]) -> Iterator[str]:
    return (word for block in blocks if block.kind is not BlockKind.HEADING for word in _WORD.findall(block.text))


def shorten(text: str, limit: int = 80) -> str:
    """A piece of an issue's text that fits into a sentence: one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return f"{line[: limit - 1].rpartition(' ')[0] or line[: limit - 1]}…"
