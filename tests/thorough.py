"""Which share of the long runs is wanted, and which of them that makes."""

import os
import random

import pytest

SEED = "READYLINE_SEED"


def share() -> float:
    """From 0, no long run, to 1, all of them."""
    return float(os.environ.get("READYLINE_THOROUGH", "0"))


def scaled(usual: int, thorough: int) -> int:
    """How many examples a test takes: the usual number, or where that is more the wanted share of the thorough one."""
    return max(usual, round(thorough * share()))


def wanted(item: pytest.Item) -> bool:
    """Whether a test runs. The same seed and share choose the same tests in every process."""
    if item.get_closest_marker("index"):
        return share() > 0
    if item.get_closest_marker("thorough"):
        return random.Random(f"{os.environ[SEED]} {item.nodeid}").random() < share()
    return True
