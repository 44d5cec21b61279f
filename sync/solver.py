"""The solver of integer programs for the planner `exact`: HiGHS, as scipy has it (the extra `readyline[planner]`)."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from rules.planning.planners.program import Answer, Effort, Program, Solve


def solver() -> Solve | None:
    """The solver, `None` where scipy is not installed."""
    return solve if find_spec("scipy") is not None else None


def solve(program: Program, effort: Effort) -> Answer | None:
    """The best values found for the columns, `None` without any. The same program gives the same answer."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    if not program.gains:
        return Answer((), 0.0)
    ends = np.cumsum([0, *(len(row.columns) for row in program.rows)])
    columns = np.fromiter((one for row in program.rows for one in row.columns), dtype=np.int32)
    factors = np.fromiter((one for row in program.rows for one in row.factors), dtype=float)
    shape = (len(program.rows), len(program.gains))
    limits = np.array([row.limit for row in program.rows])
    whole = np.arange(len(program.gains)) < program.whole
    with _without_output():
        result = milp(
            -np.array(program.gains),
            integrality=whole.astype(int),
            bounds=Bounds(0, np.array(program.upper)),
            constraints=LinearConstraint(csr_array((factors, columns, ends), shape=shape), -np.inf, limits),
            options={"mip_rel_gap": effort.gap, "node_limit": effort.nodes},
        )
    if result.x is None:
        return None
    # Without whole columns the plan itself is the only bound.
    bound = result.fun if result.mip_dual_bound is None else result.mip_dual_bound
    return Answer([float(value) for value in result.x], -float(bound))


@contextmanager
def _without_output() -> Iterator[None]:
    """Keep the lines that HiGHS prints now and then out of what a command prints; Python cannot see them."""
    sys.stdout.flush()
    kept = os.dup(1)
    silent = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(silent, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(silent)
        os.close(kept)
