"""The backlog as the four letters see it: the issues that count, which of them are ready, and how the backlog moved.

A view is cheap to make again, which is how the gain of an action is known: apply it, score again, compare. The new view
knows the former one and what differs, so that only that is worked out again.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, wraps
from itertools import count, takewhile
from statistics import median
from types import MappingProxyType
from typing import TypeVar
from weakref import WeakKeyDictionary

from rules.backlog.blockers import Blocker
from rules.backlog.distance import Size
from rules.backlog.index import Backlog
from rules.backlog.what_if import with_issues
from rules.capacity.model import TeamCapacity
from rules.capacity.time_boxes import TimeBoxes
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
WEIGHTLESS = 150.0
"""Sprints from which an issue weighs less than 2^-75: a million of them change no sum of weights."""
HORIZON = 3.0
"""Sprints ahead that should be ready, where the rules do not say otherwise."""


T = TypeVar("T")

Judge = Callable[[Backlog, Issue], Verdict]
"""The verdict on one issue of a backlog."""


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """One backlog to be scored.

    By key: `verdicts`, and the number of `words` of each description. `judge` gives the verdict on an issue in a
    changed backlog, for asking "what if". `past` is how the backlog changed, `estimates` how its estimates came about.
    `measures` holds the options to measure by, `horizon` the sprints ahead that should be ready. A view that was made
    from a `former` one names in `touched` the keys of issues that are new or changed, or have another verdict. Two
    views are never equal, so that what is worked out for one may be kept by the view.
    """

    backlog: Backlog
    verdicts: Mapping[str, Verdict]
    words: Mapping[str, int]
    judge: Judge
    measures: Measures
    past: BacklogHistory = NOTHING
    estimates: EstimateHistory = UNKNOWN
    horizon: float = HORIZON
    former: "View | None" = None
    touched: frozenset[str] = frozenset()

    @cached_property
    def ready(self) -> frozenset[str]:
        """Keys of ready work; epics never are."""
        if self.former is None:
            return self._ready_among(self.verdicts.keys())
        same = (self.former.ready - self.touched) & self.verdicts.keys()
        return same | self._ready_among(self.touched & self.verdicts.keys())

    def _ready_among(self, keys: AbstractSet[str]) -> frozenset[str]:
        judged = ((key, self.verdicts[key]) for key in keys)
        return frozenset(key for key, verdict in judged if verdict.ready and verdict.issue.kind is not Kind.EPIC)

    def facts(self, key: str) -> Facts | None:
        """What was read in an issue's text; `None` where it was not judged."""
        verdict = self.verdicts.get(key)
        return verdict.facts if verdict is not None else None

    @cached_property
    def missing(self) -> Mapping[str, tuple[str, ...]]:
        """Paths of the rules that keep each issue from being ready now, accepted ones among them."""
        judged = ((key, verdict.missing) for key, verdict in self.verdicts.items() if verdict.findings)
        return {key: tuple(finding.rule for finding in missing) for key, missing in judged if missing}

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

    @property
    def boxes(self) -> TimeBoxes:
        """How texts count sprints."""
        return self.backlog.boxes

    @cached_property
    def now(self) -> datetime:
        """The day the snapshot was taken, at its first moment: all runs of a day over one backlog give the same."""
        return self.snapshot.taken_at.replace(hour=0, minute=0, second=0, microsecond=0)

    @cached_property
    def size(self) -> Mapping[str, Size]:
        """Key to size of the issues that count."""
        sizes = self.backlog.sizes
        return {key: sizes[key] for key in self.by_key}

    @cached_property
    def usual_size(self) -> float:
        """Median issue size in points, assumed for issues that have left the tracker."""
        return median(size.points for size in self.size.values()) if self.size else 1.0

    @cached_property
    def away(self) -> Mapping[str, float]:
        """Key to distance in sprints of the issues that count; empty where no velocity is known."""
        away = self.backlog.distances if self.velocity else {}
        return {key: away[key] for key in self.by_key if key in away}

    @property
    def velocity(self) -> float | None:
        """Typical velocity of all teams together, in points a sprint."""
        return self.backlog.velocity

    def weight(self, key: str) -> float:
        """How much an issue matters, w = 2^(-distance/2); 1 everywhere where no velocity is known."""
        return weight_at(self.away.get(key, 0.0))

    @cached_property
    def by_key(self) -> Mapping[str, Issue]:
        """The issues that count by key, in rank order."""
        return self.backlog.counted_by_key

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Key to place among the issues that count, 0 is the most important."""
        return dict(zip(self.by_key, count(), strict=False))

    @cached_property
    def placed(self) -> tuple[tuple[Issue, float], ...]:
        """The issues with their distance, in rank order, the nearest first; empty where no velocity is known."""
        return tuple((self.by_key[key], away) for key, away in self.away.items())

    @cached_property
    def _distances(self) -> list[float]:
        return [away for _, away in self.placed]

    def placed_before(self, sprints: float) -> tuple[tuple[Issue, float], ...]:
        """The placed issues whose distance is below so many sprints."""
        return self.placed[: bisect_left(self._distances, sprints)]

    def keeps(self, field: Callable[[Issue], object]) -> bool:
        """Whether the issues are those of the former view, each with the very same value of this field."""
        if self.former is None or self.by_key.keys() != self.former.by_key.keys():
            return False
        then, now = self.former.by_key, self.by_key
        return all(field(now[key]) is field(then[key]) for key in self.touched if key in now)

    def may_differ(self, zones: float) -> frozenset[str]:
        """The keys of what may have another answer than in the former view, to a question about an issue and its zone.

        All zones from so many sprints on are the same one.
        """
        if self.former is None:
            return frozenset(self.by_key)
        then, now = self.former.away, self.away
        near = (issue.key for view in (self, self.former) for issue, _ in view.placed_before(zones))
        return self.touched.union(key for key in near if then.get(key) != now.get(key))

    @cached_property
    def dependencies(self) -> tuple[tuple[str, Blocker], ...]:
        """The key of each blocked issue with each of its open blockers, in rank order of the blocked issue."""
        blocked = sorted((self.rank[key], key) for key in self.backlog.blockers if key in self.rank)
        return tuple((key, blocker) for _, key in blocked for blocker in self.backlog.blockers_of(key))

    def within(self, first: float, last: float = float("inf")) -> list[Issue]:
        """The issues whose distance is at least `first` and below `last` sprints, in rank order."""
        begin, end = (bisect_left(self._distances, sprints) for sprints in (first, last))
        return [issue for issue, _ in self.placed[begin:end]]

    def knows(self, subject: str) -> bool:
        """Whether the tracker can show it at all ("points", "links", "priority", ...)."""
        return subject not in self.snapshot.unavailable


def weight_at(away: float) -> float:
    """How much an issue matters at a distance in sprints: w = 2^(-distance/2)."""
    return float(2.0 ** (-away / 2))


def once_a_view(work: Callable[[View], T]) -> Callable[[View], T]:
    """Work something out once for a view. It is kept as long as the view, which may hold a hundred megabytes."""
    known: WeakKeyDictionary[View, T] = WeakKeyDictionary()

    def answer(view: View) -> T:
        if view not in known:
            known[view] = work(view)
        return known[view]

    return wraps(work)(answer)


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
    backlog = with_issues(view.backlog, _merged(view, issues))
    counted = backlog.counted_by_key
    changed = {key for key, issue in counted.items() if issue is not view.by_key.get(key)}
    judged = (changed | (_moved(view.backlog, backlog) & view.by_key.keys())) - parts.keys()
    verdicts = {**view.verdicts}
    for key in view.verdicts.keys() - counted.keys():
        del verdicts[key]
    for key in (changed | judged | settled.keys()) & counted.keys():
        if (verdict := view.verdicts.get(parts.get(key, key))) is not None:
            verdict = view.judge(backlog, counted[key]) if key in judged else replace(verdict, issue=counted[key])
            verdicts[key] = _settled(verdict, settled[key]) if key in settled else verdict
    return replace(
        view,
        backlog=backlog,
        verdicts=verdicts,
        words={**view.words, **{part: view.words[whole] for part, whole in parts.items()}},
        former=view,
        touched=frozenset(judged | settled.keys() | parts.keys()),
    )


def _merged(view: View, issues: Sequence[Issue]) -> list[Issue]:
    following, inside = iter(issues), view.rank
    merged = [next(following, None) if issue.key in inside else issue for issue in view.snapshot.issues]
    return [*(issue for issue in merged if issue is not None), *following]


def _moved(before: Backlog, after: Backlog) -> set[str]:
    """Keys of issues less than `FAR` sprints away that moved or may have a blocker that did: there places matter."""
    near = {issue.key for one in (before, after) for issue in _near(one)}
    return {key for key in near if before.rank.get(key) != after.rank.get(key) or key in after.blockers}


def _near(backlog: Backlog) -> Iterator[Issue]:
    """The counted issues less than `FAR` sprints away, or at an unknown distance; they come first in rank order."""
    return takewhile(lambda issue: backlog.distances.get(issue.key, 0.0) < FAR, backlog.counted)


def _settled(verdict: Verdict, rules: Collection[str]) -> Verdict:
    findings = tuple(finding for finding in verdict.findings if finding.rule not in rules)
    return replace(verdict, findings=findings, due=tuple(due for due in verdict.due if due.rule not in rules))
