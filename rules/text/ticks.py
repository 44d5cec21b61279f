"""Tick boxes of a readiness checklist: which claim a fact the tracker knows, and which only a person can answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rules.document import TICK, Block, Document
from rules.lazy_regex import regex
from rules.text.content import PROCESS
from rules.text.model import Reading


class Fact(StrEnum):
    """A fact about an issue that the tracker knows and a box may claim."""

    ESTIMATED = "estimated"
    ACCEPTED = "accepted"
    UNBLOCKED = "unblocked"
    ASSIGNED = "assigned"


_CLAIMS = {
    Fact.ESTIMATED: r"(?:is |has been )?(?:estimated|weighted|sized|pointed)|estimate|story points|weight",
    Fact.ACCEPTED: r"(?:has )?acceptance criteri(?:a|on)(?: (?:are|is) (?:defined|clear|written|there))?",
    Fact.UNBLOCKED: r"not blocked|no (?:open )?(?:blockers|dependencies)|unblocked",
    Fact.ASSIGNED: r"(?:is |has been )?assigned",
}
_PATTERNS = {fact: regex(rf"^\W*(?:{words})\W*$", re.IGNORECASE) for fact, words in _CLAIMS.items()}


@dataclass(frozen=True, slots=True)
class Claim:
    """A box, ticked or not, and the fact it claims."""

    fact: Fact
    block: Block


def claims(document: Document) -> Iterator[Claim]:
    """Every box about a fact, ticked or not."""
    for block in document.blocks:
        if block.kind is TICK and (fact := _claimed(block)) is not None:
            yield Claim(fact, block)


def human_boxes(reading: Reading) -> Iterator[Block]:
    """The boxes of readiness checklists that only a person can answer."""
    for section in reading.sections:
        if section.role == PROCESS:
            yield from (b for b in section.blocks if b.kind is TICK and _claimed(b) is None)


def _claimed(block: Block) -> Fact | None:
    return next((fact for fact, pattern in _PATTERNS.items() if pattern.match(block.text)), None)
