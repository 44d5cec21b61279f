"""From findings to a verdict: ready or not, why, how far from it, and what was waived."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rules.model import Issue
from rules.rule import Finding, Severity
from rules.text import Facts

WEIGHTS: Mapping[Severity, int] = {Severity.MUST: 5, Severity.SHOULD: 2, Severity.INFO: 1}
"""What a rule counts in the score: 100 times the weights of the rules that passed by those of all that applied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is thought of one issue.

    `score` is 0 to 100 from the published weights. `findings` stand smallest fix first within each severity and
    include waived ones (their `waived` says why); `passed` holds the paths of rules that had nothing to
    complain about. `distance` is in sprints, `None` where no pace is known, `in_horizon` whether that is within the
    ready horizon (without a pace: among the first in rank order). `deferred` holds the paths of rules that keep the
    issue from being ready but are not due yet, because the issue is still far away.
    """

    issue: Issue
    ready: bool
    score: int
    findings: tuple[Finding, ...]
    passed: tuple[str, ...]
    facts: Facts
    distance: float | None = None
    in_horizon: bool = True
    deferred: tuple[str, ...] = ()

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Findings nobody has waived."""
        return tuple(finding for finding in self.findings if not finding.waived)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that keep the issue from being ready."""
        return tuple(f for f in self.open_findings if f.severity is Severity.MUST)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleError:
    """A rule that raised on an issue: recorded, and the rest goes on."""

    rule: str
    subject: str
    error: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What is thought of the whole backlog, issues in rank order.

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
