"""From a snapshot and a ruleset to a judgement: for each issue, for each rule, one answer.

Pure and in a stable order: the same snapshot and ruleset give the same judgement, word for word.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from rules.asked import Asked, Questions
from rules.backlog.index import Backlog
from rules.causes import with_parts
from rules.document import Document
from rules.model import Category, Issue, Kind, Product, Snapshot
from rules.rule import (
    WEIGHTS,
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
    def findings(self) -> tuple[Finding, ...]:
        """The findings in the order of reports."""
        return tuple(finding for _, finding in sorted(self.failed, key=_smallest_fix_first)) if self.failed else ()


@dataclass(frozen=True, slots=True)
class _PassedRules:
    """Rules that an issue meets, in one value for all issues that meet the same ones; there are few such sets."""

    paths: tuple[str, ...]
    labels: tuple[str, ...]
    weight: int


class _Evaluation:
    """One evaluation: asks the rules, and collects what is reported once at its end."""

    def __init__(self, backlog: Backlog, ruleset: Ruleset) -> None:
        self.backlog = backlog
        self.ruleset = ruleset
        self.today = backlog.snapshot.taken_at.date()
        self.unavailable: defaultdict[str, set[str]] = defaultdict(set)
        self.errors: list[RuleError] = []
        self.questions: dict[Scope, Questions] = {}
        self.agent_questions: dict[Kind, Questions] = {}
        self.passed: dict[tuple[int, ...], _PassedRules] = {}
        self.used: set[Waiver] = set()
        self.late: set[Waiver] = set()

    def judge(self, issue: Issue) -> Verdict:
        """Ask every rule that applies and weigh the answers."""
        subject = Subject(issue=issue, backlog=self.backlog)
        team, distance = subject.team, subject.distance
        questions = self._questions_for(team.name if team else "", issue.kind, self.ruleset.work_of(issue))
        answers = self._answers(questions.at(distance), subject)
        passed = self._shared(answers.passed)
        return Verdict(
            issue=issue,
            score=_score(passed.weight, answers.failed),
            findings=with_parts(answers.findings, answers.reasons),
            passed=passed.paths,
            facts=subject.reading.facts,
            distance=distance,
            in_horizon=self.backlog.is_within(issue.key, self.ruleset.horizon),
            due=self._due(answers) if answers.due else (),
            checked=passed.labels,
            agent=self._judge_for_agent(subject) if self.ruleset.agent else None,
        )

    def _questions_for(self, team: str, kind: Kind, work: str) -> Questions:
        """The rules that such an issue is asked; a large backlog has few kinds of them."""
        scope = (team, kind, work)
        if scope not in self.questions:
            self.questions[scope] = Questions(self.ruleset.for_issue(team, kind, work), kind)
        return self.questions[scope]

    def _shared(self, rules: Sequence[ReadyRule]) -> _PassedRules:
        names = tuple(map(id, rules))  # the ruleset holds them, and to hash a rule takes as long as to ask it
        if names not in self.passed:
            self.passed[names] = _PassedRules(
                paths=tuple(rule.path for rule in rules),
                labels=tuple(rule.label for rule in rules),
                weight=_weight(rules),
            )
        return self.passed[names]

    def _due(self, answers: _Answers) -> tuple[Due, ...]:
        later = with_parts((finding for _, finding in answers.due), answers.reasons)
        return tuple(
            Due(finding=finding, within=rule.within_sprints or 0.0, boxes=self.backlog.boxes)
            for (rule, _), finding in zip(answers.due, later, strict=True)
        )

    def _judge_for_agent(self, subject: Subject) -> AgentVerdict | None:
        kind = subject.issue.kind
        if kind not in self.agent_questions:
            self.agent_questions[kind] = Questions(self.ruleset.agent, kind)
        answers = self._answers(self.agent_questions[kind].at(subject.distance), subject)
        if not (answers.failed or answers.passed):
            return None
        return AgentVerdict(findings=answers.findings, passed=self._shared(answers.passed).paths)

    def _answers(self, asked: Asked, subject: Subject) -> _Answers:
        answers = _Answers()
        for rule, near in asked:
            try:
                answer = rule.check(subject)
            except Exception as error:  # noqa: BLE001 - one broken rule (a plug-in's, perhaps) must not end the run
                message = f"{type(error).__name__}: {error}"
                self.errors.append(RuleError(rule=rule.path, subject=subject.issue.key, error=message))
                continue
            match answer:
                case Passed():
                    if near:
                        answers.passed.append(rule)
                case Failed():
                    finding = self._waive(_finding(rule, subject, answer, self._fingerprint(rule, subject, answer)))
                    (answers.failed if near else answers.due).append((rule, finding))
                    answers.reasons[rule.path] = answer.reason
                case NotApplicable(unavailable=what) if what:
                    self.unavailable[what].add(rule.path)
        return answers

    def unused_waivers(self) -> tuple[str, ...]:
        """One sentence for each waiver that covered nothing or whose last day has passed, in the order given."""
        return tuple(
            _uselessness(waiver, self.today, waiver in self.late)
            for waiver in self.ruleset.waivers
            if waiver not in self.used
        )

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


def _score(passed: int, failed: Sequence[tuple[ReadyRule, Finding]]) -> int:
    """100 times the weights passed by the weights that applied; 100 where no rule had a say."""
    total = passed + _weight(rule for rule, _ in failed)
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
