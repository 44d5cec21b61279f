"""The part of a backlog that the next sprints can reach: a planner need not look at the rest."""

from collections import defaultdict
from dataclasses import replace

from rules.planning.planners.model import Problem

ALL = ""
"""Work of all kinds."""
REACH = 1.3
"""An item is out of reach once the items above it fill the sprints of each of its teams this many times."""
REACH_OF_KIND = 2.0
"""The same for the least of its kind of work: few items are of that kind, and their sizes leave gaps."""


def window(problem: Problem) -> Problem:
    """The problem without the items out of reach. What others need, and what has a place already, is kept.

    An item that several teams may take counts for each of them with an equal part.
    """
    reach = _reach(problem)
    demand: defaultdict[tuple[str, str], float] = defaultdict(float)
    kept: set[str] = set()
    for item in problem.items:
        teams = {team for team, _ in item.boxes}
        counted = {(team, kind) for team in teams for kind in {ALL, item.kind}}
        if item.pin or item.prior or any(demand[one] < reach[one] for one in counted):
            kept.add(item.key)
        for one in counted:
            demand[one] += item.size / len(teams)
    kept |= _needed(problem, kept)
    return replace(problem, items=tuple(item for item in problem.items if item.key in kept))


def _reach(problem: Problem) -> defaultdict[tuple[str, str], float]:
    """How much work of each team is within reach: of all kinds, and of those that it should have a least of."""
    reach: defaultdict[tuple[str, str], float] = defaultdict(float)
    for box in problem.boxes:
        reach[box.team, ALL] += REACH * max(0.0, box.room)
        for kind, floor in box.floors.items():
            reach[box.team, kind] += REACH_OF_KIND * floor
    return reach


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
