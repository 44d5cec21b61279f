"""What a rule for coding agents is: a rule of a set of its own, which holds for the issue as it is now."""

from collections.abc import Iterable
from itertools import islice
from typing import ClassVar

from pydantic import Field

from rules.document import EMPTY, BlockKind
from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import ReadyRule, Severity, Subject
from rules.text import Quote, Section
from rules.text.content import PROCESS

FEW = 3
"""With fewer words of its own an issue is a title: then only the rule about behaviour asks for a text."""
TITLE_ONLY = "there is no text yet"


# What comes before a title: the kind of work in brackets, or with a colon.
_TAG = regex(r"^\s*(?:\[[^]]*\]|\([^)]*\)|[\w-]+(?:\([^)]*\))?!?:(?=\s)):?\s*")


class AgentRule(ReadyRule):
    """A question about one issue, asked before a coding agent works on it. Subclasses answer in `check`.

    An agent may begin at once, so that no rule waits until the issue is near.
    """

    group: ClassVar[str] = "agent"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.BUG, Kind.TASK})

    severity: Severity = Severity.MUST
    """How much a finding of this rule weighs: only must keeps an issue from being ready for an agent."""
    within_sprints: float | None = Field(default=None, ge=0)
    """The rule applies to issues at most this many sprints away; without a value, to all issues."""


def filled(subject: Subject, role: str) -> tuple[Section, ...]:
    """The sections of this role that say something: neither empty nor template text only."""
    reading = subject.reading
    unfilled = {place.line for place in (*reading.empty_slots, *reading.placeholders)}
    return tuple(
        one
        for one in reading.sections
        if one.role == role
        and any(block.line not in unfilled and not block.only_pictures for block in one.blocks if block.text.strip())
    )


def says(subject: Subject, words: int = FEW) -> bool:
    """Whether the text has so many words that are not part of a template."""
    return subject.reading.content >= words


def lists_parts(subject: Subject) -> bool:
    """Whether the text lists at least two points: parts of the work, or of what is wanted."""
    points = {BlockKind.ITEM, BlockKind.TICK, BlockKind.ROW}
    reading = subject.reading
    unfilled = {place.line for place in (*reading.empty_slots, *reading.placeholders)}
    in_text = (block for section in reading.sections if section.role != PROCESS for block in section.blocks)
    points_named = (block for block in in_text if block.kind in points and block.line not in unfilled)
    return sum(1 for _ in islice(points_named, 2)) == 2


def plain_title(subject: Subject) -> str:
    """The title without what comes before it."""
    return _TAG.sub("", subject.issue.title)


def texts(subject: Subject) -> Iterable[Quote]:
    """The title, then each paragraph and item; headings and code are left out."""
    issue = subject.issue
    yield Quote(issue.title, 0)
    in_text = (block for section in subject.reading.sections for block in section.blocks)
    for block in (*in_text, *(issue.acceptance or EMPTY).blocks):
        if block.kind not in {BlockKind.CODE, BlockKind.HEADING}:
            yield Quote(block.text, block.line)
