"""Tick boxes of a readiness checklist: which facts they claim, and which only a person can tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.document import Block, BlockKind
from rules.rule import Subject
from rules.text.content import PROCESS

_SIZED = r"(?:is |has been )?(?:estimated|weighted|sized|pointed)|estimate|story points|weight"
_CRITERIA = r"(?:has )?acceptance criteri(?:a|on)(?: (?:are|is) (?:defined|clear|written|there))?"
_FREE = r"not blocked|no (?:open )?(?:blockers|dependencies)|unblocked"
_TAKEN = r"(?:is |has been )?assigned"

_CLAIMS = tuple(
    (what, re.compile(rf"^\W*(?:{words})\W*$", re.IGNORECASE))
    for what, words in (("estimated", _SIZED), ("accepted", _CRITERIA), ("unblocked", _FREE), ("assigned", _TAKEN))
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A box that claims something the tracker knows: what, the box, and whether it is true (`None` if unknown)."""

    what: str
    block: Block
    holds: bool | None


def claims(subject: Subject) -> Iterator[Claim]:
    """Every box about a fact, ticked or not."""
    for block in subject.issue.document.blocks:
        if block.kind is BlockKind.TICK and (what := _claimed(block)):
            yield Claim(what, block, _holds(what, subject))


def human_boxes(subject: Subject) -> Iterator[Block]:
    """The boxes of readiness checklists that only a person can answer."""
    for section in subject.reading.sections:
        if section.role == PROCESS:
            yield from (block for block in section.blocks if block.kind is BlockKind.TICK and not _claimed(block))


def _claimed(block: Block) -> str:
    return next((what for what, pattern in _CLAIMS if pattern.match(block.text)), "")


def _holds(what: str, subject: Subject) -> bool | None:
    issue = subject.issue
    match what:
        case "estimated":
            return None if subject.cannot_see("points") else issue.points is not None
        case "accepted":
            said = subject.reading.facts.acceptance
            return None if said == "na" else said == "present"
        case "unblocked":
            return None if subject.cannot_see("links") else not subject.open_blockers
        case _:
            return None if subject.cannot_see("assignee") else issue.assignee is not None
