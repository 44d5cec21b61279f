"""The places where journeys happen, one for each dialect."""

import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sync.fake_jira.faults import Asked
from sync.trackers.rate_limit import SystemClock
from tests.journeys.app_harness import EACH_DAY, Office, Undisturbed, Whole, is_write, office


@pytest.fixture(params=EACH_DAY)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A small shop in each dialect."""
    with office(tmp_path, request.param) as place:
        yield place


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """What the small shop of a dialect has after a run that nothing disturbed; one run for all who compare with it."""

    @cache
    def of(dialect: str) -> Whole:
        with office(tmp_path_factory.mktemp(dialect), dialect) as place:
            assert place.run("run").code == 0
            writes = sum(is_write(Asked(one.method, one.path, 0)) for one in place.jira.writes)
            return Whole(place.end_state(), len(place.jira.requests), writes)

    return of


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Office]:
    """A small shop on Jira Cloud."""
    with office(tmp_path, "cloud") as place:
        yield place


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.thorough)])
def database(request: pytest.FixtureRequest) -> str:
    """The address of the database that has the store, "" for a file; PostgreSQL is among the long runs."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgresql"))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every wait is over at once: the clock jumps ahead instead."""
    skipped = [0.0]
    real = time.monotonic

    def sleep(_clock: SystemClock, seconds: float) -> None:
        skipped[0] += seconds

    monkeypatch.setattr(SystemClock, "sleep", sleep)
    monkeypatch.setattr(SystemClock, "monotonic", lambda _clock: real() + skipped[0])
