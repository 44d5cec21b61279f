"""How big each issue is taken to be, and how many sprints away it is.

Distance is the work ranked above an issue divided by typical velocity: the median points a sprint of all teams
together, at usual presence. Absences in the next sprint do not move it. The formula is in docs/deep.md.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from rules.model import Issue, Kind, Snapshot, SprintState

RECENT = 100
"""The number of latest finished issues from which the size of an unestimated one is taken."""


@dataclass(frozen=True, slots=True)
class Size:
    """How big an issue is taken to be, in points (1 in count mode); `imputed` where nobody estimated it."""

    points: float
    imputed: bool = False


COVERED = Size(0.0)
"""The size of what is counted elsewhere: a sub-task is part of its parent, an epic or a story is the sum of the issues
below it. What the Product Owner released is not to be done."""


def active_sprints(snapshot: Snapshot) -> frozenset[str]:
    """Ids of the running sprints."""
    return frozenset(sprint.id for sprint in snapshot.sprints if sprint.state is SprintState.ACTIVE)


def open_issues(snapshot: Snapshot) -> tuple[Issue, ...]:
    """The backlog to come, in rank order: open issues that are in no running sprint.

    Issues of teams that are left out are not among them: whether their sprint is running is not known.
    """
    active = active_sprints(snapshot)
    return tuple(
        issue
        for issue in snapshot.issues
        if issue.is_open and issue.sprint not in active and not snapshot.why_stopped(issue)
    )


def finished_issues(snapshot: Snapshot) -> tuple[Issue, ...]:
    """The latest finished issues of the history, oldest first, at most `RECENT`."""
    done = (issue for issue in snapshot.history if not issue.is_open)
    return tuple(sorted(done, key=lambda issue: (issue.finished_at, issue.key))[-RECENT:])


def sizes(issues: Sequence[Issue], finished: Sequence[Issue] = (), extra: Iterable[Issue] = ()) -> Mapping[str, Size]:
    """Key to size of `issues` and of the `extra` ones, which are sized by the same medians.

    An issue without an estimate gets the median of its kind, else of all kinds, else 1. The medians rest on the
    `finished` issues where these hold estimates of that kind, and on `issues` otherwise. Nothing is counted twice:
    sub-tasks, epics whose children are among `issues`, and what else does not count, are `COVERED`.
    """
    typical = _typical(issues) | _typical(finished)
    parents = {issue.parent for issue in issues if issue.parent and issue.kind is not Kind.SUBTASK}
    uncovered = {issue.key: _size(issue, typical, ()) for issue in extra}
    return uncovered | {issue.key: _size(issue, typical, parents) for issue in issues}


def distances(issues: Sequence[Issue], size: Mapping[str, Size], velocity: float | None) -> Mapping[str, float]:
    """Key to distance in sprints (0 is next): points of all issues above it over `velocity`, points a sprint.

    `issues` are in rank order. Empty where no velocity is known.
    """
    if not velocity or velocity <= 0:
        return {}
    away: dict[str, float] = {}
    above = 0.0
    for issue in issues:
        away[issue.key] = above / velocity
        above += size[issue.key].points
    return away


_Typical = dict[Kind | None, float]


def _typical(issues: Sequence[Issue]) -> _Typical:
    """Median points by kind, and under `None` over the kinds that teams finish in a sprint, so without epics."""
    points: defaultdict[Kind | None, list[float]] = defaultdict(list)
    for issue in issues:
        if not issue.points or issue.points < 0 or issue.kind is Kind.SUBTASK or issue.counted_elsewhere:
            continue  # zero is an estimate, but says nothing about how big an unestimated issue may be
        points[issue.kind].append(issue.points)
        if issue.kind is not Kind.EPIC:
            points[None].append(issue.points)
    return {kind: median(values) for kind, values in points.items()}


def _size(issue: Issue, typical: _Typical, parents: Collection[str | None]) -> Size:
    if not issue.is_counted and (issue.kind is not Kind.EPIC or issue.key in parents):
        return COVERED
    if issue.points is not None:
        return _size_of(max(0.0, issue.points), False)
    return _size_of(typical.get(issue.kind, typical.get(None, 1.0)), True)


@lru_cache(maxsize=1_000)  # a backlog has few different sizes
def _size_of(points: float, imputed: bool) -> Size:  # noqa: FBT001 - as the class has it
    return Size(points, imputed)
