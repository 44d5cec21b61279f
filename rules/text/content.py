"""Content of an issue's text: the words written about this issue, without those of a template.

Headings, unfilled slots and a checklist about the process come from a template; none of them describes the issue.
"""

from collections.abc import Iterable
from itertools import chain

from rules.document import EMPTY, HEADING, Document
from rules.lazy_regex import caseless, regex
from rules.text.model import Quote, Reading, Section
from rules.text.placeholders import Content, content_of, is_help

PROCESS = "ready-checklist"
_ENVIRONMENT = "environment"
_REAL_HEADING = 6  # a label such as "Version: 2" may have the whole report below it
# Chinese and Japanese are written without spaces, so that each of their characters counts.
_SIGNS = regex(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+")
_WORD = caseless(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def content_words(reading: Reading, acceptance: Document | None) -> list[str]:
    """The words of content, pasted code and the field for acceptance criteria included, in their order."""
    return words_of_content(reading.sections, (*reading.empty_slots, *reading.placeholders), acceptance)


def words_of_content(sections: Iterable[Section], left_open: Iterable[Quote], acceptance: Document | None) -> list[str]:
    """The same for sections and what their template `left_open`: empty slots and placeholders."""
    slots = {(quote.line, quote.text) for quote in left_open}
    in_text = [
        block
        for section in sections
        if section.role != PROCESS and not (section.role == _ENVIRONMENT and 0 < section.level <= _REAL_HEADING)
        for block in section.blocks
        # A paragraph with a placeholder in it is content, unless it is nothing else.
        if not (slots and (block.line, block.text) in slots)
        and content_of(block.text) is not Content.SLOT
        and not is_help(block)
    ]
    blocks = chain(in_text, (acceptance or EMPTY).blocks)
    words: list[str] = []
    for block in blocks:
        if block.kind is not HEADING:
            words += _apart(block.text)
    return words


def repeats_title(title: str, words: Iterable[str]) -> bool:
    """Whether a text has words of the title and no others; one without any word repeats nothing."""
    known, repeats = set(words_of(title)), False
    for word in words:
        own = words_of(word)
        if not known.issuperset(own):
            return False
        repeats = repeats or bool(own)
    return repeats


def _apart(text: str) -> list[str]:
    return text.split() if text.isascii() else _SIGNS.findall(text)


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return _WORD.findall(text)


def shorten(text: str, limit: int = 80) -> str:
    """A piece of an issue's text that fits into a sentence: one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return f"{line[: limit - 1].rpartition(' ')[0] or line[: limit - 1]}…"
