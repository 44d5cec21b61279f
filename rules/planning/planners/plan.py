"""What a planner is given and gives."""

from collections.abc import Callable
from dataclasses import dataclass

from rules.planning.planners.model import Problem, Seats
from rules.planning.planners.program import Solve


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where each item goes, and the planner that decided it.

    `gap` is how far the plan is at most from the best one, as a part of that one; `None` where that is not known.
    """

    seats: Seats
    planner: str
    gap: float | None = None


Planner = Callable[[Problem, Solve | None], Plan]
"""Plans a problem. The solver is `None` where none is installed."""
