"""What another configuration would change: which verdicts, and what would be written and mailed because of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rules.model import Issue, OwnMarks, Snapshot
from rules.plan.changes import COMMENT, SPRINT, Change, PutComment
from rules.plan.dry_run import overlay
from rules.plan.mail_budget import LABELS, Audience, mails_of, requests_of
from rules.plan.marks import after, marks_of
from rules.verdict import Judgement, State, Verdict


@dataclass(frozen=True, slots=True)
class PastVerdict:
    """The verdict that a run gave on an issue: the state, the score, and the rules that failed, those not due last."""

    key: str
    state: State
    score: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """An issue that gets another verdict.

    `fails` are the rules that fail only now, `passes` those that failed only before. Both are empty where the same
    rules fail as before and are due at another time; `rules` are all that fail now.
    """

    key: str
    before: State
    after: State
    fails: tuple[str, ...]
    passes: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writes:
    """What would be written because of it: on how many issues labels change, comments change, and sprints.

    `mails` is how many mails that sends, by account; watchers whose names are not known count as one.
    `waiting` is how many of the changes would wait, for the weekly limit of mails or another reason.
    """

    labels: int = 0
    comments: int = 0
    moves: int = 0
    mails: Mapping[str, int]
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The comparison of an earlier day with what another configuration says of it.

    `issues` is how many issues have a verdict, `unknown` what could not be compared.
    """

    day: date
    taken_at: datetime
    run: str
    issues: int
    flips: tuple[Flip, ...]
    writes: Writes
    unknown: tuple[str, ...]


def verdict_of(verdict: Verdict) -> PastVerdict:
    """What is kept of a verdict."""
    return PastVerdict(verdict.issue.key, verdict.state, verdict.score, _failing(verdict))


def flips_of(before: Mapping[str, PastVerdict], judgement: Judgement) -> tuple[Flip, ...]:
    """The issues with another verdict than before, in rank order; `before` is by issue id."""
    pairs = ((before.get(verdict.issue.id), verdict) for verdict in judgement.verdicts)
    return tuple(
        Flip(
            key=verdict.issue.key,
            before=was.state,
            after=verdict.state,
            fails=tuple(rule for rule in _failing(verdict) if rule not in was.rules),
            passes=tuple(rule for rule in was.rules if rule not in _failing(verdict)),
            rules=_failing(verdict),
        )
        for was, verdict in pairs
        if was is not None and was.state is not verdict.state
    )


def as_written(
    snapshot: Snapshot, memory: Mapping[str, OwnMarks], changes: Iterable[Change]
) -> tuple[Snapshot, dict[str, OwnMarks]]:
    """The snapshot after these changes, and what is ours then; `memory` is what was ours before, by issue id."""
    real = {issue.id: marks_of(issue, memory) for issue in snapshot.by_id.values()}
    ours = dict(real)
    for change in changes:
        if change.issue in ours:
            comment = f"would-be-{change.issue}" if isinstance(change, PutComment) else None
            ours[change.issue] = after(ours[change.issue], change, ours[change.issue].comment or comment)
    return overlay(snapshot, real, ours), ours


def writes_of(
    changes: Sequence[Change], issues: Mapping[str, Issue], audience: Audience, *, waiting: int = 0
) -> Writes:
    """What these changes come to; `issues` are by id, `audience` is who gets mail as far as that is known."""
    subjects = Counter(what for _, what in requests_of(changes))
    mails = Counter(mail.person for mail in mails_of(changes, issues, audience))
    return Writes(
        labels=subjects[LABELS],
        comments=subjects[COMMENT],
        moves=subjects[SPRINT],
        mails=dict(mails),
        waiting=waiting,
    )


def _failing(verdict: Verdict) -> tuple[str, ...]:
    findings = (*verdict.missing, *(due.finding for due in verdict.due))
    return tuple(dict.fromkeys(finding.rule for finding in findings))
