"""Finds what the author leaves open: questions about what is wanted, and decisions still to be made."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterable, Iterator, Sequence

from rules.document import BlockKind
from rules.reading.found import Quote, Section
from rules.reading.languages import LANGUAGES
from rules.reading.placeholders import Content, content_of, says_something

_UNDECIDED = re.compile("|".join(language.undecided for language in LANGUAGES), re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]*[.!?]+(?=[\s)\]\"']|$)|[^.!?\n]+$", re.MULTILINE)
# A question about the work asks what, which, how or whether "we" should; a request ("could you add ...?") does not.
_ASKS = re.compile(
    r"\b(?:should|shall|do|must|would|may|might|could|can) (?:we|it|this|they|there|the|these)\b|\b(?:what|which|how|where|when|who|why|whether)\b"
    r"|\bor (?:should|not|do)\b|\bis (?:it|this|there|that)\b|\bare (?:we|there|they|these)\b|\bdoes\b|\bmaybe\b|\bwe (?:may|might|could|should)\b",
    re.IGNORECASE,
)


def find_questions(sections: Sequence[Section], *, is_bug: bool) -> tuple[Quote, ...]:
    """Everything left open, in reading order."""
    found: list[Quote] = []
    for section in sections:
        if section.role == "questions":
            found += [Quote(block.text, block.line) for block in section.blocks if says_something(block)]
        elif section.role not in ("ready-checklist", "evidence"):
            found += _open_in(section, is_bug=is_bug)
    return tuple(dict.fromkeys(found))


def _open_in(section: Section, *, is_bug: bool) -> Iterator[Quote]:
    for block in section.blocks:
        if block.kind in (BlockKind.CODE, BlockKind.QUOTE):
            continue
        for offset, line in enumerate(block.text.split("\n")):
            yield from _open_sentences(line, block.line + offset, is_bug=is_bug)


def _open_sentences(line: str, number: int, *, is_bug: bool) -> Iterator[Quote]:
    if len(line) > 5000:
        return
    for sentence in _sentences(line):
        asks = sentence.endswith("?") and not is_bug and len(sentence.split()) > 2 and _ASKS.search(sentence)
        if asks or _UNDECIDED.search(sentence):
            yield Quote(sentence, number)


def _sentences(line: str) -> Iterable[str]:
    return (found[0].strip() for found in _SENTENCE.finditer(line) if content_of(found[0]) is Content.REAL)
