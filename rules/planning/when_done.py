"""When certain issues are done: an epic, or a few issues, together with what is ranked above them.

Teams work in rank order. A team has finished an issue when it has finished all that is ranked above it, too, and what
is carried over from its running sprint. Work that is added above later is not known, and moves the day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from rules.backlog.distance import active_sprints
from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.capacity.several import Ahead, Finish, finish
from rules.capacity.time_boxes import TimeBoxes
from rules.model import Issue, Kind, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWork:
    """What one team has to finish: of what was asked for, what is ranked above the last of it, and the carry-over.

    `velocity` is its typical velocity, `None` without a closed sprint. All in the unit of the backlog.
    """

    team: str
    asked: float
    above: float
    carried: float
    velocity: float | None

    @property
    def total(self) -> float:
        """All of it."""
        return round(self.asked + self.above + self.carried, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenDone:
    """When the issues that were asked for are done; an epic counts as its issues.

    `ahead` are open and in no running sprint, `running` are in one, `done` are finished already. `imputed` have no
    estimate and count with the usual size of their kind. `no_team` have no team and are not counted; `no_pace` are
    teams without a closed sprint, whose work is not counted either. `finish` is `None` where nothing is left to count.
    `boxes` are the words for sprints.
    """

    asked: tuple[str, ...]
    ahead: tuple[str, ...]
    running: tuple[str, ...]
    done: tuple[str, ...]
    imputed: tuple[str, ...]
    no_team: tuple[str, ...]
    no_pace: tuple[str, ...]
    work: tuple[TeamWork, ...]
    finish: Finish | None
    unit: Unit
    boxes: TimeBoxes


def when_done(backlog: Backlog, keys: Sequence[str]) -> WhenDone:
    """The days on which all issues of these keys are done. Raises `KeyError` for one that is not known."""
    issues = {issue.key: issue for key in keys for issue in _meant(backlog, key)}
    running_now = active_sprints(backlog.snapshot)
    opened = [issue for issue in issues.values() if issue.is_open]
    ahead = [issue for issue in opened if issue.sprint not in running_now]
    running = [issue for issue in opened if issue.sprint in running_now]
    work = tuple(_work(backlog, ahead, running))
    counted = [one for one in work if one.velocity is not None]
    return WhenDone(
        asked=tuple(keys),
        ahead=_keys(ahead),
        running=_keys(running),
        done=_keys(issue for issue in issues.values() if not issue.is_open),
        imputed=_keys(issue for issue in ahead if backlog.sizes[issue.key].imputed),
        no_team=_keys(issue for issue in opened if not backlog.teams[issue.key]),
        no_pace=tuple(one.team for one in work if one.velocity is None),
        work=work,
        finish=finish([_ahead(backlog, one) for one in counted]) if counted else None,
        unit=backlog.snapshot.unit,
        boxes=backlog.boxes,
    )


def _meant(backlog: Backlog, key: str) -> Iterable[Issue]:
    """The issue itself, or those below it that are counted instead, as far as they are known."""
    issue = backlog.snapshot.by_key[key]
    below = [child for child in backlog.children.get(key, ()) if child.kind is not Kind.SUBTASK]
    if issue.kind is not Kind.EPIC or not below:
        return backlog.counted_below(key) or (issue,)
    return (deeper for child in below for deeper in _meant(backlog, child.key))


def _work(backlog: Backlog, ahead: Sequence[Issue], running: Sequence[Issue]) -> Iterable[TeamWork]:
    wanted = {issue.key for issue in ahead}
    for capacity in backlog.capacities:
        name = capacity.team.name
        mine = [issue.key for issue in ahead if _part(backlog, issue.key, name)]
        if not mine and not any(_part(backlog, issue.key, name) for issue in running):
            continue
        last = max((backlog.rank[key] for key in mine), default=-1)
        above = (issue.key for issue in backlog.counted if backlog.rank[issue.key] < last and issue.key not in wanted)
        yield TeamWork(
            team=name,
            asked=_size(backlog, mine, name),
            above=_size(backlog, above, name),
            carried=capacity.carry_over,
            velocity=capacity.velocity if capacity.closed.used else None,
        )


def _size(backlog: Backlog, keys: Iterable[str], team: str) -> float:
    return round(fsum(backlog.sizes[key].points * _part(backlog, key, team) for key in keys), 6)


def _part(backlog: Backlog, key: str, team: str) -> float:
    """The part of an issue that is the team's; what several teams may take is divided by their velocities."""
    takers = [one.name for one in backlog.teams[key]]
    if team not in takers:
        return 0.0
    paces: Mapping[str, float] = {name: backlog.velocities.get(name, 0.0) for name in takers}
    whole = fsum(paces.values())
    return paces[team] / whole if whole else 1 / len(takers)


def _ahead(backlog: Backlog, work: TeamWork) -> Ahead:
    capacity = next(one for one in backlog.capacities if one.team.name == work.team)
    return Ahead(
        team=work.team,
        closed=capacity.closed,
        work=work.total,
        planned=tuple((sprint.last, sprint.net_days) for sprint in capacity.outlook),
        begins=_begins(backlog, capacity),
        cadence_days=capacity.cadence_days,
    )


def _begins(backlog: Backlog, capacity: TeamCapacity) -> date:
    return capacity.first or backlog.snapshot.taken_at.date()


def _keys(issues: Iterable[Issue]) -> tuple[str, ...]:
    return tuple(issue.key for issue in issues)
