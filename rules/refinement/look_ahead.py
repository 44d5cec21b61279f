"""How much of a team's next sprints is ready: of what people planned, of the proposal, and of the look-ahead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from math import fsum

from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.model import Sprint
from rules.planning.goals import TeamGoal
from rules.planning.look_ahead import AheadSprint, LookAhead
from rules.verdict import Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """That a team has seen its next sprints: when, and who said so."""

    at: datetime
    by: str


def is_unseen(seen: Seen | None, capacity: TeamCapacity) -> bool:
    """Whether a team has not seen its next sprints since its running sprint began."""
    start = capacity.running.sprint.start if capacity.running is not None else None
    return start is not None and (seen is None or seen.at < start)


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


def readiness_ahead(
    capacity: TeamCapacity, goal: TeamGoal, ahead: LookAhead | None, backlog: Backlog, judgement: Judgement
) -> tuple[SprintAhead, ...]:
    """The next sprint of a team, which is the proposal, and those after it."""
    later = (one for one in ahead.sprints if one.slot.team == goal.team) if ahead is not None else ()
    points = capacity.points.p50 if capacity.points else None
    return (
        _sprint(capacity.sprint, capacity.first, points, goal.planned, backlog, judgement),
        *(
            _sprint(one.slot.sprint, one.slot.first, one.slot.limit, _keys(one, backlog), backlog, judgement)
            for one in later
        ),
    )


def _keys(one: AheadSprint, backlog: Backlog) -> tuple[str, ...]:
    """What people put into a later sprint, and what is planned there."""
    inside = (
        issue.key for issue in backlog.snapshot.open_in(one.slot.sprint, one.slot.capacity.team) if issue.is_counted
    )
    return tuple(sorted({*inside, *(planned.issue.key for planned in one.issues)}, key=backlog.rank.__getitem__))


def _sprint(
    sprint: Sprint | None,
    first: date | None,
    points: float | None,
    keys: tuple[str, ...],
    backlog: Backlog,
    judgement: Judgement,
) -> SprintAhead:
    ready = tuple(key for key in keys if (verdict := judgement.by_key.get(key)) is not None and verdict.ready)
    return SprintAhead(
        name=sprint.name if sprint else "",
        first=first,
        points=points,
        ready=ready,
        unready=tuple(key for key in keys if key not in ready),
        ready_points=_points(ready, backlog),
        all_points=_points(keys, backlog),
    )


def _points(keys: Iterable[str], backlog: Backlog) -> float:
    return round(fsum(backlog.sizes[key].points for key in keys), 6)
