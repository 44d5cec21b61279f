"""From a snapshot and a ruleset to a judgement: for each issue, for each rule, one answer.

Pure and in a stable order: the same snapshot and ruleset give the same judgement, word for word.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from rules.backlog.distance import backlog_of, distances
from rules.backlog.index import Backlog
from rules.capacity import pace
from rules.document import Document
from rules.model import Category, Issue, Kind, Product, Snapshot, SprintState, Team
from rules.rule import (
    Answer,
    Failed,
    Finding,
    NotApplicable,
    Passed,
    ReadyRule,
    Severity,
    Subject,
    fingerprint_of,
)
from rules.ruleset import Ruleset
from rules.text import Reading, read_issue
from rules.verdict import WEIGHTS, Judgement, RuleError, Verdict, Waiver

NO_TRACKER = frozenset({"assignee", "dates", "links", "parent", "points", "priority", "sprints", "teams"})
"""What a text without a tracker cannot tell."""

BASELINE = "baseline"
"""Why a finding of day one is waived."""

TOP = 30
"""Where no pace tells how far away issues are, so many of the first in rank order count as near: about what three teams
look at in a refinement. All of a large backlog would otherwise be labelled at once."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

_RANK = {severity: place for place, severity in enumerate(Severity)}


def evaluate(snapshot: Snapshot, ruleset: Ruleset) -> Judgement:
    """Judge every issue of the backlog. A rule that raises is recorded, and the rest goes on."""
    court = _Evaluation(snapshot, ruleset)
    verdicts = tuple(court.judge(subject) for subject in _subjects(snapshot))
    return Judgement(
        verdicts=verdicts,
        unavailable={what: tuple(sorted(court.unavailable[what])) for what in sorted(court.unavailable)},
        unused_waivers=court.unused_waivers(),
        errors=tuple(court.errors),
    )


def judge_text(  # noqa: PLR0913 - the issue's own parts, and the two things a tracker would have told
    title: str,
    document: Document,
    kind: Kind,
    ruleset: Ruleset,
    acceptance: Document | None = None,
    *,
    key: str = "",
    at: datetime = LONG_AGO,
) -> Verdict:
    """Judge one text with no tracker around: rules that need one stay silent.

    `key` names the text in findings and fingerprints. A waiver with a last day is measured against `at`.
    """
    issue = Issue(
        id=key,
        key=key,
        type=kind.value,
        kind=kind,
        title=title,
        status="",
        category=Category.TODO,
        created=at,
        updated=at,
        document=document,
        acceptance=acceptance,
    )
    snapshot = Snapshot(taken_at=at, product=Product(name="", owner=""), issues=(issue,), unavailable=NO_TRACKER)
    return evaluate(snapshot, ruleset).verdicts[0]


def _subjects(snapshot: Snapshot) -> Iterator[Subject]:
    """Each backlog issue with what lies around it; every text is read once."""
    speed = pace(snapshot)
    away = dict(distances(backlog_of(snapshot), speed.total))
    # What is in a running sprint is being done: it is as near as an issue can be.
    active = {sprint.id for sprint in snapshot.sprints if sprint.state is SprintState.ACTIVE}
    away |= {issue.key: 0.0 for issue in snapshot.issues if issue.sprint in active}
    readings = {issue.key: _read(issue) for issue in snapshot.issues}
    backlog = Backlog(snapshot=snapshot, readings=readings)
    strongest = max(speed.by_team.values(), default=speed.total)
    for issue in snapshot.issues:
        team = _team_of(snapshot, issue)
        yield Subject(
            issue=issue,
            reading=readings[issue.key],
            snapshot=snapshot,
            backlog=backlog,
            distance=away.get(issue.key),
            team=team,
            team_points=speed.by_team.get(team.name) if team else strongest,
            distances=away,
        )


def _read(issue: Issue) -> Reading:
    return read_issue(issue.title, issue.document, issue.kind, issue.acceptance)


def _team_of(snapshot: Snapshot, issue: Issue) -> Team | None:
    """The one team that recognises it; where several do, it is nobody's yet."""
    teams = snapshot.teams_of(issue)
    return teams[0] if len(teams) == 1 else None


@dataclass(slots=True)
class _Heard:
    """What the rules said about one issue."""

    failed: list[tuple[ReadyRule, Finding]] = field(default_factory=list)
    passed: list[ReadyRule] = field(default_factory=list)
    deferred: list[ReadyRule] = field(default_factory=list)


class _Evaluation:
    """One evaluation: asks the rules and keeps what is told once at its end."""

    def __init__(self, snapshot: Snapshot, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.today = snapshot.taken_at.date()
        self.unavailable: defaultdict[str, set[str]] = defaultdict(set)
        self.errors: list[RuleError] = []
        self.used: set[Waiver] = set()
        self.late: set[Waiver] = set()

    def judge(self, subject: Subject) -> Verdict:
        """Ask every rule that has a say and weigh the answers."""
        commands = _Heard()
        for rule in self.ruleset.for_issue(subject.team.name if subject.team else "", subject.issue.kind):
            if rule.severity is not Severity.OFF and subject.issue.kind in rule.kinds:
                self._hear(rule, subject, commands)
        findings = sorted(commands.failed, key=_smallest_fix_first)
        blocked = any(f.severity is Severity.MUST and not f.waived for _, f in findings)
        return Verdict(
            issue=subject.issue,
            ready=not blocked and not commands.deferred,
            score=_score(commands),
            findings=tuple(finding for _, finding in findings),
            passed=tuple(rule.path for rule in commands.passed),
            facts=subject.reading.facts,
            distance=subject.distance,
            in_horizon=self._is_near(subject),
            deferred=tuple(rule.path for rule in commands.deferred),
        )

    def _is_near(self, subject: Subject) -> bool:
        """Whether it stands in the ready horizon; where no pace is known, whether it is among the first of all."""
        if subject.distance is None:
            return subject.backlog.rank.get(subject.issue.key, 0) < TOP
        return subject.distance <= self.ruleset.horizon

    def unused_waivers(self) -> tuple[str, ...]:
        """One sentence for each waiver that covered nothing or whose last day has passed, in the order given."""
        return tuple(
            _uselessness(waiver, self.today, waiver in self.late)
            for waiver in self.ruleset.waivers
            if waiver not in self.used
        )

    def _hear(self, rule: ReadyRule, subject: Subject, commands: _Heard) -> None:
        near = rule.speaks_at(subject.distance)
        if not near and rule.severity is not Severity.MUST:
            return
        match self._answer(rule, subject):
            case Passed() if near:
                commands.passed.append(rule)
            case Failed() as failed:
                finding = self._waive(_finding(rule, subject, failed))
                if near:
                    commands.failed.append((rule, finding))
                elif not finding.waived:
                    commands.deferred.append(rule)
            case NotApplicable(unavailable=what) if what:
                self.unavailable[what].add(rule.path)

    def _answer(self, rule: ReadyRule, subject: Subject) -> Answer | None:
        try:
            return rule.check(subject)
        except Exception as error:  # noqa: BLE001 - one broken rule (a plug-in's, perhaps) must not cost the whole pass
            said = f"{type(error).__name__}: {error}"
            self.errors.append(RuleError(rule=rule.path, subject=subject.issue.key, error=said))
            return None

    def _waive(self, finding: Finding) -> Finding:
        covering = [waiver for waiver in self.ruleset.waivers if waiver.covers(finding)]
        self.late |= {waiver for waiver in covering if waiver.has_expired(self.today)}
        holding = [waiver for waiver in covering if not waiver.has_expired(self.today)]
        self.used |= set(holding)
        if holding:
            return replace(finding, waived=holding[0].text)
        if finding.fingerprint in self.ruleset.baseline:
            return replace(finding, waived=BASELINE)
        return finding


def _finding(rule: ReadyRule, subject: Subject, failed: Failed) -> Finding:
    return Finding(
        rule=rule.path,
        severity=rule.severity,
        subject=subject.issue.key,
        message=failed.message,
        hint=failed.hint,
        evidence=failed.evidence,
        fingerprint=fingerprint_of(rule.path, subject.issue.key, failed.reason),
        asks=rule.asks.value,
    )


def _smallest_fix_first(commands: tuple[ReadyRule, Finding]) -> tuple[int, int, str]:
    rule, finding = commands
    return (_RANK[finding.severity], rule.effort, finding.rule)


def _score(commands: _Heard) -> int:
    """100 times the weights passed by the weights that applied; 100 where no rule had a say."""
    passed = _weight(commands.passed)
    total = passed + _weight(rule for rule, _ in commands.failed)
    return round(100 * passed / total) if total else 100


def _weight(rules: Iterable[ReadyRule]) -> int:
    weights: Mapping[Severity, int] = WEIGHTS
    return sum(weights[rule.severity] for rule in rules)


def _uselessness(waiver: Waiver, today: date, late: bool) -> str:  # noqa: FBT001 - told by name at the one call
    about = f'The waiver of "{waiver.rule}" for "{waiver.issue}" by {waiver.owner}'
    if waiver.until is not None and waiver.has_expired(today):
        state = "and its finding is told again" if late else "and there is nothing left to waive"
        return f"{about} ended on {waiver.until.isoformat()} {state}; renew it or delete it."
    return f"{about} covers no finding; delete it."
