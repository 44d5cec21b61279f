"""Shadow mode (row N7): the tracker as it would be had we been allowed to write, and what going live would mean."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from rules.model import NO_MARKS, Issue, OwnMarks, Snapshot

WEEK = timedelta(days=7)
ROOM = 1.5  # a limit leaves the largest ordinary pass half as much again
FEWEST, SMALLEST = 10, 0.05  # no limit below these: an ordinary day would run into it


def overlay(snapshot: Snapshot, real: Mapping[str, OwnMarks], virtual: Mapping[str, OwnMarks]) -> Snapshot:
    """The snapshot with what we would have left on its issues.

    `real` is, by issue id, what is ours on the tracker, `virtual` what would be ours by now; an issue that neither
    knows bears nothing of us. What people do to the tracker meanwhile shows through: a label of theirs stays, and a
    sprint they choose wins over ours.
    """

    def laid(issue: Issue) -> Issue:
        return _laid(issue, real.get(issue.id, NO_MARKS), virtual.get(issue.id, NO_MARKS))

    return replace(snapshot, issues=tuple(map(laid, snapshot.issues)), history=tuple(map(laid, snapshot.history)))


def _laid(issue: Issue, real: OwnMarks, virtual: OwnMarks) -> Issue:
    labels = (issue.labels - (real.labels - virtual.labels)) | (virtual.labels - real.labels)
    laid = replace(issue, labels=labels, marks=virtual)
    moved = virtual.sprint is not None and virtual.sprint != real.sprint
    if moved and virtual.sprint is not None and issue.sprint is None:
        sprints = tuple(dict.fromkeys((*issue.sprints, virtual.sprint)))
        return replace(laid, sprint=virtual.sprint, sprints=sprints)
    return laid


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One pass of the diary: how much it would have written, and on how many issues."""

    at: datetime
    changes: int
    issues: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The mails one person would have had: those of the busiest seven days, and of all days."""

    person: str
    busiest: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoLive:
    """What a time of shadow taught, for the one who decides to switch writing on.

    `first` is the pass that would have met a tracker without us; `largest` and `widest` are the most changes and the
    largest share of issues of any later pass (of the first where it is the only one). `max_changes` and `max_share`
    are limits that ordinary passes stay below. `findings` is how many a baseline would accept today.
    """

    since: datetime
    until: datetime
    entries: int
    passes: int
    first: Page | None
    largest: int
    widest: float
    max_changes: int
    max_share: float
    findings: int
    post: tuple[Post, ...] = ()


def go_live(
    pages: Sequence[Page],
    mails: Iterable[tuple[datetime, str]],
    *,
    since: datetime,
    until: datetime,
    in_scope: int,
    findings: int,
) -> GoLive:
    """Sum up the diary: its pages (passes that would have written something), oldest first, and its mails."""
    ordinary = pages[1:] or pages
    largest = max((page.changes for page in ordinary), default=0)
    widest = max((page.issues for page in ordinary), default=0) / max(in_scope, 1)
    return GoLive(
        since=since,
        until=until,
        entries=sum(page.changes for page in pages),
        passes=len(pages),
        first=pages[0] if pages else None,
        largest=largest,
        widest=min(1.0, widest),
        max_changes=max(FEWEST, 10 * ceil(largest * ROOM / 10)),
        max_share=min(1.0, max(SMALLEST, round(0.05 * ceil(widest * ROOM / 0.05 - 1e-9), 2))),
        findings=findings,
        post=_post(mails),
    )


def _post(mails: Iterable[tuple[datetime, str]]) -> tuple[Post, ...]:
    """Everybody's mails, the one with the busiest week first."""
    by_person: defaultdict[str, list[datetime]] = defaultdict(list)
    for at, person in mails:
        by_person[person].append(at)
    found = (Post(person=person, busiest=_busiest(times), total=len(times)) for person, times in by_person.items())
    return tuple(sorted(found, key=lambda post: (-post.busiest, -post.total, post.person)))


def _busiest(times: Sequence[datetime]) -> int:
    """The most mails in any seven days: a busiest week may begin with any mail."""
    counts = Counter(times)
    return max(sum(number for at, number in counts.items() if begin <= at < begin + WEEK) for begin in counts)
