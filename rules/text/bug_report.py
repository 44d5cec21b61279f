"""Reads steps, expected and actual result in a text that reports a defect."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules.document import Block, BlockKind
from rules.model import Kind
from rules.text.bug_patterns import (
    CODE_SIGNS,
    FAULT,
    LOG,
    OPENS_SCENARIO,
    OUTPUT,
    REMEDY,
    REQUEST,
    SENTENCE,
    SENTENCE_ENDS,
    SHOULD,
    SNIPPET,
    SOMEBODY_DOES,
    STATEMENT,
    SYMPTOMS,
)
from rules.text.model import Quote
from rules.text.placeholders import is_help, says_something, slots_in
from rules.text.sections import Tree, with_code_as_prose
from rules.text.title_mood import orders, states

# "Nothing happens" is not content under most headings, but it answers "What happens?".
_HAPPENS = re.compile(r"nothing\b", re.IGNORECASE)
_WORD = re.compile(r"\w{3,}")
# A scenario has at least so many words that are not in the title.
_NEW_WORDS = 5
_OBSERVATION_WORDS = 5
_STEP_WORDS = 30
# How many characters before a piece of code are read as its introduction.
_LEAD_CHARS = 160


@dataclass(frozen=True, slots=True)
class Defect:
    """The parts of a defect report; a part that is missing is empty or `None`."""

    steps: tuple[Quote, ...]
    expected: Quote | None
    actual: Quote | None


def read_defect(title: str, tree: Tree, kind: Kind) -> Defect:
    """Steps, expected and actual result, from their sections, otherwise from the prose."""
    blocks = with_code_as_prose([block for section in tree.sections for block in section.blocks if not is_help(block)])
    return Defect(
        steps=_steps(title, tree, blocks, kind), expected=_expected(tree, blocks), actual=_actual(title, tree, blocks)
    )


def _in_sections(tree: Tree, role: str, below: frozenset[str] = frozenset()) -> list[Block]:
    blocks: list[Block] = []
    for index, section in enumerate(tree.sections):
        if section.role == role:
            blocks += [
                block for block in tree.content(index, below) if says_something(block) or _HAPPENS.match(block.text)
            ]
    return blocks


def _steps(title: str, tree: Tree, blocks: Sequence[Block], kind: Kind) -> tuple[Quote, ...]:
    """The steps from their section, otherwise a test case, a numbered list, code to run, or a scenario in the prose."""
    written = _in_sections(tree, "steps", frozenset(("evidence", "environment")))
    if any(_has_slot(block) for block in written if block.ordered):
        return ()  # "1. Go to '...'" is template text
    if not written and kind is Kind.BUG:
        written = _in_sections(tree, "check", frozenset(("evidence",)))
    if written:
        return tuple(_quote(block) for block in written)
    ordered = [block for block in blocks if block.kind is BlockKind.ITEM and block.ordered and _is_step(block)]
    if len(ordered) >= 2:
        return tuple(_quote(block) for block in ordered)
    code = next(_code_to_run(tree, is_order=orders(title)), None)
    if code is not None:
        return (_quote(code),)
    return tuple(_quote(block) for block in blocks if _has_scenario(block, title))[:3]


def _is_step(block: Block) -> bool:
    """Whether a numbered item may be a step: short content that is not a question."""
    short = len(block.text.split()) <= _STEP_WORDS
    return short and not block.text.endswith("?") and says_something(block)


def _has_slot(block: Block) -> bool:
    return next(slots_in(block.text, block.line), None) is not None


def _code_to_run(tree: Tree, *, is_order: bool) -> Iterator[Block]:
    """Code that reproduces the defect; logs and remedies are recognised by their form and by the text before them."""
    for section in tree.sections:
        before = section.heading.text if section.heading is not None else ""
        for block in section.blocks:
            if block.kind is not BlockKind.CODE:
                before = block.text
                continue
            if _is_to_run(block.text, before[-_LEAD_CHARS:], is_order=is_order):
                yield block


def _is_to_run(code: str, lead: str, *, is_order: bool) -> bool:
    """Whether a piece of code is meant to be run; if the title is a command, only where the text before it says so."""
    if REMEDY.search(lead):
        return False
    if SNIPPET.search(lead):
        return is_runnable(code)
    return is_program(code) and not is_order and OUTPUT.search(lead) is None


def is_runnable(code: str) -> bool:
    """Whether a piece of code is something to run, rather than a log, a trace or a piece of data."""
    sample = code[:4000]
    if LOG.search(sample) or (sample.lstrip()[:1] in "{[" and not STATEMENT.search(sample)):
        return False
    return CODE_SIGNS.search(sample) is not None


def is_program(code: str) -> bool:
    """The same for code without an introduction: markup alone (a manifest, a layout) is data then."""
    return is_runnable(code) and not (code.lstrip()[:1] == "<" and not STATEMENT.search(code[:4000]))


def _has_scenario(block: Block, title: str) -> bool:
    """Whether a paragraph describes an action and its result, in more words than the title has."""
    if block.kind in (BlockKind.CODE, BlockKind.QUOTE, BlockKind.HEADING):
        return False
    title_words = set(_WORD.findall(title.lower()))
    sentences = [" ".join(sentence.split()) for sentence in SENTENCE.findall(block.text[:3000])]
    for sentence, following in pairwise((*sentences, "")):
        if LOG.search(sentence):
            continue
        if _goes_on_to_result(sentence, following):
            new = set(_WORD.findall(sentence.lower())) - title_words
            if len(new) >= _NEW_WORDS:
                return True
    return False


def _goes_on_to_result(sentence: str, following: str) -> bool:
    """Whether a sentence has an action and its result, or is a command and the next sentence has the result."""
    if SYMPTOMS.search(sentence) is not None and OPENS_SCENARIO.search(sentence) is not None:
        return True
    if SYMPTOMS.search(following) is not None and orders(sentence):
        return True
    return SOMEBODY_DOES.search(sentence) is not None and SHOULD.search(sentence) is None


def _expected(tree: Tree, blocks: Sequence[Block]) -> Quote | None:
    written = _in_sections(tree, "expected")
    if written:
        return _quote(written[0])
    return next((_quote(block) for block in blocks if _is_prose(block) and _expects(block.text[:5000])), None)


def _expects(text: str) -> bool:
    """Whether a sentence other than a question says what should be."""
    match = SHOULD.search(text)
    while match is not None:
        end = SENTENCE_ENDS.search(text, match.end())
        if end is None or end[0] != "?":
            return True
        match = SHOULD.search(text, end.end())
    return False


def _actual(title: str, tree: Tree, blocks: Sequence[Block]) -> Quote | None:
    written = _in_sections(tree, "actual")
    if written:
        return _quote(written[0])
    if SYMPTOMS.search(title) or FAULT.search(title) or (states(title) and not orders(title)):
        return Quote(title, 0)
    for block in blocks:
        if block.kind is BlockKind.CODE and LOG.search(block.text[:4000]):
            return _quote(block)
        if _is_prose(block) and _shows_fault(block.text[:5000]):
            return _quote(block)
    return next((_quote(block) for block in _loose(tree) if _states_something(block)), None)


def _shows_fault(text: str) -> bool:
    return SYMPTOMS.search(text) is not None or FAULT.search(text) is not None


def _loose(tree: Tree) -> Iterator[Block]:
    """Prose under no heading, or under one about the whole issue."""
    for section in tree.sections:
        if section.role in ("", "context"):
            yield from section.blocks


def _states_something(block: Block) -> bool:
    """Whether a paragraph is a statement long enough for an observation, and neither a request nor a label."""
    if block.kind is not BlockKind.PARAGRAPH or is_help(block) or block.text.endswith(":"):
        return False
    return len(block.text.split()) >= _OBSERVATION_WORDS and not REQUEST.search(block.text[:1000])


def _is_prose(block: Block) -> bool:
    return block.kind not in (BlockKind.CODE, BlockKind.HEADING)


def _quote(block: Block) -> Quote:
    return Quote(block.text, block.line)
