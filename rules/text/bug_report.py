"""Reads steps, expected and actual result in a text that reports a defect."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rules.document import CODE, HEADING, ITEM, PARAGRAPH, TICK, Block
from rules.lazy_regex import CaselessPattern, regex
from rules.model import Kind
from rules.text.bug_patterns import (
    DOUBTFUL_FAILURE,
    FAULT,
    NAMES_ACTUAL,
    NAMES_CAUSE,
    NAMES_EXPECTED,
    PLAIN_FAILURE,
    REQUEST,
    RIGHT_ELSEWHERE,
    SENTENCE_ENDS,
    SHOULD,
    SYMPTOMS,
    shows_log,
)
from rules.text.code_to_run import is_code
from rules.text.model import Quote, Section
from rules.text.placeholders import is_help, says_something
from rules.text.reproduction import find_steps
from rules.text.sections import Tree, with_code_as_prose
from rules.text.title_mood import orders, states

# "Nothing happens" is not content under most headings, but it answers "What happens?".
_HAPPENS = regex(r"nothing\b", re.IGNORECASE)
_COMPARES = regex(r"\b(?:the way|as|than|like|what|how) $", re.IGNORECASE)
_TELLS_PROBLEM = frozenset(("", "context", "value", "notes"))
_OBSERVATION_WORDS, _ITEM_WORDS = 5, 8
_BLOCK_CHARS = 5000
_CHARS = 4000
# Who names the fix says what should happen, too.
_SAID_OTHERWISE = (RIGHT_ELSEWHERE, NAMES_CAUSE)


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
        steps=find_steps(title, tree, kind),
        expected=_expected(title, tree, blocks),
        actual=_actual(title, tree, blocks),
    )


def fails_plainly(title: str, actual: Quote | None, sections: Iterable[Section]) -> bool:
    """Whether nobody could want the failure, or the text says where it is as it should be, or how to correct it.

    What is only wrong or different is not plain. Neither is an actual result in a section of its own.
    """
    failure = (title, actual.text if actual else "")
    if any(map(PLAIN_FAILURE.search, failure)):
        return True
    listed = tuple(sections)
    blocks = (block for section in listed for block in section.blocks if block.kind is not CODE)
    texts = (title, *(block.text[:_CHARS] for block in blocks))
    if any(pattern.search(text) for text in texts for pattern in _SAID_OTHERWISE):
        return True
    is_form = any(section.role == "actual" for section in listed)
    return actual is not None and not is_form and not any(map(DOUBTFUL_FAILURE.search, failure))


def _in_sections(tree: Tree, role: str, names: CaselessPattern) -> list[Block]:
    """What is written under the headings with this role, or with none that name the same in other words."""
    return [
        block
        for index, section in enumerate(tree.sections)
        if section.role == role or (not section.role and _names(section, names))
        for block in tree.content(index, frozenset())
        if (says_something(block) and not is_help(block)) or _HAPPENS.match(block.text)
    ]


def _names(section: Section, pattern: CaselessPattern) -> bool:
    return section.heading is not None and pattern.search(section.heading.text) is not None


def _expected(title: str, tree: Tree, blocks: Sequence[Block]) -> Quote | None:
    written = _in_sections(tree, "expected", NAMES_EXPECTED)
    if written:
        return _quote(written[0])
    for block in blocks:
        if _is_prose(block) and block.kind is not TICK and _expects(block.text[:_BLOCK_CHARS]):
            return _quote(block)
    return Quote(title, 0) if _expects(title) else None


def _expects(text: str) -> bool:
    """Whether a sentence other than a question says what should be; "not as one would expect" does not say it."""
    match = SHOULD.search(text)
    while match is not None:
        end = SENTENCE_ENDS.search(text, match.end())
        if (end is None or end[0] != "?") and _COMPARES.search(text, max(0, match.start() - 10), match.start()) is None:
            return True
        match = SHOULD.search(text, end.end()) if end is not None else None
    return False


def _actual(title: str, tree: Tree, blocks: Sequence[Block]) -> Quote | None:
    written = _in_sections(tree, "actual", NAMES_ACTUAL)
    if written:
        return _quote(written[0])
    if SYMPTOMS.search(title) or FAULT.search(title) or (states(title) and not orders(title)):
        return Quote(title, 0)
    for block in blocks:
        if block.kind is CODE and shows_log(block.text[:4000]):
            return _quote(block)
        if _is_prose(block) and _shows_fault(block.text[:_BLOCK_CHARS]):
            return _quote(block)
    return next((_quote(block) for block in _loose(tree) if _states_something(block)), None)


def _shows_fault(text: str) -> bool:
    return SYMPTOMS.search(text) is not None or FAULT.search(text) is not None


def _loose(tree: Tree) -> Iterator[Block]:
    """Prose under no heading, or under one that asks for nothing else than the problem."""
    for section in tree.sections:
        if section.role in _TELLS_PROBLEM:
            yield from section.blocks


def _states_something(block: Block) -> bool:
    """Whether a block is a statement long enough for an observation, and neither a request nor a label."""
    if block.kind not in (PARAGRAPH, ITEM) or is_help(block) or is_code(block):
        return False
    words = len(block.text.split())
    enough = _OBSERVATION_WORDS if block.kind is PARAGRAPH or states(block.text) else _ITEM_WORDS
    return words >= enough and not block.text.endswith(":") and not REQUEST.search(block.text[:1000])


def _is_prose(block: Block) -> bool:
    return block.kind not in (CODE, HEADING)


def _quote(block: Block) -> Quote:
    return Quote(block.text, block.line)
