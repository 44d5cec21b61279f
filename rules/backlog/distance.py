"""How big each issue is taken to be, and how many sprints away it is.

Distance is the work ranked above an issue divided by typical velocity: the median points a sprint of all teams
together, at usual presence. Absences in the next sprint do not move it. The formula is in docs/deep.md.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from statistics import median

from rules.model import Category, Issue, Kind, Snapshot, SprintState

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
    active, done = active_sprints(snapshot), Category.DONE
    opened = [issue for issue in snapshot.issues if issue.category is not done and issue.sprint not in active]
    if snapshot.stopped:
        opened = [issue for issue in opened if not snapshot.why_stopped(issue)]
    return tuple(opened)


def finished_issues(snapshot: Snapshot) -> tuple[Issue, ...]:
    """The latest finished issues of the history, oldest first, at most `RECENT`."""
    done = (issue for issue in snapshot.history if not issue.is_open)
    return tuple(sorted(done, key=lambda issue: (issue.finished_at, issue.key))[-RECENT:])


def parents_among(issues: Iterable[Issue]) -> frozenset[str]:
    """Keys of the parents of issues other than sub-tasks."""
    return frozenset([issue.parent for issue in issues if issue.parent and issue.kind is not Kind.SUBTASK])


def distances(issues: Sequence[Issue], size: Mapping[str, Size], velocity: float | None) -> Mapping[str, float]:
    """Key to distance in sprints (0 is next): points of all issues above it over `velocity`, points a sprint.

    `issues` are in rank order. Empty where no velocity is known.
    """
    if not velocity or velocity <= 0:
        return {}
    keys = [issue.key for issue in issues]
    above = accumulate([size[key].points for key in keys], initial=0.0)
    return dict(zip(keys, [points / velocity for points in above], strict=False))  # the last is that of the end


Typical = Mapping[Kind | None, float]
"""The median points of each kind of issue, and under `None` of all that teams finish in a sprint."""


def typical_points(issues: Sequence[Issue], finished: Sequence[Issue]) -> Typical:
    """The medians that unestimated issues are sized by.

    For each kind they rest on the `finished` issues where these hold estimates of that kind, and on `issues` otherwise.
    """
    known = _typical(finished)
    lacking = issues if None not in known else [issue for issue in issues if issue.kind not in known]
    return {**_typical(lacking), **known}


def _typical(issues: Sequence[Issue]) -> Typical:
    """Median points by kind, and under `None` over the kinds that teams finish in a sprint, so without epics."""
    points: defaultdict[Kind | None, list[float]] = defaultdict(list)
    for issue in issues:
        if not issue.points or issue.points < 0 or issue.kind is Kind.SUBTASK or issue.counted_elsewhere:
            continue  # zero is an estimate, but says nothing about how big an unestimated issue may be
        points[issue.kind].append(issue.points)
        if issue.kind is not Kind.EPIC:
            points[None].append(issue.points)
    return {kind: median(values) for kind, values in points.items()}


def size_of(issue: Issue, typical: Typical, parents: Collection[str] = ()) -> Size:
    """The size of one issue; `parents` are those of the issues to come, empty where it is not to come."""
    if not issue.is_counted and (issue.kind is not Kind.EPIC or issue.key in parents):
        return COVERED
    if issue.points is not None:
        return _size_of(max(0.0, issue.points), False)
    return _size_of(typical.get(issue.kind, typical.get(None, 1.0)), True)


@lru_cache(maxsize=1_000)  # a backlog has few different sizes
def _size_of(points: float, imputed: bool) -> Size:  # noqa: FBT001 - as the class has it
    return Size(points, imputed)
