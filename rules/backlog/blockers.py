"""What blocks each issue, and whether the blocker comes in time: the one place that reads blocking links.

A link is read from whichever of the two issues holds it. A blocker that is done blocks nothing; one whose state the
tracker does not show counts as open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.model import Category, Issue, LinkKind, Snapshot, Sprint


class Timing(StrEnum):
    """Whether an open blocker comes before the issue it blocks."""

    PLANNED = "planned"
    """It is in a sprint, and the issue is in none or in one that does not start earlier."""
    ABOVE = "above"
    """Neither is in a sprint, and the blocker is ranked above the issue."""
    LATE = "late"
    """It is ranked below the issue, or in a later sprint, or in no sprint while the issue is in one."""
    OUTSIDE = "outside"
    """It is not in this backlog, and the tracker does not say that it is done."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """An open issue that blocks another: its key, when it comes, and the issue itself where it is known."""

    key: str
    timing: Timing
    issue: Issue | None = None

    @property
    def in_time(self) -> bool:
        """Whether it comes before the issue it blocks, as far as sprint and rank show."""
        return self.timing in {Timing.PLANNED, Timing.ABOVE}


_BLOCKING = frozenset({LinkKind.BLOCKED_BY, LinkKind.BLOCKS})

Blockers = Mapping[str, tuple[Blocker, ...]]


def blockers_of(snapshot: Snapshot, rank: Mapping[str, int]) -> Blockers:
    """Key of each open issue to its open blockers, sorted by key. `rank` is each backlog issue's place, 0 the first."""
    issues = snapshot.by_key
    blockers: dict[str, list[Blocker]] = {}
    for blocked, blocker in _open_pairs(snapshot):
        if (issue := issues.get(blocked)) is not None:
            timing = _timing(blocker, issue, snapshot, rank)
            blockers.setdefault(blocked, []).append(Blocker(blocker, timing, issues.get(blocker)))
    return {key: tuple(ahead) for key, ahead in blockers.items()}


def waiting_on(snapshot: Snapshot) -> Mapping[str, tuple[str, ...]]:
    """The other direction: key to the keys of the open issues that it blocks, sorted."""
    blocked_by: dict[str, list[str]] = {}
    for blocked, blocker in _open_pairs(snapshot):
        blocked_by.setdefault(blocker, []).append(blocked)
    return {key: tuple(waiting) for key, waiting in blocked_by.items()}


def blocked_by_itself(snapshot: Snapshot) -> tuple[str, ...]:
    """Keys of the open issues that are linked to themselves."""
    return tuple(
        issue.key
        for issue in snapshot.by_key.values()
        if issue.links
        and issue.is_open
        and any(link.key == issue.key and link.kind in _BLOCKING for link in issue.links)
    )


def _open_pairs(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Every pair of a blocked issue and its blocker once, both open, sorted."""
    issues = snapshot.by_key
    category_of: dict[str, Category | None] = {}  # what a link says of an issue that the snapshot does not hold
    pairs: set[tuple[str, str]] = set()
    for issue in issues.values():
        for link in issue.links:
            if link.kind in _BLOCKING and link.key != issue.key:
                pairs.add((issue.key, link.key) if link.kind is LinkKind.BLOCKED_BY else (link.key, issue.key))
                category_of[link.key] = link.category
    linked = {key for pair in pairs for key in pair}
    done = {key for key in linked if (issues[key].category if key in issues else category_of[key]) is Category.DONE}
    return sorted(pair for pair in pairs if done.isdisjoint(pair))


def starts_after(one: Issue, other: Issue, sprints: Mapping[str, Sprint]) -> bool:
    """Whether the sprint of `one` starts after that of `other`; sprints without dates come last."""
    first, second = sprints.get(one.sprint or ""), sprints.get(other.sprint or "")
    if first is None or first.start is None:
        return first is not second
    return second is not None and second.start is not None and first.start > second.start


def _timing(key: str, issue: Issue, snapshot: Snapshot, rank: Mapping[str, int]) -> Timing:
    blocker = snapshot.by_key.get(key)
    if blocker is None:
        return Timing.OUTSIDE
    if blocker.sprint is not None:
        # The sprints of a team that is left out are not known; that alone makes nothing late.
        unknown = bool(snapshot.stopped) and blocker.sprint not in snapshot.sprint_by_id
        in_time = unknown or issue.sprint is None or not starts_after(blocker, issue, snapshot.sprint_by_id)
        return Timing.PLANNED if in_time else Timing.LATE
    if key not in rank:
        return Timing.OUTSIDE
    above = issue.sprint is None and rank[key] < rank.get(issue.key, len(rank))
    return Timing.ABOVE if above else Timing.LATE
