"""Where stores are kept in tests: each test that asks for a place runs on both databases."""

from pathlib import Path

import pytest

from sync.store.database import Place
from sync.store.postgresql import PostgresqlPlace
from sync.store.sqlite import FilePlace
from tests.postgresql import empty, place_in

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="module")
def schemas_of_module(postgresql: str) -> PostgresqlPlace:
    """The schemas that the tests of a module share: to make them takes longer than most tests."""
    return place_in(postgresql)


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place with no row in it."""
    if request.param == "sqlite":
        return FilePlace(tmp_path / "readyline.db")
    shared: PostgresqlPlace = request.getfixturevalue("schemas_of_module")
    empty(shared)
    return shared


@pytest.fixture(params=DATABASES)
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place that does not exist yet."""
    if request.param == "sqlite":
        return FilePlace(tmp_path / "readyline.db")
    return place_in(request.getfixturevalue("postgresql"))
