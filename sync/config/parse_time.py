"""Days, times and places as people write them: "Mon-Wed", "18:00-07:00", DE-BY."""

import re
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from functools import cache

from rules.workdays import calendar_of
from sync.absences.options import WorkingDay
from sync.config.places import COUNTRIES, REGIONS

_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def read_weekdays(text: str) -> frozenset[int]:
    """The weekdays (Monday is 0) of "Mon-Wed", "Mon,Wed,Fri" or "Mon-Tue, Thu". Raises `ValueError`."""
    days: set[int] = set()
    for part in text.split(","):
        first, dash, last = (piece.strip().lower() for piece in part.partition("-"))
        begin = _weekday(first)
        end = _weekday(last) if dash else begin
        days.update(day % 7 for day in range(begin, end + 1 if end >= begin else end + 8))
    return frozenset(days)


def read_weeks(text: str) -> tuple[frozenset[int], ...]:
    """The weekdays of each week of a pattern: "Mon-Wed / Mon-Thu" has two that alternate. Raises `ValueError`."""
    return tuple(map(read_weekdays, text.split("/")))


def write_weeks(weeks: tuple[frozenset[int], ...]) -> str:
    """A pattern of weeks as the file writes it."""
    return " / ".join(map(write_weekdays, weeks))


def write_weekdays(days: frozenset[int]) -> str:
    """Weekdays as the file writes them: "Mon-Fri", "Mon,Wed"."""
    ordered = sorted(days)
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{_NAMES[ordered[0]].title()}-{_NAMES[ordered[-1]].title()}"
    return ",".join(_NAMES[day].title() for day in ordered)


def _weekday(name: str) -> int:
    if name in _NAMES:
        return _NAMES.index(name)
    if name in _FULL:
        return _FULL.index(name)
    raise ValueError(f'"{name}" is not a weekday; write "Mon-Wed" or "Mon,Wed,Fri"')


def read_clock(text: str) -> time:
    """A time of day from "09:00". Raises `ValueError`."""
    parts = _CLOCK.fullmatch(text.strip())
    if parts is None:
        raise ValueError(f'"{text.strip()}" is not a time of day; write it like "09:00"')
    return time(int(parts[1]), int(parts[2]))


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours in which nothing is written; past midnight where they end before they begin."""

    begin: time
    end: time

    def __str__(self) -> str:
        """The span as it is written in the file."""
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"


def read_quiet_hours(text: str) -> QuietHours | None:
    """The span of "20:00-07:00", `None` for an empty text. Raises `ValueError`."""
    if not text.strip():
        return None
    begin, dash, end = text.partition("-")
    if not dash:
        raise ValueError('is not a span of hours; write it like "20:00-07:00"')
    hours = QuietHours(read_clock(begin), read_clock(end))
    if hours.begin == hours.end:
        raise ValueError('begins and ends at the same time; leave it out, or write it like "20:00-07:00"')
    return hours


def read_working_day(text: str) -> WorkingDay:
    """The hours of "09:00-17:00". Raises `ValueError`."""
    begin, dash, end = text.partition("-")
    if not dash:
        raise ValueError('is not a span of hours; write it like "09:00-17:00"')
    day = WorkingDay(read_clock(begin), read_clock(end))
    if day.begin >= day.end:
        raise ValueError('ends before it begins; write it like "09:00-17:00"')
    return day


def check_country(country: str) -> str:
    """The code itself if its public holidays are known, or "". Raises `ValueError` with the nearest code."""
    if country and country not in COUNTRIES and country not in _countries():
        raise ValueError(f"is not a country code (ISO 3166) of the holiday calendar{_guess(country)}")
    return country


def check_region(country: str, region: str) -> str:
    """The code itself if its country has that region, or "". Raises `ValueError` with the nearest code."""
    if not region:
        return region
    if not country:
        raise ValueError('needs its country, such as country = "DE"')
    if region in REGIONS.get(country, "").split(", "):
        return region
    calendar = calendar_of(country)()
    codes, aliases = calendar.subdivisions, calendar.get_subdivision_aliases()
    regions = {*codes, *(alias for names in aliases.values() for alias in names)}
    if region not in regions:
        some = ", ".join(sorted(codes)[:20]) or "none: leave region out"
        near = get_close_matches(region, sorted(regions), n=1, cutoff=0.6)
        hint = f'did you mean "{near[0]}"?' if near else f"its regions are {some}"
        raise ValueError(f"is not a region of {country} in the holiday calendar; {hint}")
    return region


@cache
def _countries() -> frozenset[str]:
    """The codes of all countries; `list_supported_countries` would load the calendar of each."""
    from holidays import registry

    names = (name for entry in registry.COUNTRIES.values() for name in entry[1:])
    return frozenset(name for name in names if name.isupper())  # others are names of classes


def _guess(country: str) -> str:
    """The country code closest to a name or a misspelt code, as the end of a sentence."""
    from holidays import registry

    if country.upper() in _countries():
        return f'; did you mean "{country.upper()}"?'
    names = {module.replace("_", " "): entry[1] for module, entry in registry.COUNTRIES.items()}
    near = get_close_matches(country.lower(), list(names), n=1, cutoff=0.75)
    return f'; did you mean "{names[near[0]]}"?' if near else '; write it like "DE" or "US"'
