"""Every tracker there is, with the small product on it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.tracker_fixtures import PLACES, JiraPlace, Place


@pytest.fixture(params=list(PLACES))
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """The product on each tracker in turn."""
    with PLACES[request.param]() as found:
        yield found


@pytest.fixture(params=["cloud", "datacenter"])
def jira(request: pytest.FixtureRequest) -> Iterator[JiraPlace]:
    """The product on each kind of Jira."""
    opened: Any = PLACES[request.param]()
    with opened as found:
        yield found
