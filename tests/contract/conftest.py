"""Every tracker there is, with the small product on it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.tracker_fixtures import PLACES, WITHOUT_PROPERTY, JiraPlace, Place

# One server: its tests run one after the other.
_ALONE = pytest.mark.xdist_group("real-redmine")


EVERYWHERE = [pytest.param(name, marks=_ALONE if name == "real-redmine" else ()) for name in PLACES]


@pytest.fixture(params=EVERYWHERE)
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """The product on each tracker in turn."""
    with PLACES[request.param]() as found:
        yield found


@pytest.fixture(params=[param for param in EVERYWHERE if param.values[0] not in WITHOUT_PROPERTY])
def place_with_property(request: pytest.FixtureRequest) -> Iterator[Place]:
    """The product on each tracker that keeps our marks with an issue."""
    with PLACES[request.param]() as found:
        yield found


@pytest.fixture(params=[param for param in EVERYWHERE if param.values[0] != "memory"])
def place_with_people(request: pytest.FixtureRequest) -> Iterator[Place]:
    """The product on each tracker that keeps the comments of people."""
    with PLACES[request.param]() as found:
        yield found


@pytest.fixture(params=["cloud", "datacenter"])
def jira(request: pytest.FixtureRequest) -> Iterator[JiraPlace]:
    """The product on each kind of Jira."""
    opened: Any = PLACES[request.param]()
    with opened as found:
        yield found
