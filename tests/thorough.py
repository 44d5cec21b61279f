"""Which share of the long runs is wanted, and which of them that makes."""

import os
import random
import zlib
from typing import Any

import pytest

SEED = "READYLINE_SEED"


def share() -> float:
    """From 0, no long run, to 1, all of them."""
    return float(os.environ.get("READYLINE_THOROUGH", "0"))


def scaled(usual: int, thorough: int) -> int:
    """How many examples a test takes: the usual number, or where that is more the wanted share of the thorough one."""
    return max(usual, round(thorough * share()))


def in_turn(*values: str) -> list[Any]:
    """Parameters of which each test meets one a day, the next test another one; the rest are long runs."""
    return [
        pytest.param(value, marks=pytest.mark.in_turn(value, number, len(values)))
        for number, value in enumerate(values)
    ]


def wanted(item: pytest.Item) -> bool:
    """Whether a test runs. The same seed and share choose the same tests in every process."""
    if item.get_closest_marker("ci"):
        return share() > 0
    if item.get_closest_marker("thorough") or _waits(item):
        return random.Random(f"{os.environ[SEED]} {_name(item)}").random() < share()
    return True


def _name(item: pytest.Item) -> str:
    """The node id without the group of pytest-xdist, which one process alone does not add."""
    return f"{item.parent.nodeid}::{item.name}" if item.parent is not None else item.nodeid


def _waits(item: pytest.Item) -> bool:
    """Whether it is another value's turn. It depends on nothing but the name of the test."""
    marker = item.get_closest_marker("in_turn")
    if marker is None:
        return False
    value, number, count = marker.args
    test, _, parameters = _name(item).partition("[")
    return bool(zlib.crc32(f"{test}[{parameters.replace(value, '')}".encode()) % count != number)
