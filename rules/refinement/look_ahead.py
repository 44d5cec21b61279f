"""What comes next for one team: its two or three next sprints, and how much of each is ready.

A sprint has what people planned. The rest of its usual points is filled with the team's issues in rank order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.model import Issue
from rules.verdict import Judgement

SPRINTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintAhead:
    """One sprint to come: its name ("" where it is not in the tracker yet), its first day, its usual points.

    `ready` and `unready` are its issues in rank order. `points` is `None` where they are unknown.
    """

    name: str
    first: date | None
    points: float | None
    ready: tuple[str, ...]
    unready: tuple[str, ...]
    ready_points: float
    all_points: float


def look_ahead(capacity: TeamCapacity, backlog: Backlog, judgement: Judgement) -> tuple[SprintAhead, ...]:
    """The next sprints of a team. An issue that several teams may take is in none of them."""
    team = capacity.team.name
    sprints = {one.sprint.id for one in capacity.outlook if one.sprint is not None}
    mine = [issue for issue in backlog.open if issue.is_counted and _is_for(issue, team, sprints, backlog)]
    waiting = [issue for issue in mine if issue.sprint is None]
    made = []
    for number in range(SPRINTS):
        name, first, limit, sprint = _sprint(capacity, number)
        inside = [issue for issue in mine if sprint and issue.sprint == sprint]
        taken = _fill(waiting, (limit or 0.0) - _points(inside, backlog), backlog)
        waiting = [issue for issue in waiting if issue not in taken]
        issues = sorted((*inside, *taken), key=lambda issue: backlog.rank[issue.key])
        ready = [issue for issue in issues if _is_ready(issue, judgement)]
        made.append(
            SprintAhead(
                name=name,
                first=first,
                points=limit,
                ready=tuple(issue.key for issue in ready),
                unready=tuple(issue.key for issue in issues if issue not in ready),
                ready_points=_points(ready, backlog),
                all_points=_points(issues, backlog),
            )
        )
    return tuple(made)


def _sprint(capacity: TeamCapacity, number: int) -> tuple[str, date | None, float | None, str]:
    """Name, first day, usual points and id of a sprint; later ones begin at the team's usual distance."""
    if number < len(capacity.outlook):
        one = capacity.outlook[number]
        name = one.sprint.name if one.sprint else ""
        return name, one.first, one.points.p50 if one.points else None, one.sprint.id if one.sprint else ""
    usual = capacity.usual.p50 if capacity.usual else capacity.velocity
    last = capacity.outlook[-1] if capacity.outlook else None
    if last is None:
        return "", None, usual, ""
    behind = number - len(capacity.outlook) + 1
    return "", last.first + timedelta(days=capacity.cadence_days * behind), usual, ""


def _is_for(issue: Issue, team: str, sprints: set[str], backlog: Backlog) -> bool:
    single = backlog.team(issue.key)
    return issue.sprint in sprints or (issue.sprint is None and single is not None and single.name == team)


def _fill(waiting: Sequence[Issue], room: float, backlog: Backlog) -> list[Issue]:
    """The next issues in rank order, until the first that does not fit."""
    taken: list[Issue] = []
    for issue in waiting:
        room -= backlog.sizes[issue.key].points
        if room < 0:
            break
        taken.append(issue)
    return taken


def _is_ready(issue: Issue, judgement: Judgement) -> bool:
    verdict = judgement.by_key.get(issue.key)
    return verdict is not None and verdict.ready


def _points(issues: Sequence[Issue], backlog: Backlog) -> float:
    return round(fsum(backlog.sizes[issue.key].points for issue in issues), 6)
