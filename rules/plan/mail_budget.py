"""The mails a tracker sends because of us: who gets them, and how many of them people get in a week (row N8).

What a site really sends is decided by its notification scheme, which only an administrator may read. Assumed is Jira's
default scheme: assignee, reporter and watchers of an issue get one mail for a comment that is written, edited or
removed, for a sprint that changes, and for labels unless they are changed silently; all labels of an issue change in
one request. Jira tells how many watch, not who: watchers beyond assignee and reporter stand as one unnamed watcher for
each issue.
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
    """One mail to one person: about which issue (its id), because of what (labels, comment or sprint)."""

    issue: str
    about: str
    person: str


def readers(issue: Issue) -> tuple[str, ...]:
    """Who gets mail about an issue: accounts, and an unnamed watcher where more people watch than are named."""
    named = sorted({person for person in (issue.assignee, issue.reporter) if person})
    unnamed = (f"a watcher of {issue.key}",) if issue.watchers > len(named) else ()
    return (*named, *unnamed)


def mails_of(changes: Iterable[Change], snapshot: Snapshot, *, silent_labels: bool) -> tuple[Mail, ...]:
    """The mails these changes cause, if they take hold."""
    known = {issue.id: issue for issue in (*snapshot.history, *snapshot.issues)}
    loud = dict.fromkeys(
        (change.issue, about(change)) for change in changes if about(change) != LABELS or not silent_labels
    )
    return tuple(
        Mail(issue=issue, about=what, person=person)
        for issue, what in loud
        if issue in known
        for person in readers(known[issue])
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
    """The plan without what would send somebody more mails in a week than are allowed, the least pressing held first.

    `spent` counts the mails of the last seven days by person; `per_week` 0 is no limit. What people decided is written
    all the same, and counted first: moves into a sprint, and everything on the issues `asked` (their ids), where
    somebody waits for an answer or wants our marks gone.
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
    """The changes that mail together, or not at all: the labels of an issue, and each other change alone."""
    found: dict[tuple[str, str], list[Change]] = {}
    for change in plan.changes:
        found.setdefault((change.issue, about(change)), []).append(change)
    return map(tuple, found.values())


def about(change: Change) -> str:
    """What a mail because of this change is about: the labels of an issue together, its comment, or its sprint."""
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
        f"held back: it would be mail number {number} of this week to one person, and [write_back] mails_per_week "
        f"allows {per_week}; it comes when the week has room"
    )
