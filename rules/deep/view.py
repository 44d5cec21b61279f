"""The backlog as the four letters see it: the issues that count, which of them are ready, and how the backlog moved.

A view is cheap to make again, which is how the gain of an action is known: apply it, score again, compare.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from statistics import median
from types import MappingProxyType

from rules.backlog.blockers import Blocker
from rules.backlog.distance import Size
from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.deep.churn import NOTHING, BacklogHistory
from rules.deep.estimates import UNKNOWN, EstimateHistory
from rules.deep.measure import Measures
from rules.model import Issue, Kind, Snapshot
from rules.text import Facts
from rules.verdict import Verdict

NEAR = 2.0
"""Sprints up to which an issue is near: the next two to three sprints are refined."""
FAR = 6.0
"""Sprints from which an issue is far: six of two weeks are two to three months."""
HORIZON = 3.0
"""Sprints ahead that should be ready, where the rules do not say otherwise."""


Judge = Callable[[Backlog, Issue], Verdict]
"""The verdict on one issue of a backlog."""


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """One backlog to be scored.

    By key: `verdicts`, and the number of `words` of each description. `judge` gives the verdict on an issue in a
    changed backlog, for asking "what if". `past` is how the backlog changed, `estimates` how its estimates came about.
    `measures` holds the options to measure by, `horizon` the sprints ahead that should be ready. Two views are never
    equal, so that what is worked out for one may be kept by the view.
    """

    backlog: Backlog
    verdicts: Mapping[str, Verdict]
    words: Mapping[str, int]
    judge: Judge
    measures: Measures
    past: BacklogHistory = NOTHING
    estimates: EstimateHistory = UNKNOWN
    horizon: float = HORIZON

    @cached_property
    def ready(self) -> frozenset[str]:
        """Keys of ready work; epics never are."""
        verdicts = self.verdicts.items()
        return frozenset(key for key, verdict in verdicts if verdict.ready and verdict.issue.kind is not Kind.EPIC)

    @cached_property
    def facts(self) -> Mapping[str, Facts]:
        """What was read in each issue's text."""
        return {key: verdict.facts for key, verdict in self.verdicts.items()}

    @cached_property
    def missing(self) -> Mapping[str, tuple[str, ...]]:
        """Paths of the rules that keep each issue from being ready now, accepted ones among them."""
        return {key: tuple(f.rule for f in verdict.missing) for key, verdict in self.verdicts.items()}

    @property
    def snapshot(self) -> Snapshot:
        """What the tracker holds."""
        return self.backlog.snapshot

    @property
    def capacities(self) -> tuple[TeamCapacity, ...]:
        """What each team can take in its next sprint."""
        return self.backlog.capacities

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The issues that count, in rank order."""
        return self.backlog.counted

    @cached_property
    def now(self) -> datetime:
        """The day the snapshot was taken, at its first moment: all runs of a day over one backlog give the same."""
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
        distances = self.backlog.distances if self.velocity else {}
        return {issue.key: distances[issue.key] for issue in self.issues if issue.key in distances}

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
        """Whether the tracker can show it at all ("points", "links", "priority", ...)."""
        return subject not in self.snapshot.unavailable


def rebuild_view(
    view: View,
    issues: Sequence[Issue],
    *,
    settled: Mapping[str, Collection[str]] = MappingProxyType({}),
    parts: Mapping[str, str] = MappingProxyType({}),
) -> View:
    """The same backlog with `issues` in place of those that count; all other issues stay where they are.

    Issues that changed, or moved within the next sprints, are judged again. `settled` holds by key the rules whose
    findings are taken as fixed. `parts` maps the key of a part of a split issue to the key of the whole.
    """
    backlog = view.backlog.with_issues(_merged(view, issues))
    former = {issue.key: issue for issue in view.issues}
    verdicts: dict[str, Verdict] = {}
    for issue in backlog.counted:
        whole = parts.get(issue.key, issue.key)
        verdict = view.verdicts.get(whole)
        if verdict is None:
            continue
        if issue.key not in parts and (issue is not former.get(issue.key) or _has_moved(view, backlog, issue.key)):
            verdict = view.judge(backlog, issue)
        if verdict.issue is not issue:
            verdict = replace(verdict, issue=issue)
        verdicts[issue.key] = _settled(verdict, settled[issue.key]) if issue.key in settled else verdict
    words = {**view.words, **{part: view.words[whole] for part, whole in parts.items()}}
    return replace(view, backlog=backlog, verdicts=verdicts, words=words)


def _merged(view: View, issues: Sequence[Issue]) -> list[Issue]:
    following = iter(issues)
    merged: list[Issue] = []
    for issue in view.snapshot.issues:
        if issue.key not in view.rank:
            merged.append(issue)
        elif (new := next(following, None)) is not None:
            merged.append(new)
    return [*merged, *following]


def _has_moved(view: View, backlog: Backlog, key: str) -> bool:
    """Whether its place, or that of a blocker, changed less than `FAR` sprints away: there places matter to rules."""
    if view.backlog.rank.get(key) == backlog.rank.get(key) and key not in backlog.blockers:
        return False
    return min(view.backlog.distances.get(key, 0.0), backlog.distances.get(key, 0.0)) < FAR


def _settled(verdict: Verdict, rules: Collection[str]) -> Verdict:
    findings = tuple(finding for finding in verdict.findings if finding.rule not in rules)
    return replace(verdict, findings=findings, due=tuple(due for due in verdict.due if due.rule not in rules))
