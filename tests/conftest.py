"""What every test starts with, and which of the long ones run.

READYLINE_THOROUGH is the share of the long runs that are wanted: 0 (the default) leaves out every test marked
`thorough` or `ci`, 1 (`make test-all`) runs all of them, and 0.1 (`.ci/run`) a tenth, chosen by the seed that the
first lines of the output name. READYLINE_SEED fixes the seed.
"""

import gc
import os
import random
import sys
from collections.abc import Generator, Iterator
from functools import cache

import pytest
import structlog
import typer.main
import typer.testing
from hypothesis import HealthCheck, settings

from tests.thorough import SEED, share, wanted

# Tests start the program many times: without its bytecode each start compiles it once more.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Every client asks for the proxies of this machine by reading its whole environment, for each request, unless told so.
os.environ.setdefault("NO_PROXY", "127.0.0.1,localhost")

# To build the command line takes longer than some commands do: once is enough.
vars(typer.testing)["_get_command"] = cache(typer.main.get_command)

# No example is judged by the clock: the machine may be busy.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_configure() -> None:
    """One seed for all processes of a run: xdist's workers inherit the environment."""
    os.environ.setdefault(SEED, str(random.randrange(2**32)))


def pytest_report_header() -> str:
    return f"thorough: READYLINE_THOROUGH={share():g} {SEED}={os.environ[SEED]}"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """To collect the tests without the garbage collector: all they consist of stays, so that it searches in vain."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_itemcollected(item: pytest.Item) -> None:
    """A file runs in one process: what its tests share is built once, and there are few groups to keep account of.

    Only slow tests go to whichever process is free; pytest-xdist starts the larger groups first, these last.
    """
    if item.get_closest_marker("slow") is None and item.get_closest_marker("xdist_group") is None:
        item.add_marker(pytest.mark.xdist_group(item.path.stem))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if not wanted(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if wanted(item)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Without coverage where the mark `uncovered` says so, from set-up on: what is set up are runs, too."""
    coverage = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    if coverage is None or item.get_closest_marker("uncovered") is None:
        return (yield)
    coverage.pause()
    try:
        return (yield)
    finally:
        coverage.resume()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    from tests.postgresql import server  # its driver and our store take half a second to load

    with server() as address:
        yield address


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """A command that is called in a test sets up logging to that test's stderr, which is closed afterwards."""
    yield
    structlog.reset_defaults()
