"""What was said before each sprint and what came: the record of the forecasts.

A forecast is kept when it is made, so the record is not fitted afterwards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import fsum

from rules.capacity.levels import MEANT, Levels
from rules.capacity.model import StoredForecast, TeamCapacity
from rules.capacity.points import Finished, end_of, finished_by_sprint, mine_of, was_cancelled
from rules.model import Snapshot, SprintState


def settled(forecasts: Iterable[StoredForecast], snapshot: Snapshot, finished: Finished) -> tuple[StoredForecast, ...]:
    """The forecasts with what came of those whose sprint was closed meanwhile, as far as the snapshot has it."""
    return tuple(one if one.ended else _settled(one, snapshot, finished) for one in forecasts)


def _settled(one: StoredForecast, snapshot: Snapshot, finished: Finished) -> StoredForecast:
    sprint = snapshot.sprint_by_id.get(one.sprint)
    team = next((team for team in snapshot.product.teams if team.name == one.team), None)
    ended = end_of(sprint) if sprint is not None else None
    is_over = sprint is not None and sprint.state is SprintState.CLOSED
    if sprint is None or team is None or ended is None or not is_over or one.unit is not snapshot.unit:
        return one
    if was_cancelled(sprint):
        return replace(one, ended=ended)
    return replace(one, ended=ended, came=fsum(i.points or 0.0 for i in mine_of(snapshot, team, sprint, finished)))


def known(forecasts: Iterable[StoredForecast], team: str = "") -> tuple[StoredForecast, ...]:
    """The forecasts of which it is known what came, in the order in which their sprints ended; of one team or all."""
    over = [
        one for one in forecasts if one.came is not None and one.ended is not None and (not team or one.team == team)
    ]
    return tuple(sorted(over, key=lambda one: (one.ended or one.made, one.team, one.sprint)))


def adapted(forecasts: Iterable[StoredForecast]) -> Levels:
    """The levels that all sprints closed so far lead to. Guesses do not count: they have no levels."""
    levels = MEANT
    for one in known(forecasts):
        if not one.is_guess:
            levels = levels.after(below=one.is_below, reached=one.is_reached)
    return levels


def to_keep(
    forecasts: Iterable[StoredForecast], snapshot: Snapshot, capacities: Iterable[TeamCapacity]
) -> tuple[StoredForecast, ...]:
    """What a run adds to the record: what came of closed sprints, and the forecasts for the next ones.

    The forecast for a sprint that has not begun takes the place of an earlier one for it.
    """
    before = tuple(forecasts)
    after = settled(before, snapshot, finished_by_sprint(snapshot))
    came = (now for was, now in zip(before, after, strict=True) if now != was)
    return (*came, *(made for one in capacities if (made := _made(one, snapshot)) is not None))


def _made(capacity: TeamCapacity, snapshot: Snapshot) -> StoredForecast | None:
    sprint, points = capacity.sprint, capacity.points
    if sprint is None or points is None or sprint.state is not SprintState.FUTURE:
        return None
    return StoredForecast(
        team=capacity.team.name,
        sprint=sprint.id,
        name=sprint.name,
        made=snapshot.taken_at,
        unit=capacity.unit,
        expected=points,
        is_guess=not capacity.used_sprints,
    )


def held(record: Sequence[StoredForecast]) -> tuple[int, int]:
    """How many of these sprints reached the low end, and how many the high end."""
    return sum(not one.is_below for one in record), sum(one.is_reached for one in record)
