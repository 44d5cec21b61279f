"""The solver of integer programs, as the planners use it."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

from rules.planning.planners.program import Effort, Program
from sync import solver


def knapsack() -> Program:
    """Sizes 3, 4 and 5 into room for 8, worth 4, 5 and 6: the best is 3 and 5."""
    program = Program()
    columns = [program.column(gain) for gain in (4.0, 5.0, 6.0)]
    program.whole = 3
    program.row(zip(columns, (3.0, 4.0, 5.0), strict=True), 8.0)
    return program


def test_a_small_program_is_solved_to_the_end() -> None:
    answer = solver.solve(knapsack(), Effort(gap=0.0, nodes=100))

    assert answer is not None
    assert [round(value) for value in answer.columns] == [1, 0, 1]
    assert answer.bound == pytest.approx(10.0)


def test_a_program_without_columns_has_nothing_to_gain() -> None:
    answer = solver.solve(Program(), Effort(gap=0.0, nodes=1))

    assert answer is not None
    assert (list(answer.columns), answer.bound) == ([], 0.0)


def test_a_program_that_nothing_fulfils_has_no_answer() -> None:
    program = knapsack()
    program.row([(0, -1.0)], -2.0)

    assert solver.solve(program, Effort(gap=0.0, nodes=1)) is None


def test_there_is_no_solver_where_scipy_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert solver.solver() is solver.solve
    monkeypatch.setattr(solver, "find_spec", lambda _: None)
    assert solver.solver() is None


def test_what_the_solver_prints_is_not_in_the_output_of_a_command() -> None:
    """HiGHS writes past Python: only the file descriptor shows it."""
    code = "import os; from sync import solver\nwith solver._without_output(): os.write(1, b'noise')\nprint('{}')"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ended.stdout == "{}\n"


def test_scipy_is_loaded_only_when_something_is_solved() -> None:
    code = "import sys, sync.solver; sync.solver.solver(); sys.exit('scipy' in sys.modules)"

    assert find_spec("scipy") is not None
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
