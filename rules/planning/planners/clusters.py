"""Improving a plan team by team: a few teams are planned again at a time, everything else stays where it is."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from rules.planning.planners.filling import completed
from rules.planning.planners.model import Problem, Seats
from rules.planning.planners.program import Effort, Model, Solve
from rules.planning.planners.score import score

EFFORT = Effort(gap=0.005, nodes=3)
SIZE = 3
"""Teams that are planned together."""


def improved(problem: Problem, seats: Seats, solve: Solve) -> Seats:
    """A plan that is at least as good, after each team was planned again with those that it shares most work with."""
    best, total = seats, score(problem, seats).total
    for teams in _clusters(problem):
        model = Model(_part(problem, best, teams))
        answer = solve(model.program, EFFORT)
        if answer is None:
            continue
        other = completed(problem, model.plan(answer))
        if (value := score(problem, other).total) > total:
            best, total = other, value
    return best


def _clusters(problem: Problem) -> Iterator[frozenset[str]]:
    """Each team with those that may take most of what it may take, by worth."""
    shared: defaultdict[tuple[str, str], float] = defaultdict(float)
    for item in problem.items:
        teams = sorted({team for team, _ in item.boxes})
        for one in teams:
            for other in teams:
                shared[one, other] += item.size * item.worth / len(teams)
    names = sorted({box.team for box in problem.boxes})
    for name in names:
        others = sorted((one for one in names if one != name), key=lambda one: (-shared[name, one], one))
        yield frozenset([name, *others[: SIZE - 1]])


def _part(problem: Problem, seats: Seats, teams: frozenset[str]) -> Problem:
    """The problem of some teams: what is placed elsewhere, or needed by that, is pinned."""
    free = {
        item.key
        for item in problem.items
        if item.pin is None
        and (seats[item.key].team in teams if item.key in seats else any(team in teams for team, _ in item.boxes))
    }
    fixed = {item.key for item in problem.items if item.key in seats and item.key not in free}
    needed = {need for key in fixed for need in problem.item[key].needs}
    free -= needed
    items = [
        replace(item, boxes=tuple(box for box in item.boxes if box.team in teams))
        if item.key in free
        else replace(item, pin=seats[item.key])
        for item in problem.items
        if item.key in free or item.key in seats
    ]
    kept = {item.key for item in items}
    gone = sum(item.prior is not None for item in problem.items if item.key not in kept)
    return replace(problem, items=tuple(items), changes=problem.changes - gone)
