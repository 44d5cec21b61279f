"""Tells whether a text reports a defect, and reads steps, expected and actual result in it."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.document import Block, BlockKind
from rules.model import Kind
from rules.reading.found import Quote
from rules.reading.languages import LANGUAGES
from rules.reading.placeholders import says_something
from rules.reading.sections import Tree

_SYMPTOMS = re.compile("|".join(language.symptoms for language in LANGUAGES), re.IGNORECASE)
_SHOULD = re.compile("|".join(language.should for language in LANGUAGES), re.IGNORECASE)
_LOG = re.compile(
    r"^\s*(?:at\s+\S+[.(:]|File \"|#?\d+\s+\S+\s+0x|Caused by|Traceback|\[?(?:ERROR|WARN|INFO|DEBUG|TRACE)\b|E/|W/|I/|D/|\d{4}-\d\d-\d\d[ T]\d\d:)"
    r"|\b(?:[A-Z]\w*(?:Error|Exception))\b|Exception in thread|Process terminated|SIG[A-Z]{3,4}\b|panic:",
    re.MULTILINE,
)
_CODE_SIGNS = re.compile(
    r"[;{}=]|\bfunction\b|\b(?:var|let|const|def|class|import|return|require)\b|</?\w+|^\s*[$>#] ?\w+|\$ \w+",
    re.MULTILINE,
)
_SCENARIO = re.compile(
    r"\b(?:when|whenever|if|after|once|while|by|upon|try(?:ing)? to|attempt(?:ing)? to)\s+(?:(?:i|we|you|the user|users?|one|a user|someone)\s+)?(?:\w+ly\s+)?\w+(?:ing|s|ed)?\b",
    re.IGNORECASE,
)
_MODAL_TITLE = re.compile(
    r"\b(?:add|support|implement|allow|enable|create|update|upgrade|document|improve|investigate|provide|expose|introduce)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Defect:
    """What a defect report says about itself."""

    steps: tuple[Quote, ...]
    expected: Quote | None
    actual: Quote | None


def reports_defect(title: str, tree: Tree, kind: Kind, *, is_story: bool) -> bool:
    """Whether the issue is a bug by its type, or a text of another type that plainly reports a defect."""
    if kind is Kind.BUG:
        return True
    roles = {section.role for section in tree.sections}
    if is_story or "acceptance" in roles or kind is Kind.EPIC:
        return False
    if len(roles & {"steps", "expected", "actual"}) >= 2:
        return True
    return _SYMPTOMS.search(title) is not None and not _MODAL_TITLE.match(title)


def read_defect(title: str, tree: Tree) -> Defect:
    """Steps, expected and actual result, from their sections, else from the prose."""
    blocks = [block for section in tree.sections for block in section.blocks]
    return Defect(steps=_steps(tree, blocks), expected=_expected(tree, blocks), actual=_actual(title, tree, blocks))


def _in_sections(tree: Tree, role: str, below: frozenset[str] = frozenset()) -> list[Block]:
    found: list[Block] = []
    for index, section in enumerate(tree.sections):
        if section.role == role:
            found += [block for block in tree.content(index, below) if says_something(block)]
    return found


def _steps(tree: Tree, blocks: Sequence[Block]) -> tuple[Quote, ...]:
    written = _in_sections(tree, "steps", frozenset(("evidence", "environment"))) or _in_sections(tree, "check")
    if written:
        return tuple(_quote(block) for block in written)
    ordered = [block for block in blocks if block.kind is BlockKind.ITEM and block.ordered and says_something(block)]
    if len(ordered) >= 2:
        return tuple(_quote(block) for block in ordered)
    code = [block for block in blocks if block.kind is BlockKind.CODE and is_runnable(block.text)]
    if code:
        return (_quote(code[0]),)
    return tuple(_quote(block) for block in blocks if _tells_scenario(block))[:3]


def is_runnable(code: str) -> bool:
    """Whether a piece of code is something to run, rather than a log, a trace or an error message."""
    sample = code[:4000]
    return not _LOG.search(sample) and _CODE_SIGNS.search(sample) is not None


def _tells_scenario(block: Block) -> bool:
    if block.kind in (BlockKind.CODE, BlockKind.QUOTE, BlockKind.HEADING):
        return False
    text = block.text[:2000]
    return _SCENARIO.search(text) is not None and _SYMPTOMS.search(text) is not None and len(text.split()) >= 15


def _expected(tree: Tree, blocks: Sequence[Block]) -> Quote | None:
    written = _in_sections(tree, "expected")
    if written:
        return _quote(written[0])
    return next((_quote(block) for block in blocks if _is_prose(block) and _SHOULD.search(block.text[:5000])), None)


def _actual(title: str, tree: Tree, blocks: Sequence[Block]) -> Quote | None:
    written = _in_sections(tree, "actual")
    if written:
        return _quote(written[0])
    if _SYMPTOMS.search(title):
        return Quote(title, 0)
    for block in blocks:
        if block.kind is BlockKind.CODE and _LOG.search(block.text[:4000]):
            return _quote(block)
        if _is_prose(block) and _SYMPTOMS.search(block.text[:5000]):
            return _quote(block)
    return None


def _is_prose(block: Block) -> bool:
    return block.kind not in (BlockKind.CODE, BlockKind.HEADING)


def _quote(block: Block) -> Quote:
    return Quote(block.text, block.line)
