"""How many sprints away an issue is: the work ranked above it, divided by what the teams finish in a sprint.

Everything in DEEP leans on this one number, so the sizes it rests on are shown with it, and guessed ones are flagged.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from rules.model import Issue, Kind, Snapshot, SprintState


@dataclass(frozen=True, slots=True)
class Size:
    """How big an issue is taken to be, in points (1 in count mode); `imputed` says nobody estimated it."""

    points: float
    imputed: bool = False


COVERED = Size(0.0)  # a sub-task is part of its parent, an epic with children in the backlog is the sum of them


def backlog_of(snapshot: Snapshot) -> tuple[Issue, ...]:
    """The issues DEEP speaks about, in rank order: open and not in an active sprint."""
    active = {sprint.id for sprint in snapshot.sprints if sprint.state is SprintState.ACTIVE}
    return tuple(issue for issue in snapshot.issues if issue.is_open and issue.sprint not in active)


def sizes(issues: Sequence[Issue], finished: Sequence[Issue] = ()) -> Mapping[str, Size]:
    """Key to size. What nobody estimated gets the median of its kind, then of all, else 1 (planning note, B.0).

    The medians rest on the `finished` issues where they hold estimates of that kind, and on `issues` otherwise.
    Nothing is counted twice: sub-tasks, and epics whose children stand in `issues`, have no size of their own.
    """
    typical = _typical(finished) | _missing(_typical(issues), _typical(finished))
    parents = {issue.parent for issue in issues if issue.parent and issue.kind is not Kind.SUBTASK}
    return {issue.key: _size(issue, typical, parents) for issue in issues}


def distances(issues: Sequence[Issue], pace: float | None) -> Mapping[str, float]:
    """Key to distance in sprints (0 is next): points of all issues above it over `pace`, points a sprint (B.0).

    `issues` stand in rank order. Empty where no pace is known, for then there is no honest answer.
    """
    return distances_by(issues, sizes(issues), pace)


def distances_by(issues: Sequence[Issue], size: Mapping[str, Size], pace: float | None) -> Mapping[str, float]:
    """As `distances`, with the sizes at hand."""
    if not pace or pace <= 0:
        return {}
    away: dict[str, float] = {}
    above = 0.0
    for issue in issues:
        away[issue.key] = above / pace
        above += size[issue.key].points
    return away


_Typical = dict[Kind | None, float]


def _typical(issues: Sequence[Issue]) -> _Typical:
    """Median points by kind, and under `None` over the kinds that teams finish in a sprint, so without epics."""
    points: defaultdict[Kind | None, list[float]] = defaultdict(list)
    for issue in issues:
        if not issue.points or issue.points < 0 or issue.kind is Kind.SUBTASK:
            continue  # zero is an estimate, yet says nothing about how big an unestimated issue may be
        points[issue.kind].append(issue.points)
        if issue.kind is not Kind.EPIC:
            points[None].append(issue.points)
    return {kind: median(values) for kind, values in points.items()}


def _missing(other: _Typical, have: _Typical) -> _Typical:
    return {kind: value for kind, value in other.items() if kind not in have}


def _size(issue: Issue, typical: _Typical, parents: set[str]) -> Size:
    if issue.kind is Kind.SUBTASK or (issue.kind is Kind.EPIC and issue.key in parents):
        return COVERED
    if issue.points is not None:
        return Size(max(0.0, issue.points))
    return Size(typical.get(issue.kind, typical.get(None, 1.0)), imputed=True)
