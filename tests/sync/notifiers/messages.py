"""A message for the tests of channels, and hostile texts."""

from typing import Any

from rules.capacity.model import Level
from rules.messages import Audience, Message
from tests.factories import NOW
from tests.hostile.texts import SEEDS

HOSTILE = SEEDS


def message(**overrides: Any) -> Message:
    values: dict[str, Any] = {
        "audience": Audience.SM,
        "team": "Payments",
        "title": "Payments: Sprint 7 starts on Monday 9 March",
        "lines": ("Availability: 15 of 20 person-days.", "Capacity: 12 points."),
        "occasions": ("planning Shop Payments 7",),
        "at": NOW,
        "level": Level.RED,
        "link": "https://reports.example.com/shop",
    }
    return Message(**(values | overrides))
