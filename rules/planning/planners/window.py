"""The part of a backlog that the next sprints can reach: a planner need not look at the rest."""

from collections import defaultdict
from dataclasses import replace

from rules.planning.planners.model import Problem

REACH = 1.3
"""An item is out of reach once the items above it fill the sprints of each of its teams this many times."""


def window(problem: Problem) -> Problem:
    """The problem without the items out of reach. What others need, and what has a place already, is kept.

    An item that several teams may take counts for each of them with an equal part.
    """
    room: defaultdict[str, float] = defaultdict(float)
    for box in problem.boxes:
        room[box.team] += max(0.0, box.room)
    demand: defaultdict[str, float] = defaultdict(float)
    kept: set[str] = set()
    for item in problem.items:
        teams = {team for team, _ in item.boxes}
        if item.pin or item.prior or any(demand[team] < REACH * room[team] for team in teams):
            kept.add(item.key)
        for team in teams:
            demand[team] += item.size / len(teams)
    kept |= _needed(problem, kept)
    return replace(problem, items=tuple(item for item in problem.items if item.key in kept))


def _needed(problem: Problem, keys: set[str]) -> set[str]:
    """The items of these keys, all that they need, and so on."""
    needed: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key in needed or key not in problem.item:
            continue
        needed.add(key)
        waiting.extend(problem.item[key].needs)
    return needed
