"""The backlog as the four letters look at it: issues in rank order with size, distance, team and readiness.

A view is cheap to make anew, which is how the gain of an action is known: apply it, look again, compare.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from statistics import median

from rules.backlog.distance import COVERED, Size, backlog_of, distances_by, sizes
from rules.capacity.model import Range, TeamCapacity
from rules.deep.churn import NOTHING, BacklogHistory, remember
from rules.deep.model import BacklogState
from rules.model import Issue, Kind, Snapshot
from rules.text import Facts
from rules.verdict import Judgement

NEAR = 2.0  # sprints: the guide's next two to three sprints
FAR = 6.0  # sprints: six of two weeks are the guide's two to three months
RECENT = 100  # finished issues that tell how big an unestimated one may be
WORDS = 60  # words of prose that describe an issue fully
SAMPLE = 100_000  # characters of a text that are counted; nobody describes an issue in more, but people paste logs


@dataclass(frozen=True, kw_only=True)
class View:
    """One backlog to be scored.

    `issues` are those that count, in rank order: open, not in an active sprint, no sub-tasks, no epics whose children
    stand beside them. By key: `size`, `away` (distance in sprints, empty without a pace), `facts`, `described` (0 to 1)
    and `team` (only issues that belong to exactly one), `blocking` (paths of the rules that keep it from being ready).
    `ready` holds the keys of ready work; epics are never that.
    """

    snapshot: Snapshot
    issues: tuple[Issue, ...]
    finished: tuple[Issue, ...]
    ready: frozenset[str]
    facts: Mapping[str, Facts]
    described: Mapping[str, float]
    team: Mapping[str, str]
    blocking: Mapping[str, tuple[str, ...]]
    capacities: tuple[TeamCapacity, ...]
    past: BacklogHistory = NOTHING
    size: Mapping[str, Size] = field(default_factory=dict)
    away: Mapping[str, float] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """The day the snapshot was taken, at its first moment: all passes of a day over one backlog say the same."""
        return self.snapshot.taken_at.replace(hour=0, minute=0, second=0, microsecond=0)

    @cached_property
    def paces(self) -> Mapping[str, Range]:
        """Points a sprint by team, only teams whose pace is known."""
        known = ((capacity.team.name, capacity.points) for capacity in self.capacities)
        return {team: points for team, points in known if points is not None and points.p50 > 0}

    @cached_property
    def pace(self) -> float | None:
        """V: what all teams together finish in a sprint, reached with 50 % probability (B.0)."""
        return sum(points.p50 for points in self.paces.values()) or None

    @cached_property
    def usual_team_pace(self) -> float | None:
        """The median team's points a sprint: what "fits into a sprint" is measured by (B.2)."""
        return median(points.p50 for points in self.paces.values()) if self.paces else None

    @cached_property
    def weight(self) -> Mapping[str, float]:
        """How much an issue matters, w = 2^(-d/2), by key (B.0); 1 everywhere where no pace is known."""
        return {issue.key: 2.0 ** (-self.away.get(issue.key, 0.0) / 2) for issue in self.issues}

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Key to place in the order, 0 is the most important."""
        return {issue.key: place for place, issue in enumerate(self.issues)}

    @cached_property
    def placed(self) -> tuple[tuple[Issue, float], ...]:
        """The issues with their distance, in rank order; empty where no pace is known."""
        return tuple((issue, self.away[issue.key]) for issue in self.issues) if self.away else ()

    def within(self, first: float, last: float = float("inf")) -> list[Issue]:
        """The issues whose distance is at least `first` and below `last` sprints, in rank order."""
        return [issue for issue, away in self.placed if first <= away < last]

    def knows(self, subject: str) -> bool:
        """Whether the tracker can tell about it at all ("points", "links", "priority", ...)."""
        return subject not in self.snapshot.unavailable


def build_view(
    snapshot: Snapshot,
    judgement: Judgement,
    capacities: Sequence[TeamCapacity],
    earlier: Sequence[BacklogState] = (),
) -> View:
    """The view of what a pass saw and judged."""
    whole = backlog_of(snapshot)
    covered = sizes(whole)
    issues = tuple(issue for issue in whole if covered[issue.key] is not COVERED)
    verdicts = judgement.by_key
    done = sorted((i for i in snapshot.history if not i.is_open), key=lambda i: (i.resolved or i.updated, i.key))
    view = View(
        snapshot=snapshot,
        issues=issues,
        finished=tuple(done[-RECENT:]),
        ready=frozenset(
            i.key for i in issues if i.key in verdicts and verdicts[i.key].ready and i.kind is not Kind.EPIC
        ),
        facts={i.key: verdicts[i.key].facts for i in issues if i.key in verdicts},
        described={issue.key: _described(issue) for issue in issues},
        team=_teams(snapshot, issues),
        blocking={i.key: tuple(f.rule for f in verdicts[i.key].blocking) for i in issues if i.key in verdicts},
        capacities=tuple(capacities),
        past=remember(snapshot, earlier),
    )
    return rebuild_view(view, issues, view.ready)


def rebuild_view(view: View, issues: Sequence[Issue], ready: frozenset[str]) -> View:
    """The same backlog with other issues or another order, sized and placed anew."""
    size = sizes(issues, view.finished)
    away = distances_by(issues, size, view.pace)
    return replace(view, issues=tuple(issues), ready=ready, size=size, away=away)


def usual_size(view: View) -> float:
    """The median size of the backlog's issues: what one nobody knows any more is taken to have been."""
    return median(size.points for size in view.size.values()) if view.size else 1.0


def _described(issue: Issue) -> float:
    if sum(len(block.text) for block in issue.document.blocks) > SAMPLE:
        return 1.0
    return min(1.0, issue.document.words / WORDS)


def _teams(snapshot: Snapshot, issues: Sequence[Issue]) -> Mapping[str, str]:
    """The team of each issue that belongs to exactly one; a product's only team takes all of it."""
    teams = snapshot.product.teams
    if len(teams) == 1:
        return {issue.key: teams[0].name for issue in issues}
    takers = ((issue.key, snapshot.teams_of(issue)) for issue in issues)
    return {key: mine[0].name for key, mine in takers if len(mine) == 1}
