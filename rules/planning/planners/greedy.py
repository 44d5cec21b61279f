"""The planner `greedy`: rank order, the earliest sprint with room. Fast, and every step can be explained."""

from rules.planning.planners.filling import Filling
from rules.planning.planners.model import Problem
from rules.planning.planners.plan import Plan
from rules.planning.planners.program import Solve

NAME = "greedy"


def greedy(problem: Problem, _: Solve | None = None) -> Plan:
    """A plan in which every item is as early as the room left by those above it allows (docs/planning.md).

    What a kind of work needs at least stays free for it first; what is left of that goes to the others.
    """
    filling = Filling(problem)
    filling.fill(problem.items, reserving=True)
    filling.fill(problem.items)
    return Plan(seats=filling.seats, planner=NAME)
