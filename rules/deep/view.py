"""The backlog as the four letters see it: the issues that count, which of them are ready, and how the backlog moved.

A view is cheap to make again, which is how the gain of an action is known: apply it, score again, compare.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from statistics import median

from rules.backlog.blockers import Blocker
from rules.backlog.distance import Size
from rules.backlog.index import Backlog
from rules.capacity.model import Range, TeamCapacity
from rules.deep.churn import NOTHING, BacklogHistory, remember
from rules.deep.model import BacklogState
from rules.model import Issue, Kind, Snapshot
from rules.text import Facts
from rules.verdict import Judgement

NEAR = 2.0
"""Sprints up to which an issue is near: the next two to three sprints are refined."""
FAR = 6.0
"""Sprints from which an issue is far: six of two weeks are two to three months."""
WORDS = 60
"""Words of prose that describe an issue fully."""
SAMPLE = 100_000
"""Characters of a text that are counted; descriptions are shorter, but people paste logs."""


@dataclass(frozen=True, kw_only=True)
class View:
    """One backlog to be scored.

    `ready` holds the keys of ready work (epics never are). By key: `facts` and `described` (0 to 1) of the text,
    `blocking`, the paths of the rules that keep an issue from being ready. `past` is what earlier runs saw.
    """

    backlog: Backlog
    ready: frozenset[str]
    facts: Mapping[str, Facts]
    described: Mapping[str, float]
    blocking: Mapping[str, tuple[str, ...]]
    past: BacklogHistory = NOTHING

    @property
    def snapshot(self) -> Snapshot:
        """What the tracker said."""
        return self.backlog.snapshot

    @property
    def capacities(self) -> tuple[TeamCapacity, ...]:
        """What each team can take in its next sprint."""
        return self.backlog.capacities

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The issues that count, in rank order."""
        return self.backlog.counted

    @property
    def now(self) -> datetime:
        """The day the snapshot was taken, at its first moment: all runs of a day over one backlog say the same."""
        return self.snapshot.taken_at.replace(hour=0, minute=0, second=0, microsecond=0)

    @cached_property
    def size(self) -> Mapping[str, Size]:
        """Key to size of the issues that count."""
        return {issue.key: self.backlog.sizes[issue.key] for issue in self.issues}

    @cached_property
    def usual_size(self) -> float:
        """Median issue size in points, assumed for issues that have left the tracker."""
        return median(size.points for size in self.size.values()) if self.size else 1.0

    @cached_property
    def away(self) -> Mapping[str, float]:
        """Key to distance in sprints of the issues that count; empty where no velocity is known."""
        known = self.backlog.distances if self.velocity else {}
        return {issue.key: known[issue.key] for issue in self.issues if issue.key in known}

    @cached_property
    def ranges(self) -> Mapping[str, Range]:
        """Points in the next sprint by team, only teams whose range is known."""
        known = ((capacity.team.name, capacity.points) for capacity in self.capacities)
        return {team: points for team, points in known if points is not None and points.p50 > 0}

    @property
    def velocity(self) -> float | None:
        """Typical velocity of all teams together, in points a sprint."""
        return self.backlog.velocity

    @cached_property
    def weight(self) -> Mapping[str, float]:
        """How much an issue matters, w = 2^(-distance/2), by key; 1 everywhere where no velocity is known."""
        return {issue.key: 2.0 ** (-self.away.get(issue.key, 0.0) / 2) for issue in self.issues}

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Key to place among the issues that count, 0 is the most important."""
        return {issue.key: place for place, issue in enumerate(self.issues)}

    @cached_property
    def placed(self) -> tuple[tuple[Issue, float], ...]:
        """The issues with their distance, in rank order; empty where no velocity is known."""
        return tuple((issue, self.away[issue.key]) for issue in self.issues) if self.away else ()

    @cached_property
    def dependencies(self) -> tuple[tuple[str, Blocker], ...]:
        """The key of each blocked issue with each of its open blockers, in rank order of the blocked issue."""
        return tuple((i.key, blocker) for i in self.issues for blocker in self.backlog.blockers_of(i.key))

    def within(self, first: float, last: float = float("inf")) -> list[Issue]:
        """The issues whose distance is at least `first` and below `last` sprints, in rank order."""
        return [issue for issue, away in self.placed if first <= away < last]

    def knows(self, subject: str) -> bool:
        """Whether the tracker can tell about it at all ("points", "links", "priority", ...)."""
        return subject not in self.snapshot.unavailable


def build_view(backlog: Backlog, judgement: Judgement, earlier: Sequence[BacklogState] = ()) -> View:
    """The view of what a run saw and judged."""
    verdicts = judgement.by_key
    judged = [issue for issue in backlog.counted if issue.key in verdicts]
    return View(
        backlog=backlog,
        ready=frozenset(i.key for i in judged if verdicts[i.key].ready and i.kind is not Kind.EPIC),
        facts={issue.key: verdicts[issue.key].facts for issue in judged},
        described={issue.key: _described(issue) for issue in backlog.open},
        blocking={i.key: tuple(finding.rule for finding in verdicts[i.key].missing) for i in judged},
        past=remember(backlog.snapshot, earlier),
    )


def rebuild_view(view: View, issues: Sequence[Issue], ready: frozenset[str]) -> View:
    """The same backlog with `issues` in place of those that count; all other issues stay where they are."""
    following = iter(issues)
    merged: list[Issue] = []
    for issue in view.snapshot.issues:
        if issue.key not in view.rank:
            merged.append(issue)
        elif (new := next(following, None)) is not None:
            merged.append(new)
    return replace(view, backlog=view.backlog.with_issues([*merged, *following]), ready=ready)


def _described(issue: Issue) -> float:
    if sum(len(block.text) for block in issue.document.blocks) > SAMPLE:
        return 1.0
    return min(1.0, issue.document.words / WORDS)
