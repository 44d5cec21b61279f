"""The grounds of a decision about a write: which rule speaks for it, what it says, and which text it quotes."""

from dataclasses import dataclass

from rules.planning.model import Placement
from rules.rule import Finding
from rules.text import Quote
from rules.verdict import Verdict

PLANNING, HANDS_OFF, OUT_OF_BACKLOG, UNDO, DOUBLE, RELEASE, PAGE, AGENT = (
    "planning", "hands-off", "out-of-backlog", "undo", "second-worker", "release", "page", "agent",
)  # fmt: skip
"""What is in place of a rule's path where no rule of the Definition of Ready decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One rule behind a decision: its path, whether the issue passes it, what it says, and its quotes."""

    rule: str
    passed: bool = False
    says: str = ""
    evidence: tuple[Quote, ...] = ()


def grounds_of(verdict: Verdict) -> tuple[Ground, ...]:
    """What a verdict rests on: the rules that fail, where none does those that pass. No text of a restricted issue."""
    failing = (*verdict.missing, *(due.finding for due in verdict.due))
    if not failing:
        return tuple(Ground(rule=path, passed=True) for path in verdict.passed)
    return tuple(_failing(finding, is_restricted=verdict.issue.restricted) for finding in failing)


def grounds_of_agent(verdict: Verdict) -> tuple[Ground, ...]:
    """What the verdict for coding agents rests on, in the same way."""
    if verdict.agent is None:
        return (Ground(rule=AGENT, says="the rules for coding agents are off, or do not apply"),)
    if verdict.agent.ready:
        return tuple(Ground(rule=path, passed=True) for path in verdict.agent.passed)
    return tuple(_failing(finding, is_restricted=verdict.issue.restricted) for finding in verdict.agent.missing)


def grounds_of_move(placement: Placement) -> tuple[Ground, ...]:
    """What a move rests on: the reason that planning gives."""
    says = "" if placement.issue.restricted else placement.why
    return (Ground(rule=PLANNING, passed=True, says=says),)


def _failing(finding: Finding, *, is_restricted: bool) -> Ground:
    if is_restricted:
        return Ground(rule=finding.rule)
    return Ground(rule=finding.rule, says=finding.message, evidence=finding.evidence)
