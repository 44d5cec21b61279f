"""Dry run: the tracker as it would be if writing were on, and a summary for the decision to switch it on."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from types import MappingProxyType

from rules.model import NO_MARKS, Issue, OwnMarks, Snapshot
from rules.plan.mail_budget import UNNAMED

WEEK = timedelta(days=7)
ROOM = 1.5  # a suggested limit is half as much again as the largest ordinary run
FEWEST, SMALLEST = 10, 0.05  # the lowest suggested limits, so that an ordinary day stays below them


def overlay(snapshot: Snapshot, real: Mapping[str, OwnMarks], virtual: Mapping[str, OwnMarks]) -> Snapshot:
    """The snapshot with the marks that dry runs would have left on its issues.

    `real` are, by issue id, our marks on the tracker, `virtual` those that would be there by now; an issue in neither
    has none. What people change meanwhile remains visible: their labels stay, and a
    sprint they choose takes precedence over ours.
    """

    def laid(issue: Issue) -> Issue:
        return _laid(issue, real.get(issue.id, NO_MARKS), virtual.get(issue.id, NO_MARKS))

    issues, history, left = (tuple(map(laid, known)) for known in (snapshot.issues, snapshot.history, snapshot.left))
    return replace(snapshot, issues=issues, history=history, left=left)


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
    """One run in the dry-run log: how many changes it would have written, on how many issues."""

    at: datetime
    changes: int
    issues: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The mails one person would have received: in the busiest seven days, and in total.

    `account` is the person's in the tracker, "" for unnamed watchers; `person` is the name, or the account where no
    name is known.
    """

    person: str
    busiest: int
    total: int
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoLive:
    """Summary of the dry-run log, for the decision to switch writing on.

    `first` is the first run, on a tracker without our marks; `largest` and `widest` are the most changes and the
    largest share of issues of any later run (of the first where it is the only one). `max_changes` and `max_share`
    are limits that ordinary runs stay below. `wave` is what the first run with writing on would write now: changes and
    issues; `first_max_changes` and `first_max_share` are limits that let it pass. `findings` is how many findings a
    baseline would accept today.
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
    wave: tuple[int, int]
    first_max_changes: int
    first_max_share: float
    findings: int
    post: tuple[Post, ...] = ()


def go_live(  # noqa: PLR0913 - everything that the log holds, and the plan of this run
    pages: Sequence[Page],
    mails: Iterable[tuple[datetime, str]],
    *,
    since: datetime,
    until: datetime,
    in_scope: int,
    findings: int,
    wave: tuple[int, int] = (0, 0),
    names: Mapping[str, str] = MappingProxyType({}),
) -> GoLive:
    """Summarise the dry-run log: its pages (runs that would have written something), oldest first, and its mails.

    `wave` is what the first run with writing on would write now: changes and issues. `names` has the name of each
    account that is known.
    """
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
        max_changes=_roomy_number(largest),
        max_share=_roomy_share(widest),
        wave=wave,
        first_max_changes=_roomy_number(max(wave[0], largest)),
        first_max_share=_roomy_share(max(wave[1] / max(in_scope, 1), widest)),
        findings=findings,
        post=_post(mails, names),
    )


def _roomy_number(changes: int) -> int:
    """A limit of changes with room above this number."""
    return max(FEWEST, 10 * ceil(changes * ROOM / 10))


def _roomy_share(share: float) -> float:
    """A limit of issues, as a share of those in scope, with room above this one."""
    return min(1.0, max(SMALLEST, round(0.05 * ceil(share * ROOM / 0.05 - 1e-9), 2)))


def _post(mails: Iterable[tuple[datetime, str]], names: Mapping[str, str]) -> tuple[Post, ...]:
    """The mails by person, the person with the busiest week first."""
    by_account: defaultdict[str, list[datetime]] = defaultdict(list)
    for at, account in mails:
        by_account[account].append(at)
    posts = (
        Post(
            person=names.get(account, account),
            busiest=_busiest(times),
            total=len(times),
            account="" if account == UNNAMED else account,
        )
        for account, times in by_account.items()
    )
    return tuple(sorted(posts, key=lambda post: (-post.busiest, -post.total, post.person)))


def _busiest(times: Sequence[datetime]) -> int:
    """The most mails in any seven days; such a week may begin with any mail."""
    counts = Counter(times)
    return max(sum(number for at, number in counts.items() if begin <= at < begin + WEEK) for begin in counts)
