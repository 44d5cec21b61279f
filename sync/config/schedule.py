"""When passes run, as the `[schedule]` table says it."""

import re
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from sync.config.parse_time import read_clock

_EVERY = re.compile(r"every (?:([0-9]{1,6}) )?(minute|hour|day)s?")
_BEFORE = re.compile(r"([0-9]{1,2}) working days? before sprint start at (\S+)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIELDS: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day of the month", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("weekday", 0, 6, _DAYS),  # names only: programs disagree whether 0 is Sunday or Monday
)


@dataclass(frozen=True, slots=True)
class BeforePlanning:
    """An extra pass so many working days before a sprint starts, at a local time of day."""

    working_days: int
    at: time

    def __str__(self) -> str:
        """The moment as it is written in the file."""
        days = "day" if self.working_days == 1 else "days"
        return f"{self.working_days} working {days} before sprint start at {self.at:%H:%M}"


def check_pass(text: str) -> str:
    """The schedule itself if it is one: "every 15 minutes" or a cron line. Raises `ValueError`."""
    every = _EVERY.fullmatch(text)
    if every:
        if every[1] is not None and not 1 <= int(every[1]) <= 100_000:
            raise ValueError("must count from 1 to 100000")
        return text
    fields = text.split()
    if len(fields) != len(_FIELDS):
        raise ValueError('is no schedule; write "every 15 minutes" or a cron line such as "0 7 * * mon-fri"')
    for value, (name, low, high, words) in zip(fields, _FIELDS, strict=True):
        for part in value.lower().split(","):
            if not _fits(part, low, high, words):
                raise ValueError(f'the {name} "{value}" of this cron line is not {_allowed(low, high, words)}')
    return text


def _fits(part: str, low: int, high: int, words: tuple[str, ...]) -> bool:
    span, slash, step = part.partition("/")
    ends = [low, high] if span == "*" else [_number(end, low, words) for end in span.split("-", 1)]
    if any(end is None or not low <= end <= high for end in ends):
        return False
    first, last = ends[0] or 0, ends[-1] or 0
    # A step wider than its span would be refused by the scheduler, and means nothing.
    return first <= last and (not slash or 1 <= (_number(step, low, ()) or 0) <= last - first)


def _number(text: str, low: int, words: tuple[str, ...]) -> int | None:
    if text in words:
        return low + words.index(text)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 and words is not _DAYS else None


def _allowed(low: int, high: int, words: tuple[str, ...]) -> str:
    numbers = "" if words is _DAYS else f"{low} to {high}"
    names = f"{words[0]} to {words[-1]}" if words else ""
    return f"*, {' or '.join(filter(None, (numbers, names)))}, a span a-b, a step */n, or such joined by commas"


def read_before_planning(text: str) -> BeforePlanning | None:
    """The moment of "2 working days before sprint start at 09:00", `None` for an empty text. Raises `ValueError`."""
    if not text.strip():
        return None
    found = _BEFORE.fullmatch(" ".join(text.lower().split()))
    if found is None or not 1 <= int(found[1]) <= 20:
        raise ValueError('is not understood; write it like "2 working days before sprint start at 09:00"')
    return BeforePlanning(int(found[1]), read_clock(found[2]))


def check_zone(name: str) -> str:
    """The name itself if it is a time zone's. Raises `ValueError` with the nearest name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = {zone.lower(): zone for zone in available_timezones()}
        cities = {zone.rpartition("/")[2].lower(): zone for zone in sorted(available_timezones()) if "/" in zone}
        near = get_close_matches(name.lower(), [*known, *cities], n=1, cutoff=0.7)
        guess = known.get(near[0]) or cities[near[0]] if near else ""
        hint = f'did you mean "{guess}"?' if guess else 'write it like "Europe/Berlin"'
        raise ValueError(f"is no time zone; {hint}") from None
    return name
