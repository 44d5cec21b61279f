"""The planners, by the name that `[planning] planner` gives them; one file each (docs/planning.md)."""

from collections.abc import Mapping

from rules.planning.planners import exact, greedy
from rules.planning.planners.plan import Planner

PLANNERS: Mapping[str, Planner] = {exact.NAME: exact.exact, greedy.NAME: greedy.greedy}
