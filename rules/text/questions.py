"""Finds open questions: questions about the wish, and decisions still to be made."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rules.document import Block, BlockKind
from rules.text.languages import LANGUAGES, whole_words
from rules.text.model import Quote, Section
from rules.text.placeholders import is_help, is_instruction, says_something

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
# In a defect report, "not sure whether it happens elsewhere" is a doubt about a fact, not an open decision.
_DOUBTS = re.compile(r"\b(?:not|\w+n't)\s(?:\w+\s){0,2}(?:sure|clear|certain)\b|\b(?:unsure|unclear)\b", re.IGNORECASE)
# A question there is open only where the team asks itself what to do.
_ASKS_TEAM = re.compile(r"\b(?:should|shall|can|could|do|would|must) we\b", re.IGNORECASE)
_ANSWERS = re.compile(
    r"\W*(?:answer|a|decision|decided|resolution|resolved|update|edit)\s*[:=>-]|\W*(?:yes|no|nope|yep)\b[,.!:]|\W*(?:→|->|=>)",
    re.IGNORECASE,
)
# A question in a tick box is answered by the tick.
_FORM_QUESTION = re.compile(r"(?:is|are|has|have|does|do you)\b", re.IGNORECASE)
# A question among the criteria is part of the work; a question in a paragraph next to their list is open.
_MUST_HOLD = frozenset(("acceptance", "check"))


def find_questions(sections: Sequence[Section], *, is_bug: bool) -> tuple[Quote, ...]:
    """All open questions, in reading order."""
    questions: list[Quote] = []
    for section in sections:
        if section.role == "questions":
            questions += [Quote(block.text, block.line) for block in section.blocks if _is_left_open(block)]
        elif section.role not in ("ready-checklist", "evidence"):
            questions += _open_in(section, is_bug=is_bug)
    return tuple(dict.fromkeys(questions))


def _is_left_open(block: Block) -> bool:
    """Whether an entry under "Open questions" has no answer."""
    _, asked, answer = block.text.partition("?")
    return says_something(block) and not (asked and _ANSWERS.match(answer))


def _open_in(section: Section, *, is_bug: bool) -> Iterator[Quote]:
    listed = any(block.kind in (BlockKind.ITEM, BlockKind.TICK) for block in section.blocks)
    if section.heading is not None and all(is_help(block) for block in section.blocks):
        return  # a question of the template, not of the author
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
            asking = not answered and (section.role not in _MUST_HOLD or (listed and block.kind is BlockKind.PARAGRAPH))
            for sentence in _open_sentences(line, may_ask=asking):
                if not is_bug or _leaves_fix_open(sentence):
                    yield Quote(sentence, block.line + offset)


def _answers_template(section: Section) -> bool:
    """Whether the section is a template's list of questions with answers; the others are unfilled, not open."""
    pairs = pairwise(section.blocks)
    answered = sum(
        above.kind is BlockKind.ITEM
        and above.text.endswith("?")
        and below.kind is BlockKind.ITEM
        and below.level > above.level
        for above, below in pairs
    )
    return answered >= 2


def _leaves_fix_open(sentence: str) -> bool:
    """Whether a sentence of a defect report asks for a decision rather than for the cause."""
    if sentence.endswith("?"):
        return _ASKS_TEAM.search(sentence) is not None
    return _UNDECIDED.search(_DOUBTS.sub(" ", sentence)) is not None


def _open_sentences(line: str, *, may_ask: bool) -> Iterator[str]:
    if len(line) > 5000:
        return
    sentences = _sentences(line)
    for sentence, following in pairwise((*sentences, "")):
        if (_UNDECIDED.search(sentence) or (may_ask and _asks(sentence))) and not _is_answered(sentence, following):
            yield sentence


def _is_answered(sentence: str, following: str) -> bool:
    return sentence.endswith("?") and _ANSWERS.match(following) is not None


def _asks(sentence: str) -> bool:
    """Whether a sentence asks about the wish; a question about the past asks what happened."""
    if not sentence.endswith("?") or len(sentence.split()) < 3 or _PAST.search(sentence):
        return False
    return _ASKS.search(sentence) is not None and _REQUESTS.match(sentence) is None


def _sentences(line: str) -> list[str]:
    return [sentence.strip(" ()[]\"'") for sentence in _SENTENCE_END.split(line)]
