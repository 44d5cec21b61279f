"""Every tracker there is, with the small product on it."""

from collections.abc import Iterator

import pytest

from sync.store.mirror import Mirror
from tests.contract.tracker_fixtures import IN_DATABASE, PLACES, Place, cloud_place, trackers
from tests.postgresql import place_in


@pytest.fixture(params=trackers({}))
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """The product on each tracker in turn."""
    if request.param == IN_DATABASE:
        yield from _place_in_database(request.getfixturevalue("postgresql"))
        return
    with PLACES[request.param]() as found:
        yield found


def _place_in_database(address: str) -> Iterator[Place]:
    mirror = Mirror.open(place_in(address))
    with cloud_place() as found:
        found.tracker = found.worker(mirror=mirror)
        yield found
    mirror.close()
