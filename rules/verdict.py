"""The verdict on an issue (ready or not, its findings and score), and what leads to it: rules, waivers, baseline."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from rules.capacity.time_boxes import SPRINTS, TimeBoxes
from rules.causes import firsts
from rules.model import Issue, Kind
from rules.rule import Finding, ReadyRule, Severity
from rules.text import Facts

BASELINE = "accepted by baseline"
"""How the text begins that says why a finding of a baseline is accepted."""


class State(StrEnum):
    """The state of an issue. Waivers and the baseline never change it."""

    READY = "ready"
    NOT_READY = "not-ready"
    NOT_DUE = "not-due"
    """Only rules that are not due yet fail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A finding that is not due yet, and within how many sprints of its sprint it becomes due.

    `boxes` are the words for sprints.
    """

    finding: Finding
    within: float
    boxes: TimeBoxes = SPRINTS

    @property
    def rule(self) -> str:
        """The path of the rule."""
        return self.finding.rule


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentVerdict:
    """Whether a coding agent may begin: a verdict of its own, next to the team's.

    `findings` are sorted, smallest fix first within each severity, and include waived ones; `passed` holds the paths
    of rules that found nothing.
    """

    findings: tuple[Finding, ...]
    passed: tuple[str, ...]

    @property
    def missing(self) -> tuple[Finding, ...]:
        """The findings that make the issue not ready for an agent, with waived ones."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.MUST)

    @property
    def ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def state(self) -> State:
        """Ready or not ready."""
        return State.READY if self.ready else State.NOT_READY


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The verdict on one issue.

    `score` is 0 to 100 from the published weights. `findings` are sorted, smallest fix first within each severity, and
    include waived ones (their `waived` says why); `passed` holds the paths of rules that found nothing, `checked` their
    short names in the same order. `distance` is in sprints, `None` where no velocity is known, `in_horizon` whether
    that is within the ready horizon (without a velocity: among the first in rank order). `due` holds what the
    must rules miss that is not due yet, because the issue is still far away. `agent` is the verdict of the rule set
    for coding agents, `None` where it is off or does not apply.
    """

    issue: Issue
    score: int
    findings: tuple[Finding, ...]
    passed: tuple[str, ...]
    facts: Facts
    distance: float | None = None
    in_horizon: bool = True
    due: tuple[Due, ...] = ()
    checked: tuple[str, ...] = ()
    agent: AgentVerdict | None = None

    @property
    def state(self) -> State:
        """Ready, not ready, or not ready only by what is not due yet."""
        if self.missing:
            return State.NOT_READY
        return State.NOT_DUE if self.due else State.READY

    @property
    def ready(self) -> bool:
        """Whether nothing is missing, now or later."""
        return not self.due and not self.missing

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that are not waived."""
        return tuple(finding for finding in self.findings if not finding.waived)

    @property
    def open_of_all(self) -> tuple[Finding, ...]:
        """The same with those of the rules for coding agents."""
        of_agent = self.agent.findings if self.agent is not None else ()
        return (*self.open_findings, *(finding for finding in of_agent if not finding.waived))

    @property
    def missing(self) -> tuple[Finding, ...]:
        """The findings that make the issue not ready, with waived ones."""
        return tuple([finding for finding in self.findings if finding.severity is Severity.MUST])

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that make the issue not ready, without waived ones: labels and comments are about these."""
        return tuple(finding for finding in self.missing if not finding.waived)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The phrases for everything that keeps the issue from being ready, what is not due yet included."""
        later = firsts(due.finding for due in self.due)
        return tuple(finding.phrase for finding in (*firsts(self.missing), *later))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleError:
    """An exception of a rule on an issue; the other rules and issues are evaluated all the same."""

    rule: str
    subject: str
    error: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The verdicts on the whole backlog, in rank order.

    `unavailable` maps what the project does not have to the rules that are not applicable without it. `unused_waivers`
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
    def near(self) -> tuple[Verdict, ...]:
        """The counted verdicts in the ready horizon, in rank order: what reports count first."""
        return tuple(verdict for verdict in self.counted if verdict.in_horizon)

    @cached_property
    def agent(self) -> tuple[Verdict, ...]:
        """The counted verdicts that have one for coding agents, in rank order."""
        return tuple(verdict for verdict in self.counted if verdict.agent is not None)

    @cached_property
    def ready(self) -> tuple[Verdict, ...]:
        """The verdicts of ready issues among the counted, in rank order."""
        return tuple(verdict for verdict in self.counted if verdict.ready)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """An accepted finding.

    `rule` is a rule's path or plain name, `issue` a key, and either may be "*" for all. `reason` is why, `owner` who,
    and `until` is its last day.
    """

    rule: str
    issue: str
    reason: str
    owner: str
    until: date | None = None

    def covers(self, finding: Finding) -> bool:
        """Whether it is about this finding, on any day."""
        names = (finding.rule, finding.rule.partition(".")[2], "*")
        return self.rule in names and self.issue in (finding.subject, "*")

    def has_expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and today > self.until

    @property
    def text(self) -> str:
        """The text next to a finding it covers: its last day, reason and owner."""
        until = f" until {self.until.isoformat()}" if self.until else ""
        return f"accepted{until}: {self.reason} ({self.owner})"


Scope = tuple[str, str, str]
"""What rules are for: a team's name, a kind's value and a kind of work, "" for all of them."""


def scopes_of(team: str, kind: str, work: str) -> Iterator[Scope]:
    """The scopes whose rules an issue may have, the most specific first; after them come the product's."""
    yield (team, kind, work)
    yield (team, kind, "")
    yield (team, "", "")
    yield ("", kind, work)
    yield ("", kind, "")


def no_work(issue: Issue) -> str:  # noqa: ARG001 - the shape of `Ruleset.work_of`
    """The kind of work of an issue where no rules differ by it."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """The rules of one product with their options, and what people have decided about their findings.

    `narrowed` holds whole rule tuples where those of a team, a kind or a kind of work differ. `work_of` is the kind of
    work of an issue, "" where it does not matter or is not known. `agent` are the rules for coding agents, empty where
    these are off.
    `horizon` is how many sprints ahead issues should be ready. `baseline` maps the fingerprints that
    people accepted all at once to their reason.
    """

    product: tuple[ReadyRule, ...] = ()
    narrowed: Mapping[Scope, tuple[ReadyRule, ...]] = field(default_factory=dict)
    agent: tuple[ReadyRule, ...] = ()
    work_of: Callable[[Issue], str] = no_work
    horizon: float = 3.0
    waivers: tuple[Waiver, ...] = ()
    baseline: Mapping[str, str] = field(default_factory=dict)

    def for_issue(self, team: str, kind: Kind, work: str = "") -> tuple[ReadyRule, ...]:
        """The rules for an issue of this kind that this team ("" for none) would do; the most specific tuple wins."""
        for scope in scopes_of(team, kind.value, work):
            if scope in self.narrowed:
                return self.narrowed[scope]
        return self.product
