"""The places where journeys happen, one for each dialect."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.office import DIALECTS, Office, office


@pytest.fixture(params=DIALECTS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A small shop in each dialect."""
    with office(tmp_path, request.param) as place:
        yield place


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Office]:
    """A small shop on Jira Cloud."""
    with office(tmp_path, "cloud") as place:
        yield place
