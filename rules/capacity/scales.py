"""Sizes that are names, such as M, as points; and teams that estimate in more than one way."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rules.model import Edit, EditField, Issue, Snapshot, Team

T_SHIRTS: Mapping[str, float] = {"XS": 1.0, "S": 2.0, "M": 3.0, "L": 5.0, "XL": 8.0, "XXL": 13.0}
"""What a T-shirt size counts where a team has no scale of its own."""
RECENT = 100
"""So many of the latest finished issues are looked at, next to the open ones."""
FEWEST, SMALLEST_PART = 3, 0.1
"""A second way to estimate is named where it has at least so many issues, and this part of the estimates."""


def scale_of(team: Team | None) -> Mapping[str, float]:
    """What each named size of a team counts in points, by the name in capitals."""
    own = team.scale if team is not None and team.scale else T_SHIRTS
    return {name.upper(): points for name, points in own.items()}


def with_points(issue: Issue, snapshot: Snapshot) -> Issue:
    """The issue with the points of its named size; `None` where the name is not on the scale of its team."""
    if not issue.size_name:
        return issue
    return replace(issue, points=_scale(issue, snapshot).get(issue.size_name.upper()))


def with_scales(snapshot: Snapshot) -> Snapshot:
    """The snapshot with points for all named sizes, now and in the past."""
    every = (*snapshot.issues, *snapshot.history, *snapshot.left)
    scales = {issue.id: _scale(issue, snapshot) for issue in every if issue.size_name}
    if not scales:
        return snapshot
    pasts = ((id_, snapshot.edits[id_]) for id_ in scales if id_ in snapshot.edits)
    edits = {id_: tuple(_edited(one, scales[id_]) for one in past) for id_, past in pasts}
    return replace(
        snapshot,
        issues=_all(snapshot.issues, snapshot),
        history=_all(snapshot.history, snapshot),
        left=_all(snapshot.left, snapshot),
        edits={**snapshot.edits, **edits},
    )


def _all(issues: Iterable[Issue], snapshot: Snapshot) -> tuple[Issue, ...]:
    return tuple(with_points(issue, snapshot) for issue in issues)


def _scale(issue: Issue, snapshot: Snapshot) -> Mapping[str, float]:
    return scale_of(next(iter(snapshot.teams_of(issue)), None))


def _edited(edit: Edit, scale: Mapping[str, float]) -> Edit:
    if edit.field is not EditField.ESTIMATE:
        return edit
    return replace(edit, before=_points(edit.before, scale), after=_points(edit.after, scale))


def _points(text: str, scale: Mapping[str, float]) -> str:
    points = scale.get(text.upper())
    return text if points is None else f"{points:g}"


def named_sizes(estimated: Iterable[Issue]) -> Mapping[str, int]:
    """How many of these issues have each named size, as it is written."""
    return Counter(issue.size_name for issue in estimated if issue.size_name)


def ways(estimated: Iterable[Issue]) -> tuple[tuple[str, int], ...]:
    """The ways in which a team estimates with how many issues, the commonest first; one of rare use is left out.

    `estimated` are the team's issues.
    """
    counts = Counter(map(_way, estimated))
    least = max(FEWEST, SMALLEST_PART * counts.total())
    return tuple((way, number) for way, number in counts.most_common() if number >= least)


def _way(issue: Issue) -> str:
    if issue.size_name:
        return "named sizes"
    if issue.points is not None:
        return "points"
    return "hours" if issue.hours.original else ""


def estimated_by(snapshot: Snapshot) -> Mapping[str, Sequence[Issue]]:
    """By a team's name, its open and its latest finished issues that somebody estimated, in whatever way."""
    done = [issue for issue in snapshot.history if not issue.is_open]
    recent = sorted(done, key=lambda issue: (issue.finished_at, issue.key))[-RECENT:]
    issues = {issue.key: issue for issue in (*recent, *snapshot.issues) if issue.is_counted}
    estimated: dict[str, list[Issue]] = {team.name: [] for team in snapshot.product.teams}
    for issue in filter(_way, issues.values()):
        for team in snapshot.teams_of(issue):
            estimated[team.name].append(issue)
    return estimated
