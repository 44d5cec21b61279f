"""Keys as people type them, on every tracker."""

import pytest

from sync.cli.keys import key_of
from tests.factories import issue, snapshot

BACKLOG = snapshot(
    issue("SHOP-12"),
    issue("Acme/Shop#7", id="7"),
    issue("#5", id="5"),
    renamed={"OLD-3": "SHOP-12", "SHOP-99": "GONE-1"},
)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("SHOP-12", "SHOP-12"),
        ("shop-12", "SHOP-12"),
        ("acme/shop#7", "Acme/Shop#7"),
        ("Acme/Shop#7", "Acme/Shop#7"),
        ("#5", "#5"),
        ("old-3", "SHOP-12"),
        ("shop-1", "shop-1"),
    ],
)
def test_a_key_may_be_typed_in_any_case_and_by_a_former_one(typed: str, key: str) -> None:
    assert key_of(typed, BACKLOG) == key
