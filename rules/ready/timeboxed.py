"""Whether a spike has a time box."""

import re
from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Role, Severity, Subject
from rules.text import Quote
from rules.wording import Wording

HOURS_A_DAY = 8.0
DAYS_A_WEEK = 5.0

_BOX = regex(
    r"(?<![\w.])(?P<amount>\d+(?:[.,]\d+)?|one|two|three|four|five|half an?)[ -]*"
    r"(?P<unit>h|hrs?|hours?|d|days?|man-?days?|pd|w|weeks?|stunden?|tage?n?|heures?|jours?|horas?|d[ií]as?|uur|uren|dagen)\b",
    re.IGNORECASE,
)
_WORDS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}
_TIMEBOX = regex(
    r"\btime[- ]?box|\bmax(?:imum|imal|\.)?\b|\bat most\b|\bno longer than\b|\blimit\b|\bbudget\b", re.IGNORECASE
)


class Timeboxed(ReadyRule):
    """A spike has a time box.

    Why: Research has no natural end. After a few days, the team should report what it knows and decide whether to
    continue. An estimate in points also counts as a time box.

    Fails:
        Spike: Find a way to store cards

        Which provider keeps card data for us, and what does it cost?

    Fixed:
        Spike: Find a way to store cards

        Which provider keeps card data for us, and what does it cost?

        Timebox: 2 days
    """

    name: ClassVar[str] = "timeboxed"
    title: ClassVar[str] = "time box"
    failure: ClassVar[str] = "no time box"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.SPIKE})
    effort: ClassVar[Effort] = Effort.LINE
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)
    max_days: float = Field(default=5.0, gt=0)
    """The maximum length of a time box, in working days of eight hours."""

    def check(self, subject: Subject) -> Answer:
        """Look for a duration in the text, a time box first; otherwise for an estimate."""
        blocks = subject.issue.document.blocks
        lines = (Quote(subject.issue.title, 0), *(Quote(block.text, block.line) for block in blocks))
        for line in sorted(lines, key=lambda line: _TIMEBOX.search(line.text) is None):
            if (match := _BOX.search(line.text)) is None:
                continue
            days = _days(match["amount"], match["unit"])
            if days <= self.max_days:
                return Passed((line,))
            if _TIMEBOX.search(line.text):
                template = "The time box of {days:day|days} is longer than {most:day|days}."
                message = Wording(template, days=days, most=self.max_days)
                hint = "Narrow the question, or split it into two spikes."
                return Failed(message, hint, (line,), reason="long", phrase="time box too long")
        if subject.issue.points is not None and not subject.cannot_see("points"):
            return Passed()
        hint = 'Say how long it may take, for example "Timebox: 2 days".'
        return Failed("The time box is missing.", hint, reason="absent")


def _days(count: str, unit: str) -> float:
    text = count.lower().replace(",", ".")
    number = 0.5 if text.startswith("half") else _WORDS.get(text)
    value = float(text) if number is None else number
    match unit[0].lower():
        case "h" | "s" | "u":
            return value / HOURS_A_DAY
        case "w":
            return value * DAYS_A_WEEK
        case _:
            return value
