"""Tells whether a text reports a defect, and reads steps, expected and actual result in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rules.document import Block, BlockKind
from rules.model import Kind
from rules.reading.defect_signs import (
    CODE_SIGNS,
    FAULT,
    IMPERATIVE,
    LOG,
    MAYBE_FAULT,
    OPENS_SCENARIO,
    OUTPUT,
    PREFIX,
    REMEDY,
    REPRODUCES,
    REQUEST,
    SENTENCE,
    SHOULD,
    SNIPPET,
    STATEMENT,
    SYMPTOMS,
    TOLD_FAULT,
    WISH,
)
from rules.reading.found import Quote
from rules.reading.placeholders import says_something
from rules.reading.sections import Tree

_WORD = re.compile(r"\w{3,}")
# With fewer words of prose than this, a report is taken to stand in its code block, as mail imports leave it.
_FEW_WORDS = 25
# A scenario says more than the title does: at least so many further words.
_NEW_WORDS = 5


@dataclass(frozen=True, slots=True)
class Defect:
    """What a defect report says about itself."""

    steps: tuple[Quote, ...]
    expected: Quote | None
    actual: Quote | None


def reports_defect(title: str, tree: Tree, kind: Kind, *, is_story: bool) -> bool:
    """Whether the issue is a bug by its type, or a text of another type that plainly reports a defect.

    Signs are weighed against those of a story: its sentence, acceptance criteria, a wish.
    """
    if kind is Kind.BUG:
        return True
    if kind is Kind.EPIC:
        return False
    told_as_story = 2 * is_story + any(section.role == "acceptance" for section in tree.sections)
    return _weight_of_title(title) + _weight_of_text(tree) - told_as_story >= _PLAINLY


# How many signs make it plain; chosen on issues whose type is known: three quarters of the bugs are found with their
# type hidden, and of features and stories one in sixteen, most of them defects filed under another type.
_PLAINLY = 2
_OPENING_CHARS = 600


def _weight_of_title(title: str) -> int:
    """2 for a title that states a fault, 1 for one that hints at it, less for an order such as "Add ..."."""
    prefix = PREFIX.match(title[:300])
    bare = title[prefix.end() :] if prefix is not None else title
    orders = IMPERATIVE.match(bare or title) is not None
    if FAULT.search(title):
        return 0 if orders else 2
    return -2 if orders else int(MAYBE_FAULT.search(title) is not None)


def _weight_of_text(tree: Tree) -> int:
    headings = [section for section in tree.sections if section.heading is not None]
    roles = {section.role for section in headings}
    opening = " ".join(block.text for block in _introduction(tree) if _is_prose(block))[:_OPENING_CHARS]
    logs = any(
        block.kind is BlockKind.CODE and LOG.search(block.text[:4000])
        for section in tree.sections
        for block in section.blocks
    )
    return (
        2 * (len(roles & {"steps", "expected", "actual"}) >= 2)
        + 2
        * any(
            section.role == "steps" and REPRODUCES.search(section.heading.text) is not None
            for section in headings
            if section.heading
        )
        + (TOLD_FAULT.search(opening) is not None)
        + logs
        - (WISH.search(opening) is not None)
    )


def read_defect(title: str, tree: Tree, kind: Kind) -> Defect:
    """Steps, expected and actual result, from their sections, else from the prose."""
    blocks = [block for section in tree.sections for block in section.blocks]
    if sum(len(block.text.split()) for block in blocks if _is_prose(block)) < _FEW_WORDS:
        blocks += [replace(block, kind=BlockKind.PARAGRAPH) for block in blocks if block.kind is BlockKind.CODE]
    return Defect(
        steps=_steps(title, tree, blocks, kind), expected=_expected(tree, blocks), actual=_actual(title, tree, blocks)
    )


def _in_sections(tree: Tree, role: str, below: frozenset[str] = frozenset()) -> list[Block]:
    found: list[Block] = []
    for index, section in enumerate(tree.sections):
        if section.role == role:
            found += [block for block in tree.content(index, below) if says_something(block)]
    return found


def _steps(title: str, tree: Tree, blocks: Sequence[Block], kind: Kind) -> tuple[Quote, ...]:
    """The steps from their section, else a test case, a numbered list, code to run, or a scenario in the prose."""
    written = _in_sections(tree, "steps", frozenset(("evidence", "environment")))
    if not written and kind is Kind.BUG:
        written = _in_sections(tree, "check", frozenset(("evidence",)))
    if written:
        return tuple(_quote(block) for block in written)
    ordered = [block for block in blocks if block.kind is BlockKind.ITEM and block.ordered and says_something(block)]
    if len(ordered) >= 2:
        return tuple(_quote(block) for block in ordered)
    code = next((block for block in _code_to_run(tree)), None)
    if code is not None:
        return (_quote(code),)
    return tuple(_quote(block) for block in blocks if _tells_scenario(block, title))[:3]


def _code_to_run(tree: Tree) -> Iterator[Block]:
    """Code that makes the defect happen, told from logs and remedies by what it looks like and what leads it in."""
    for section in tree.sections:
        before = section.heading.text if section.heading is not None else ""
        for block in section.blocks:
            if block.kind is not BlockKind.CODE:
                before = block.text
                continue
            lead = before[-160:]
            if (
                is_runnable(block.text)
                and not REMEDY.search(lead)
                and (SNIPPET.search(lead) or not OUTPUT.search(lead))
            ):
                yield block


def is_runnable(code: str) -> bool:
    """Whether a piece of code is something to run, rather than a log, a trace or a piece of data."""
    sample = code[:4000]
    if LOG.search(sample) or (sample.lstrip()[:1] in "{[" and not STATEMENT.search(sample)):
        return False
    return CODE_SIGNS.search(sample) is not None


def _tells_scenario(block: Block, title: str) -> bool:
    """Whether a paragraph tells what somebody did and what came of it, and more than the title already says."""
    if block.kind in (BlockKind.CODE, BlockKind.QUOTE, BlockKind.HEADING):
        return False
    known = set(_WORD.findall(title.lower()))
    for sentence in SENTENCE.findall(block.text[:3000]):
        if OPENS_SCENARIO.search(sentence.strip()) and SYMPTOMS.search(sentence):
            new = set(_WORD.findall(sentence.lower())) - known
            if len(new) >= _NEW_WORDS:
                return True
    return False


def _expected(tree: Tree, blocks: Sequence[Block]) -> Quote | None:
    written = _in_sections(tree, "expected")
    if written:
        return _quote(written[0])
    return next((_quote(block) for block in blocks if _is_prose(block) and SHOULD.search(block.text[:5000])), None)


def _actual(title: str, tree: Tree, blocks: Sequence[Block]) -> Quote | None:
    written = _in_sections(tree, "actual")
    if written:
        return _quote(written[0])
    if SYMPTOMS.search(title) or FAULT.search(title):
        return Quote(title, 0)
    for block in blocks:
        if block.kind is BlockKind.CODE and LOG.search(block.text[:4000]):
            return _quote(block)
        if _is_prose(block) and _shows_fault(block.text[:5000]):
            return _quote(block)
    return next((_quote(block) for block in _loose(tree) if _states_something(block)), None)


def _shows_fault(text: str) -> bool:
    return SYMPTOMS.search(text) is not None or FAULT.search(text) is not None


def _introduction(tree: Tree) -> Iterator[Block]:
    """What is said before any plan: prose under no heading, or under one about the matter or the goal."""
    for section in tree.sections:
        if section.role in ("", "context", "value", "actual"):
            yield from section.blocks


def _loose(tree: Tree) -> Iterator[Block]:
    """Prose under no heading, or under one that introduces the whole."""
    for section in tree.sections:
        if section.role in ("", "context"):
            yield from section.blocks


def _states_something(block: Block) -> bool:
    """Whether a paragraph is a statement long enough to be an observation, not a request."""
    return block.kind is BlockKind.PARAGRAPH and len(block.text.split()) >= 5 and not REQUEST.search(block.text[:1000])


def _is_prose(block: Block) -> bool:
    return block.kind not in (BlockKind.CODE, BlockKind.HEADING)


def _quote(block: Block) -> Quote:
    return Quote(block.text, block.line)
