"""A message for the channels' tests, and texts that try to be more than text."""

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
        "title": "Payments: before planning Sprint 7",
        "lines": ("Availability: 15 of 20 person-days.", "Plannable: 12 points."),
        "occasions": ("planning Shop Payments 7",),
        "at": NOW,
        "level": Level.RED,
        "link": "https://reports.example.com/shop",
    }
    return Message(**(values | overrides))
