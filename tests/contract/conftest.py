"""Every tracker there is, with the small product on it."""

from collections.abc import Iterator

import pytest

from tests.contract.tracker_fixtures import PLACES, Place, trackers


@pytest.fixture(params=trackers({}))
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """The product on each tracker in turn."""
    with PLACES[request.param]() as found:
        yield found
