"""A run that is cut off anywhere, run again, ends as if nothing had happened: no second comment, nothing lost."""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.fake_jira.faults import Asked, Fault, Reset, broken, reset_after, reset_before, unavailable
from tests.journeys.app_harness import DIALECTS, EACH_DAY, Office, Undisturbed, is_write, office
from tests.postgresql import end_connections
from tests.thorough import in_turn

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines

# A few of the some twenty writes of the small shop; every one of them in a thorough run.
EVERY_DAY = (0, 5, -1)
WHEN = ("before", "after")
POINTS = (*EVERY_DAY, *(pytest.param(n, marks=pytest.mark.thorough) for n in range(24) if n not in EVERY_DAY))
SELDOM = [pytest.param(fault, marks=pytest.mark.thorough) for fault in (broken(502), unavailable(), unavailable(1))]


class _Nth:
    """Does something at the nth write of a process, once, just before or just after the local Jira carries it out."""

    def __init__(self, number: int, act: Callable[[], None], *, done: bool) -> None:
        self._left, self._act, self._done = number, act, done
        self.happened = threading.Event()

    def __call__(self, asked: Asked) -> Fault | None:
        if self.happened.is_set() or not is_write(asked):
            return None
        self._left -= 1
        if self._left >= 0:
            return None
        self.happened.set()
        self._act()
        return Reset(done=self._done)


@pytest.mark.parametrize("site", in_turn(*(f"{dialect} {when}" for dialect in DIALECTS for when in WHEN)))
@pytest.mark.parametrize("point", POINTS)
def test_a_run_killed_at_a_write_and_run_again_ends_as_the_undisturbed_one(
    site: str, point: int, database: str, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    dialect, when = site.split()
    expected, writes = undisturbed(dialect).end_state, undisturbed(dialect).writes
    with office(tmp_path, dialect, database=database) as place:
        _killed_at(place, point % writes, done=when == "after")
        again = place.run("run")
        assert again.code == 0, again.err
        assert all(len(texts) <= 1 for texts in place.ours().values())
        assert place.end_state() == expected
        assert place.run("plan", "--format", "json").document["changes"] == []


@pytest.mark.parametrize("point", [5, *(pytest.param(n, marks=pytest.mark.thorough) for n in range(24) if n != 5)])
def test_a_run_whose_database_restarts_at_a_write_ends_and_the_next_one_goes_on(
    point: int, postgresql: str, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    """The site carries the write out; what became of it cannot be noted any more."""
    expected, writes = undisturbed("cloud").end_state, undisturbed("cloud").writes
    with office(tmp_path, "cloud", database=postgresql) as place:
        left = iter(range(point % writes, -1, -1))

        def restart(asked: Asked) -> None:
            if is_write(asked) and next(left, -1) == 0:
                end_connections(postgresql)

        place.jira.faults.hook = restart
        ended = place.run("run")
        assert (ended.code, ended.err.count("\n")) == (2, 1), ended.err
        assert "cannot be used" in ended.err
        place.jira.faults.clear()
        again = place.run("run")
        assert again.code == 0, again.err
        assert place.end_state() == expected
        assert place.run("plan", "--format", "json").document["changes"] == []


def _killed_at(place: Office, number: int, *, done: bool) -> None:
    process: list[int] = []
    started = threading.Event()

    def kill() -> None:
        assert started.wait(30)
        os.kill(process[0], signal.SIGKILL)

    nth = _Nth(number, kill, done=done)
    place.jira.faults.hook = nth
    worker = place.start("run")
    process.append(worker.pid)
    started.set()
    worker.communicate(timeout=120)
    place.jira.faults.clear()
    assert nth.happened.is_set(), "the run ended before it was killed"
    assert worker.returncode == -signal.SIGKILL


@pytest.mark.parametrize("fault", [reset_before(), reset_after(), broken(500), *SELDOM], ids=repr)
@pytest.mark.parametrize("dialect", EACH_DAY)
def test_trouble_at_every_write_doubles_nothing_and_loses_nothing(
    dialect: str, fault: Fault, database: str, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    """Every write fails once, in one of the ways a site or a network has; at most two more runs repair it."""
    expected = undisturbed(dialect).end_state
    with office(tmp_path, dialect, database=database) as place:
        struck: set[tuple[str, str]] = set()

        def strike(asked: Asked) -> Fault | None:
            if not is_write(asked) or (asked.method, asked.path) in struck:
                return None
            struck.add((asked.method, asked.path))
            return fault

        place.jira.faults.hook = strike
        for _ in range(2):
            place.run("run")
        place.jira.faults.clear()
        place.run("run")
        assert all(len(texts) <= 1 for texts in place.ours().values())
        assert place.end_state() == expected
        assert place.run("plan", "--format", "json").document["changes"] == []
