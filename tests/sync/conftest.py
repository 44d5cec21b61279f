"""Where stores are kept in tests: each test that asks for a place runs on both databases."""

from pathlib import Path

import pytest

from sync.store.database import Place
from sync.store.sqlite import FilePlace
from tests.postgresql import place_in

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place with nothing in it."""
    if request.param == "sqlite":
        return FilePlace(tmp_path / "readyline.db")
    return place_in(request.getfixturevalue("postgresql"))
