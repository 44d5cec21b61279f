"""From a snapshot and a ruleset to a judgement: for each issue, for each rule, one answer.

Pure and in a stable order: the same snapshot and ruleset give the same judgement, word for word.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from rules.backlog.index import Backlog
from rules.causes import with_parts
from rules.document import Document
from rules.model import Category, Issue, Kind, Product, Snapshot
from rules.rule import (
    WEIGHTS,
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
from rules.text import STANDARD, Vocabulary
from rules.verdict import BASELINE, AgentVerdict, Due, Judgement, RuleError, Ruleset, Scope, Verdict, Waiver

NO_TRACKER = frozenset({"assignee", "dates", "links", "parent", "points", "priority", "sprints", "teams"})
"""What is unavailable for a text without a tracker."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

_RANK = {severity: place for place, severity in enumerate(Severity)}


def evaluate(backlog: Backlog, ruleset: Ruleset) -> Judgement:
    """The verdict on every issue of the backlog. A rule that raises is recorded, and the rest goes on."""
    evaluation = _Evaluation(backlog, ruleset)
    verdicts = tuple(evaluation.judge(issue) for issue in backlog.snapshot.issues)
    return Judgement(
        verdicts=verdicts,
        unavailable={what: tuple(sorted(paths)) for what, paths in sorted(evaluation.unavailable.items())},
        unused_waivers=evaluation.unused_waivers(),
        errors=tuple(evaluation.errors),
    )


def judge_alone(backlog: Backlog, issue: Issue, ruleset: Ruleset) -> Verdict:
    """The verdict on one issue of the backlog, the same that `evaluate` gives it."""
    return _Evaluation(backlog, ruleset).judge(issue)


def judge_text(  # noqa: PLR0913 - the issue's own parts, and the two things a tracker would supply
    title: str,
    document: Document,
    kind: Kind,
    ruleset: Ruleset,
    acceptance: Document | None = None,
    *,
    key: str = "",
    at: datetime = LONG_AGO,
    vocabulary: Vocabulary = STANDARD,
) -> Verdict:
    """Judge one text with no tracker around: rules that need one stay silent.

    `key` names the text in findings and fingerprints. A waiver with a last day is measured against `at`. `vocabulary`
    is what the site taught the reader of texts.
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
    return judge_alone(Backlog.of(snapshot, vocabulary=vocabulary), issue, ruleset)


@dataclass(slots=True)
class _Answers:
    """What the rules said about one issue."""

    failed: list[tuple[ReadyRule, Finding]] = field(default_factory=list)
    passed: list[ReadyRule] = field(default_factory=list)
    due: list[tuple[ReadyRule, Finding]] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def findings(self) -> Iterator[Finding]:
        """The findings in the order of reports."""
        return (finding for _, finding in sorted(self.failed, key=_smallest_fix_first))


class _Evaluation:
    """One evaluation: asks the rules, and collects what is reported once at its end."""

    def __init__(self, backlog: Backlog, ruleset: Ruleset) -> None:
        self.backlog = backlog
        self.ruleset = ruleset
        self.today = backlog.snapshot.taken_at.date()
        self.unavailable: defaultdict[str, set[str]] = defaultdict(set)
        self.errors: list[RuleError] = []
        self.rules: dict[Scope, tuple[ReadyRule, ...]] = {}
        self.names: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.used: set[Waiver] = set()
        self.late: set[Waiver] = set()

    def judge(self, issue: Issue) -> Verdict:
        """Ask every rule that applies and weigh the answers."""
        subject = Subject(issue=issue, backlog=self.backlog)
        team = subject.team
        rules = self._rules_for(team.name if team else "", issue.kind, self.ruleset.work_of(issue))
        answers = self._answers(rules, subject)
        later = with_parts((finding for _, finding in answers.due), answers.reasons)
        return Verdict(
            issue=issue,
            score=_score(answers),
            findings=with_parts(answers.findings, answers.reasons),
            passed=self._shared(rule.path for rule in answers.passed),
            facts=subject.reading.facts,
            distance=subject.distance,
            in_horizon=self.backlog.is_within(issue.key, self.ruleset.horizon),
            due=tuple(
                Due(finding=finding, within=rule.within_sprints or 0.0, boxes=self.backlog.boxes)
                for (rule, _), finding in zip(answers.due, later, strict=True)
            ),
            checked=self._shared(rule.label for rule in answers.passed),
            agent=self._judge_for_agent(subject),
        )

    def _rules_for(self, team: str, kind: Kind, work: str) -> tuple[ReadyRule, ...]:
        """The rules that such an issue is asked; a large backlog has few kinds of them."""
        scope = (team, kind.value, work)
        if scope not in self.rules:
            self.rules[scope] = _asked(self.ruleset.for_issue(team, kind, work), kind)
        return self.rules[scope]

    def _shared(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names in one value for all issues with the same ones: a large backlog has few different ones."""
        listed = tuple(names)
        return self.names.setdefault(listed, listed)

    def _judge_for_agent(self, subject: Subject) -> AgentVerdict | None:
        answers = self._answers(_asked(self.ruleset.agent, subject.issue.kind), subject)
        if not (answers.failed or answers.passed):
            return None
        return AgentVerdict(findings=tuple(answers.findings), passed=tuple(rule.path for rule in answers.passed))

    def _answers(self, rules: Iterable[ReadyRule], subject: Subject) -> _Answers:
        answers, distance = _Answers(), subject.distance
        for rule in rules:
            near = rule.speaks_at(distance)
            if near or rule.severity is Severity.MUST:
                self._ask(rule, subject, answers, near=near)
        return answers

    def unused_waivers(self) -> tuple[str, ...]:
        """One sentence for each waiver that covered nothing or whose last day has passed, in the order given."""
        return tuple(
            _uselessness(waiver, self.today, waiver in self.late)
            for waiver in self.ruleset.waivers
            if waiver not in self.used
        )

    def _ask(self, rule: ReadyRule, subject: Subject, answers: _Answers, *, near: bool) -> None:
        match self._answer(rule, subject):
            case Passed() if near:
                answers.passed.append(rule)
            case Failed() as failed:
                finding = self._waive(_finding(rule, subject, failed, self._fingerprint(rule, subject, failed)))
                (answers.failed if near else answers.due).append((rule, finding))
                answers.reasons[rule.path] = failed.reason
            case NotApplicable(unavailable=what) if what:
                self.unavailable[what].add(rule.path)

    def _answer(self, rule: ReadyRule, subject: Subject) -> Answer | None:
        try:
            return rule.check(subject)
        except Exception as error:  # noqa: BLE001 - one broken rule (a plug-in's, perhaps) must not end the run
            message = f"{type(error).__name__}: {error}"
            self.errors.append(RuleError(rule=rule.path, subject=subject.issue.key, error=message))
            return None

    def _fingerprint(self, rule: ReadyRule, subject: Subject, failed: Failed) -> str:
        """The finding's own; where a baseline accepted it before its issue moved, still the one of the earlier key."""
        key = subject.issue.key
        for old in subject.snapshot.former_keys.get(key, ()):
            if (former := fingerprint_of(rule.path, old, failed.reason)) in self.ruleset.baseline:
                return former
        return fingerprint_of(rule.path, key, failed.reason)

    def _waive(self, finding: Finding) -> Finding:
        holding = self._holding(finding) if self.ruleset.waivers else []
        if holding:
            return replace(finding, waived=holding[0].text)
        if finding.fingerprint in self.ruleset.baseline:
            reason = self.ruleset.baseline[finding.fingerprint]
            return replace(finding, waived=f"{BASELINE}: {reason}" if reason else BASELINE)
        return finding

    def _holding(self, finding: Finding) -> list[Waiver]:
        """The waivers that cover a finding today."""
        covering = [waiver for waiver in self.ruleset.waivers if waiver.covers(finding)]
        self.late |= {waiver for waiver in covering if waiver.has_expired(self.today)}
        holding = [waiver for waiver in covering if not waiver.has_expired(self.today)]
        self.used |= set(holding)
        return holding


def _asked(rules: Iterable[ReadyRule], kind: Kind) -> tuple[ReadyRule, ...]:
    return tuple(rule for rule in rules if rule.severity is not Severity.OFF and kind in rule.kinds)


def _finding(rule: ReadyRule, subject: Subject, failed: Failed, fingerprint: str) -> Finding:
    return Finding(
        rule=rule.path,
        severity=rule.severity,
        subject=subject.issue.key,
        message=failed.message,
        hint=failed.hint,
        evidence=failed.evidence,
        fingerprint=fingerprint,
        asks=rule.asks.value,
        phrase=failed.phrase or rule.phrase,
    )


def _smallest_fix_first(answer: tuple[ReadyRule, Finding]) -> tuple[int, int, str]:
    rule, finding = answer
    return (_RANK[finding.severity], rule.effort, finding.rule)


def _score(answers: _Answers) -> int:
    """100 times the weights passed by the weights that applied; 100 where no rule had a say."""
    passed = _weight(answers.passed)
    total = passed + _weight(rule for rule, _ in answers.failed)
    return round(100 * passed / total) if total else 100


def _weight(rules: Iterable[ReadyRule]) -> int:
    weights: Mapping[Severity, int] = WEIGHTS
    return sum(weights[rule.severity] for rule in rules)


def _uselessness(waiver: Waiver, today: date, late: bool) -> str:  # noqa: FBT001 - named at its one call
    about = f'The waiver of "{waiver.rule}" for "{waiver.issue}" by {waiver.owner}'
    if waiver.until is not None and waiver.has_expired(today):
        state = "and its finding is shown again" if late else "and there is nothing left to waive"
        return f"{about} ended on {waiver.until.isoformat()} {state}; renew it or delete it."
    return f"{about} covers no finding; delete it."
