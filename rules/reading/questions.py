"""Finds what the author leaves open: questions about what is wanted, and decisions still to be made."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterable, Iterator, Sequence

from rules.document import BlockKind
from rules.reading.found import Quote, Section
from rules.reading.languages import LANGUAGES, whole_words
from rules.reading.placeholders import is_instruction, says_something

_UNDECIDED = whole_words(language.undecided for language in LANGUAGES)
_SENTENCE_END = re.compile(r"(?<=[.!?])[)\]\"']?\s+|(?<=[.!?][)\]\"'])\s+")
# A question about the work asks what, which, how or whether "we" should; a request ("could you add ...?") does not.
_ASKS = re.compile(
    r"^\W*(?:should|shall|do|does|must|may|is|are)\b|\b(?:should|shall|do|must|would|may|might|could|can) (?:we|it|this|they|there|the|these)\b|\b(?:what|which|how|where|when|who|why|whether)\b"
    r"|\bor (?:should|not|do)\b|\bis (?:it|this|there|that)\b|\bare (?:we|there|they|these)\b|\bdoes\b|\bmaybe\b|\bwe (?:may|might|could|should)\b",
    re.IGNORECASE,
)
_REQUESTS = re.compile(r"\W*(?:please|could (?:we|you|it|this)|(?:can|would|will) you)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|did|had|happened|occurred|have been|could have|would have)\b", re.IGNORECASE)
# A question in a tick box is answered by the tick.
_FORM_QUESTION = re.compile(r"(?:is|are|has|have|does|do you)\b", re.IGNORECASE)
# A question among the criteria is what the work must answer.
_MUST_HOLD = frozenset(("acceptance", "check"))


def find_questions(sections: Sequence[Section], *, is_bug: bool) -> tuple[Quote, ...]:
    """Everything left open, in reading order."""
    found: list[Quote] = []
    for section in sections:
        if section.role == "questions":
            found += [Quote(block.text, block.line) for block in section.blocks if says_something(block)]
        elif section.role not in ("ready-checklist", "evidence"):
            found += _open_in(section, may_ask=not is_bug and section.role not in _MUST_HOLD)
    return tuple(dict.fromkeys(found))


def _open_in(section: Section, *, may_ask: bool) -> Iterator[Quote]:
    template = _answers_template(section)
    for block in section.blocks:
        if block.kind in (BlockKind.CODE, BlockKind.QUOTE) or is_instruction(block.text):
            continue
        for offset, line in enumerate(block.text.split("\n")):
            answered = (
                _FORM_QUESTION.match(line)
                if block.kind is BlockKind.TICK
                else template and block.kind is BlockKind.ITEM
            )
            asking = may_ask and not answered
            yield from _open_sentences(line, block.line + offset, may_ask=asking)


def _answers_template(section: Section) -> bool:
    """Whether the section is a list of a template's questions with answers below them; the rest is unfilled, not open."""
    pairs = zip(section.blocks, section.blocks[1:], strict=False)
    answered = sum(
        above.kind is BlockKind.ITEM
        and above.text.endswith("?")
        and below.kind is BlockKind.ITEM
        and below.level > above.level
        for above, below in pairs
    )
    return answered >= 2


def _open_sentences(line: str, number: int, *, may_ask: bool) -> Iterator[Quote]:
    if len(line) > 5000:
        return
    for sentence in _sentences(line):
        if _UNDECIDED.search(sentence) or (may_ask and _asks(sentence)):
            yield Quote(sentence, number)


def _asks(sentence: str) -> bool:
    """Whether a sentence asks about what is wanted; one about the past asks what happened."""
    if not sentence.endswith("?") or len(sentence.split()) < 3 or _PAST.search(sentence):
        return False
    return _ASKS.search(sentence) is not None and _REQUESTS.match(sentence) is None


def _sentences(line: str) -> Iterable[str]:
    return (sentence.strip(" ()[]\"'") for sentence in _SENTENCE_END.split(line))
