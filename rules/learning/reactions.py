"""How people react to findings that they were shown: what is fixed, and what is overridden.

A finding is followed from the run after which it is on the tracker, in our label or comment, until people react. What
was overridden is what they waived, whose label they removed, or with which they began or finished the issue all the
same. Findings that go without anybody's doing (a rule was changed, the issue left) say nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from rules.learning.options import LearningOptions
from rules.model import NO_MARKS, Issue, OwnMarks, Snapshot
from rules.plan.marks import reason_of
from rules.rule import Finding, Severity
from rules.verdict import BASELINE, Judgement, Ruleset, Verdict

SLACK = timedelta(minutes=15)
"""How late a tracker's search may show a change: it was made before the look that did not see it yet."""
SHOWN = {Severity.MUST, Severity.SHOULD}


class Reaction(StrEnum):
    """How a finding ended."""

    FIXED = "fixed"
    WAIVED = "waived"
    LABEL_REMOVED = "label-removed"
    IGNORED = "ignored"
    GONE = "gone"
    """Without a reaction of people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """A finding of a rule on an issue (its id): since when it is shown, and how and when it ended (`None`: not yet)."""

    issue: str
    rule: str
    first: datetime
    reaction: Reaction | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReactions:
    """The reactions to one rule's findings, as numbers of findings; `waiting` are those without one yet.

    `severity` is the one to propose, `None` where nothing is.
    """

    rule: str
    fixed_in_time: int
    fixed_later: int
    waived: int
    label_removed: int
    ignored: int
    waiting: int
    severity: Severity | None = None

    @property
    def fixed(self) -> int:
        """The findings that people fixed, in time or later."""
        return self.fixed_in_time + self.fixed_later

    @property
    def overridden(self) -> int:
        """The findings that people did not act on: waived, without label, or begun all the same."""
        return self.waived + self.label_removed + self.ignored

    @property
    def total(self) -> int:
        """All reactions."""
        return self.fixed + self.overridden


def reactions(shown: Iterable[ShownFinding], ruleset: Ruleset, options: LearningOptions) -> tuple[RuleReactions, ...]:
    """The reactions by rule, in the order of the names, with what to propose; none of rules that nobody was shown."""
    by_rule: dict[str, list[ShownFinding]] = {}
    for one in shown:
        by_rule.setdefault(one.rule, []).append(one)
    severities = {rule.path: rule.severity for rule in ruleset.product}
    counted = (_counted(rule, by_rule[rule], options) for rule in sorted(by_rule))
    return tuple(_with_proposal(one, severities.get(one.rule), options) for one in counted)


def _counted(rule: str, shown: Sequence[ShownFinding], options: LearningOptions) -> RuleReactions:
    counts = Counter(one.reaction for one in shown)
    limit = timedelta(days=options.fixed_within_days)
    fixed = (one for one in shown if one.reaction is Reaction.FIXED and one.at is not None)
    in_time = sum(one.at - one.first <= limit for one in fixed if one.at is not None)
    return RuleReactions(
        rule=rule,
        fixed_in_time=in_time,
        fixed_later=counts[Reaction.FIXED] - in_time,
        waived=counts[Reaction.WAIVED],
        label_removed=counts[Reaction.LABEL_REMOVED],
        ignored=counts[Reaction.IGNORED],
        waiting=counts[None],
    )


def _with_proposal(one: RuleReactions, severity: Severity | None, options: LearningOptions) -> RuleReactions:
    is_enough = one.total >= options.least_reactions
    if severity in SHOWN and is_enough and one.fixed < options.least_fixed * one.total:
        return replace(one, severity=Severity.INFO)
    return one


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one run saw, after it wrote.

    `marks` are what is ours on the tracker by issue id, `since` is when the run before looked (`None` for the first),
    `not_ready` the label of issues that are not ready.
    """

    snapshot: Snapshot
    judgement: Judgement
    marks: Mapping[str, OwnMarks]
    not_ready: str
    since: datetime | None

    def marks_on(self, issue: Issue) -> OwnMarks:
        """What is ours on an issue."""
        return self.marks.get(issue.id, NO_MARKS)


def followed(waiting: Iterable[ShownFinding], look: Look) -> tuple[ShownFinding, ...]:
    """What changed since the last look: findings that ended now, and new ones. Those that go on waiting are left out.

    Nothing changes where the backlog came back empty: that is a slip in the query.
    """
    if not look.snapshot.issues:
        return ()
    waiting = tuple(waiting)
    now = look.snapshot.taken_at
    ended = tuple(
        replace(one, reaction=reaction, at=now) for one in waiting if (reaction := _reaction(one, look)) is not None
    )
    open_ones = {(one.issue, one.rule) for one in waiting}
    return (*ended, *(one for one in _new(look) if (one.issue, one.rule) not in open_ones))


def _new(look: Look) -> Iterator[ShownFinding]:
    """The findings that are on the tracker in our label or comment, of issues that nobody began yet."""
    for verdict in look.judgement.near:
        if look.snapshot.is_running(verdict.issue) or _is_label_refused(verdict, look):
            continue
        marks = look.marks_on(verdict.issue)
        for rule in sorted({one.rule for one in verdict.open_findings if _is_shown(one, marks, look)}):
            yield ShownFinding(issue=verdict.issue.id, rule=rule, first=look.snapshot.taken_at)


def _is_shown(finding: Finding, marks: OwnMarks, look: Look) -> bool:
    """A comment names what must and what should be there; a label names what must be there."""
    by_label = finding.severity is Severity.MUST and look.not_ready in marks.labels
    return finding.severity in SHOWN and (by_label or marks.comment is not None)


def _reaction(one: ShownFinding, look: Look) -> Reaction | None:
    """How a finding ended; `None` while it goes on."""
    issue = look.snapshot.by_id.get(one.issue)
    if issue is not None and not issue.is_open:
        return Reaction.IGNORED if issue.sprints else Reaction.GONE
    verdict = look.judgement.by_key.get(issue.key) if issue is not None else None
    if verdict is None:
        return Reaction.GONE
    findings = [finding for finding in verdict.findings if finding.rule == one.rule and finding.severity in SHOWN]
    return _when_there(findings, verdict, look) if findings else _when_missing(one, verdict, look)


def _when_there(findings: Sequence[Finding], verdict: Verdict, look: Look) -> Reaction | None:
    """What people did with findings that are still there."""
    if all(finding.waived for finding in findings):
        return Reaction.GONE if findings[0].waived.startswith(BASELINE) else Reaction.WAIVED
    if any(finding.severity is Severity.MUST for finding in findings) and _is_label_refused(verdict, look):
        return Reaction.LABEL_REMOVED
    return Reaction.IGNORED if look.snapshot.is_running(verdict.issue) else None


def _when_missing(one: ShownFinding, verdict: Verdict, look: Look) -> Reaction:
    """Fixed, where the rule passes now and a person changed the issue since the last look."""
    since = max(one.first, look.since or one.first) - SLACK
    is_changed = verdict.issue.last_human_edit >= since
    return Reaction.FIXED if one.rule in verdict.passed and is_changed else Reaction.GONE


def _is_label_refused(verdict: Verdict, look: Look) -> bool:
    """Whether a person removed our label for these very findings; what an undo removed is not meant."""
    return (look.not_ready, reason_of(verdict)) in look.marks_on(verdict.issue).refused
