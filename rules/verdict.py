"""From findings to a verdict: ready or not, why, how far from it, and what was waived."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from rules.model import Issue
from rules.rule import Finding, Severity
from rules.text import Facts

WEIGHTS: Mapping[Severity, int] = {Severity.MUST: 5, Severity.SHOULD: 2, Severity.INFO: 1}
"""What a rule counts in the score: 100 times the weights of the rules that passed by those of all that applied."""


class State(StrEnum):
    """What a verdict says of an issue. Waivers and the baseline never change it."""

    READY = "ready"
    NOT_READY = "not-ready"
    NOT_DUE = "not-due"
    """Nothing that is due fails, but something will that is due later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is missing and not due yet: the finding, and within how many sprints of its sprint it is due."""

    finding: Finding
    within: float

    @property
    def rule(self) -> str:
        """The path of the rule that will ask for it."""
        return self.finding.rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The judgement on one issue.

    `score` is 0 to 100 from the published weights. `findings` are sorted, smallest fix first within each severity, and
    include waived ones (their `waived` says why); `passed` holds the paths of rules that found nothing. `distance` is
    in sprints, `None` where no velocity is known, `in_horizon` whether that is within the ready horizon (without a
    velocity: among the first in rank order). `due` holds what the must-rules miss that is not due yet, because the
    issue is still far away.
    """

    issue: Issue
    score: int
    findings: tuple[Finding, ...]
    passed: tuple[str, ...]
    facts: Facts
    distance: float | None = None
    in_horizon: bool = True
    due: tuple[Due, ...] = ()

    @property
    def state(self) -> State:
        """Ready, not ready, or not ready only by what is not due yet."""
        if self.missing:
            return State.NOT_READY
        return State.NOT_DUE if self.due else State.READY

    @property
    def ready(self) -> bool:
        """Whether nothing is missing, now or later."""
        return self.state is State.READY

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Findings that nobody accepted."""
        return tuple(finding for finding in self.findings if not finding.waived)

    @property
    def missing(self) -> tuple[Finding, ...]:
        """The findings that keep the issue from being ready, accepted ones among them."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.MUST)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The same without the accepted ones: what labels and comments are about."""
        return tuple(finding for finding in self.missing if not finding.waived)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleError:
    """A rule that raised on an issue: recorded, and the rest goes on."""

    rule: str
    subject: str
    error: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The verdicts on the whole backlog, issues in rank order.

    `unavailable` maps what the project does not have to the rules that had to stay silent for it. `unused_waivers`
    are waivers that matched nothing.
    """

    verdicts: tuple[Verdict, ...] = ()
    unavailable: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unused_waivers: tuple[str, ...] = ()
    errors: tuple[RuleError, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Verdict]:
        """Each verdict by its issue's key."""
        return {verdict.issue.key: verdict for verdict in self.verdicts}

    @cached_property
    def counted(self) -> tuple[Verdict, ...]:
        """The verdicts that counts and shares are about, in rank order: neither sub-tasks nor epics.

        A sub-task is part of its parent, and an epic is finished by the issues in it.
        """
        return tuple(verdict for verdict in self.verdicts if verdict.issue.is_counted)

    @cached_property
    def ready(self) -> tuple[Verdict, ...]:
        """The ready ones among the counted, in rank order."""
        return tuple(verdict for verdict in self.counted if verdict.ready)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding somebody accepted.

    `rule` is a rule's path or plain name, `issue` a key, and either may be "*" for all. `reason` says why, `owner` who,
    and `until` is the last day it holds.
    """

    rule: str
    issue: str
    reason: str
    owner: str
    until: date | None = None

    def covers(self, finding: Finding) -> bool:
        """Whether it speaks of this finding, whatever the day."""
        names = (finding.rule, finding.rule.partition(".")[2], "*")
        return self.rule in names and self.issue in (finding.subject, "*")

    def has_expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and today > self.until

    @property
    def text(self) -> str:
        """What stands beside a finding it covers."""
        until = f", until {self.until.isoformat()}" if self.until else ""
        return f"{self.reason} ({self.owner}{until})"
