"""The `[schedule]` table as one value: when runs start, in which time zone, and how long before plannings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from rules.planning.lead_time import PlanningLeadTime
from rules.workdays import HolidayChanges
from sync.config.parse_time import read_clock

_EVERY = re.compile(r"every (?:([0-9]{1,6}) )?(minute|hour|day)s?")
_BEFORE = re.compile(r"([0-9]{1,2}) working days? before sprint start at (\S+)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NOT_A_SCHEDULE = 'is not a schedule; write "every 15 minutes" or a cron line such as "0 7 * * mon-fri"'


@dataclass(frozen=True, slots=True)
class Every:
    """A run again and again after the same time; `unit` is minute, hour or day."""

    count: int
    unit: str

    @property
    def interval(self) -> timedelta:
        """The time between two runs."""
        return timedelta(**{f"{self.unit}s": self.count})

    def __str__(self) -> str:
        """The text in the file."""
        return f"every {self.unit}" if self.count == 1 else f"every {self.count} {self.unit}s"


@dataclass(frozen=True, slots=True)
class Cron:
    """A run at the moments of a cron line, whose five fields these are. Weekdays have names."""

    minute: str
    hour: str
    day: str
    month: str
    weekday: str

    def __str__(self) -> str:
        """The text in the file."""
        return f"{self.minute} {self.hour} {self.day} {self.month} {self.weekday}"


@dataclass(frozen=True, slots=True)
class BeforePlanning:
    """An extra run some working days before a sprint starts, at a local time of day."""

    working_days: int
    at: time

    def __str__(self) -> str:
        """The text in the file."""
        days = "day" if self.working_days == 1 else "days"
        return f"{self.working_days} working {days} before sprint start at {self.at:%H:%M}"


USUAL_LEAD = BeforePlanning(working_days=2, at=time(9))
"""When messages count a planning as near, where `[schedule]` asks for no extra run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When runs start, by the clock of `zone`. Without `before_planning` there are no extra runs."""

    repeat: Every | Cron
    zone: ZoneInfo
    before_planning: BeforePlanning | None = None

    def __str__(self) -> str:
        """The schedule for a log: "every 15 minutes (Europe/Berlin)"."""
        return f"{self.repeat} ({self.zone})"

    def lead_time(self, holidays: Mapping[str, HolidayChanges]) -> PlanningLeadTime:
        """How long before a sprint its planning is prepared; `holidays` are the changes to public holidays."""
        lead = self.before_planning or USUAL_LEAD
        return PlanningLeadTime(working_days=lead.working_days, at=lead.at, zone=self.zone, holidays=holidays)


def read_repeat(text: str) -> Every | Cron:
    """The schedule of "every 15 minutes", "every day" or a cron line. Raises `ValueError`."""
    every = _EVERY.fullmatch(text)
    if every is None:
        return _read_cron(text)
    count = int(every[1] or 1)
    if not 1 <= count <= 100_000:
        raise ValueError("must count from 1 to 100000")
    return Every(count, every[2])


def _read_cron(text: str) -> Cron:
    fields = text.lower().split()
    if len(fields) != 5:
        raise ValueError(_NOT_A_SCHEDULE)
    cron = Cron(*fields)
    _field("minute", cron.minute, 0, 59)
    _field("hour", cron.hour, 0, 23)
    days = _field("day of the month", cron.day, 1, 31)
    months = _field("month", cron.month, 1, 12, _MONTHS)
    _field("weekday", cron.weekday, 0, 6, _DAYS)
    if cron.day != "*" and cron.weekday != "*":
        raise ValueError("names a day of the month and a weekday, which schedulers combine differently; set one to *")
    if all(min(days) > _LONGEST_MONTHS[month - 1] for month in months):
        raise ValueError(f'is a date that never comes: no month "{cron.month}" has a day {min(days)}')
    return cron


def _field(name: str, text: str, low: int, high: int, words: tuple[str, ...] = ()) -> frozenset[int]:
    """The values of one field of a cron line: `*`, numbers or names, ranges, steps, joined by commas.

    Weekdays have names only: programs disagree whether 0 is Sunday or Monday. Raises `ValueError`.
    """
    values: set[int] = set()
    for part in text.split(","):
        span, slash, step = part.partition("/")
        ends = [low, high] if span == "*" else [_number(end, low, words) for end in span.split("-", 1)]
        first, last = ends[0], ends[-1]
        width = last - first
        # A step wider than its range would be refused by the scheduler, and has no effect.
        if not low <= first <= last <= high or (slash and not 1 <= _number(step, low, ()) <= width):
            raise ValueError(f'{name} "{text}" of the cron line: {_allowed(low, high, words)}')
        values.update(range(first, last + 1, _number(step, low, ()) if slash else 1))
    return frozenset(values)


def _number(text: str, low: int, words: tuple[str, ...]) -> int:
    """A number or name of a cron field, -1 for anything else."""
    if text in words:
        return low + words.index(text)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 and words is not _DAYS else -1


def _allowed(low: int, high: int, words: tuple[str, ...]) -> str:
    numbers = "" if words is _DAYS else f"{low} to {high}"
    names = f"{words[0]} to {words[-1]}" if words else ""
    return f"use *, {' or '.join(filter(None, (numbers, names)))}, a range a-b, a step */n, or several with commas"


def read_before_planning(text: str) -> BeforePlanning | None:
    """The moment of "2 working days before sprint start at 09:00", `None` for an empty text. Raises `ValueError`."""
    if not text.strip():
        return None
    parts = _BEFORE.fullmatch(" ".join(text.lower().split()))
    if parts is None or not 1 <= int(parts[1]) <= 20:
        raise ValueError('is not understood; write it like "2 working days before sprint start at 09:00"')
    return BeforePlanning(int(parts[1]), read_clock(parts[2]))


@cache
def _zones() -> tuple[str, ...]:
    """All time zones in order; to find them, hundreds of files are looked at."""
    return tuple(sorted(available_timezones()))


def check_zone(name: str) -> str:
    """The name itself if a time zone has it. Raises `ValueError` with the nearest name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = _zones()
        zones = {zone.lower(): zone for zone in known}
        cities = {zone.rpartition("/")[2].lower(): zone for zone in known if "/" in zone}
        near = get_close_matches(name.lower(), [*zones, *cities], n=1, cutoff=0.7)
        guess = zones.get(near[0]) or cities[near[0]] if near else ""
        hint = f'did you mean "{guess}"?' if guess else 'write it like "Europe/Berlin"'
        raise ValueError(f"is not a time zone; {hint}") from None
    return name
