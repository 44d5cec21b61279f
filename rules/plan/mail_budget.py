"""The mails a tracker sends because of our changes: who gets them, and the limit per person and week.

A site's notification scheme decides what is sent, and only administrators can read it. Assumed is Jira's
default scheme: assignee, reporter and watchers of an issue get one mail for a comment that is added, edited or
deleted, for a changed sprint, and for labels unless they are changed silently; all labels of an issue change in
one request. Jira shows how many people watch, not who: watchers besides assignee and reporter count as one unnamed
watcher per issue.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from rules.model import Issue, Snapshot
from rules.plan.changes import (
    COMMENT,
    SPRINT,
    AddLabel,
    Change,
    ChangePlan,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    RemoveLabel,
    mark_of,
)

WEEK = timedelta(days=7)
LABELS = "labels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail to one person: the issue (its id), and what changed (labels, comment or sprint)."""

    issue: str
    about: str
    person: str


def readers(issue: Issue) -> tuple[str, ...]:
    """Who gets mail about an issue: accounts, and an unnamed watcher where more people watch."""
    named = sorted({person for person in (issue.assignee, issue.reporter) if person})
    unnamed = (f"a watcher of {issue.key}",) if issue.watchers > len(named) else ()
    return (*named, *unnamed)


def mails_of(changes: Iterable[Change], snapshot: Snapshot, *, silent_labels: bool) -> tuple[Mail, ...]:
    """The mails that these changes cause."""
    issues = {issue.id: issue for issue in (*snapshot.history, *snapshot.issues)}
    loud = dict.fromkeys(
        (change.issue, about(change)) for change in changes if about(change) != LABELS or not silent_labels
    )
    return tuple(
        Mail(issue=issue, about=what, person=person)
        for issue, what in loud
        if issue in issues
        for person in readers(issues[issue])
    )


def hold_mails(
    plan: ChangePlan,
    snapshot: Snapshot,
    spent: Mapping[str, int],
    *,
    per_week: int,
    silent_labels: bool,
    asked: Collection[str] = (),
) -> ChangePlan:
    """The plan without changes that exceed a person's mails per week; the least urgent changes wait first.

    `spent` counts the mails of the last seven days by person; `per_week` 0 sets no limit. What people decided goes
    through and counts first: moves into a sprint, and everything on the issues `asked` (their ids), where
    a person waits for an answer or wants our marks removed.
    """
    if not per_week:
        return plan
    counts, held = Counter(spent), {}
    for request in sorted(_requests(plan), key=lambda request: _pressing(request, asked)):
        people = [mail.person for mail in mails_of(request, snapshot, silent_labels=silent_labels)]
        most = max((counts[person] for person in people), default=-1) + 1
        if most > per_week and _pressing(request, asked):
            held.update(dict.fromkeys(request, _why(most, per_week)))
        else:
            counts.update(people)
    return plan.holding(held)


def _requests(plan: ChangePlan) -> Iterable[tuple[Change, ...]]:
    """The changes that cause one mail together: the labels of an issue, and each other change alone."""
    requests: dict[tuple[str, str], list[Change]] = {}
    for change in plan.changes:
        requests.setdefault((change.issue, about(change)), []).append(change)
    return map(tuple, requests.values())


def about(change: Change) -> str:
    """The subject of the mail that a change causes: the issue's labels together, its comment, or its sprint."""
    mark = mark_of(change)
    return mark if mark in (COMMENT, SPRINT) and not isinstance(change, AddLabel | RemoveLabel) else LABELS


def _pressing(request: tuple[Change, ...], asked: Collection[str]) -> int:
    """0 for what people decided, 1 for what keeps an issue from being ready, 2 for the rest; by rank within each."""
    first = request[0]
    if first.issue in asked or isinstance(first, MoveToSprint | MoveToBacklog):
        return 0
    return 1 if isinstance(first, PutComment) and any(fix.must for fix in first.note.fixes) else 2


def _why(number: int, per_week: int) -> str:
    return (
        f"held back: it would be mail {number} this week to one person, [write_back] mails_per_week "
        f"allows {per_week}; it is written once the limit allows"
    )
