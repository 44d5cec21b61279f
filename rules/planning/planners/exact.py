"""The planner `exact`: the plan of `greedy`, improved by a solver of integer programs as far as it pays."""

from math import fsum

from rules.planning.planners.clusters import improved
from rules.planning.planners.filling import completed
from rules.planning.planners.greedy import greedy
from rules.planning.planners.model import Problem
from rules.planning.planners.plan import Plan
from rules.planning.planners.program import Effort, Model, Solve
from rules.planning.planners.score import score
from rules.planning.planners.window import window

NAME = "exact"
GAP = 0.01
"""So far from the best possible plan, as a part of it, a plan is good enough."""
FINE = 0.002
"""So far a whole problem is solved that is near to the plan before: that is quick."""
BEGUN = 0.03
"""So far a large one is solved that is not: from there on, a few teams at a time cost less."""
NODES = 5_000
"""Nodes times columns of a whole problem after which the solver stops; the first node is always looked at."""


def exact(problem: Problem, solve: Solve | None) -> Plan:
    """A plan about 1 % or less from the best possible one, by `score`; that of `greedy` where there is no solver.

    The whole problem comes first. Where that leaves a larger gap, a few teams at a time follow. The same problem gives
    the same plan: both stop by gap and number of nodes, never by the clock.
    """
    near = window(problem)
    model = Model(near)
    answer = solve(model.program, _effort(near, len(model.program.gains))) if solve is not None else None
    if answer is None or solve is None:
        return greedy(problem)
    bound = answer.bound + model.program.constant
    plans = (greedy(near).seats, completed(near, model.plan(answer)))
    best = max(plans, key=lambda seats: score(near, seats).total)
    if _gap(score(near, best).total, bound) > GAP:
        best = improved(near, best, solve)
    gap = _gap(score(near, best).total, bound)
    # Out of reach is an estimate: a large item at the top may hide smaller ones that fit.
    best = max((completed(problem, best), greedy(problem).seats), key=lambda seats: score(problem, seats).total)
    return Plan(seats=best, planner=NAME, gap=gap)


def _effort(problem: Problem, columns: int) -> Effort:
    """How far the solver goes with a whole problem: nodes after the first gain little in large ones."""
    nodes = NODES // max(1, columns)
    planned = fsum(item.size for item in problem.items if item.prior is not None)
    is_near = planned > fsum(box.room for box in problem.boxes) / 2
    if is_near:
        return Effort(FINE, max(1, nodes))
    return Effort(GAP, nodes) if nodes > 1 else Effort(BEGUN, 1)


def _gap(total: float, bound: float) -> float:
    return round(max(0.0, (bound - total) / bound), 6) if bound > 0 else 0.0
