"""What a rule for coding agents is: a rule of a set of its own, which holds for the issue as it is now."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from rules.document import EMPTY, BlockKind
from rules.model import Kind
from rules.rule import ReadyRule, Severity, Subject
from rules.text import Quote, Section


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


def texts(subject: Subject) -> Iterable[Quote]:
    """The title, then each paragraph and item; headings and code are left out."""
    issue = subject.issue
    yield Quote(issue.title, 0)
    in_text = (block for section in subject.reading.sections for block in section.blocks)
    for block in (*in_text, *(issue.acceptance or EMPTY).blocks):
        if block.kind not in {BlockKind.CODE, BlockKind.HEADING}:
            yield Quote(block.text, block.line)
