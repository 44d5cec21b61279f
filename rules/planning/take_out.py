"""What to take out of a sprint that holds too much: what serves the goal least first, then the lowest in rank."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import fsum

from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity, WarningCode
from rules.model import Issue
from rules.planning.goals import TeamGoal
from rules.wording import agreeing, many

NAMED = 8
"""So many issues are named in a sentence; the others are in the JSON output."""


def with_take_out(
    capacities: Sequence[TeamCapacity], goals: Sequence[TeamGoal], backlog: Backlog
) -> tuple[TeamCapacity, ...]:
    """The capacities with what to take out of the sprints that are over-committed, also in the warning."""
    by_team = {goal.team: goal for goal in goals}
    return tuple(_relieved(one, by_team.get(one.team.name), backlog) for one in capacities)


def _relieved(capacity: TeamCapacity, goal: TeamGoal | None, backlog: Backlog) -> TeamCapacity:
    if all(warning.code is not WarningCode.OVER_COMMITTED for warning in capacity.warnings):
        return capacity
    out = tuple((issue.key, issue.points or 0.0) for issue in _out(capacity, goal, backlog))
    warnings = tuple(
        replace(warning, text=f"{warning.text} {_sentence(capacity, out)}")
        if warning.code is WarningCode.OVER_COMMITTED and out
        else warning
        for warning in capacity.warnings
    )
    return replace(capacity, warnings=warnings, take_out=out)


def _out(capacity: TeamCapacity, goal: TeamGoal | None, backlog: Backlog) -> Iterator[Issue]:
    """The issues to take out, in order, until the rest is at most what the team usually finishes."""
    sprint, points = capacity.sprint, capacity.points
    if sprint is None or points is None:
        return
    left = capacity.load
    links, key = (goal.links, goal.key) if goal is not None else ({}, "")
    inside = backlog.snapshot.open_in(sprint, capacity.team)
    sized = [issue for issue in inside if issue.is_counted and issue.points]
    for issue in sorted(sized, key=lambda one: (one.key == key, one.key in links, -backlog.rank[one.key])):
        if left <= points.p50 + 1e-9:
            return
        left -= issue.points or 0.0
        yield issue


def _sentence(capacity: TeamCapacity, out: Sequence[tuple[str, float]]) -> str:
    named = ", ".join(f"{key} ({many(points, capacity.unit.one)})" for key, points in out[:NAMED])
    more = f" and {len(out) - NAMED} more" if len(out) > NAMED else ""
    left = round(capacity.load - fsum(points for _, points in out), 1)
    are = agreeing(left, "is", "are")
    return f"First to take out, by goal and rank: {named}{more}. Then {many(left, capacity.unit.one)} {are} left in it."
