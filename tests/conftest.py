"""What every test starts with."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """A command that is called in a test sets up logging to that test's stderr, which is closed afterwards."""
    yield
    structlog.reset_defaults()
