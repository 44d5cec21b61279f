"""What an event of a calendar says: its title, whether it is cancelled, who is invited, and on which days it is."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rules.lazy_regex import regex
from sync.absences.names import People
from sync.absences.repair import is_flagged_all_day, wall_clock
from sync.errors import ConfigError

LONGEST_TITLE = 500
"""Characters of a title that are read."""

_BEGINNINGS = regex(r"^BEGIN:VCALENDAR\s*$", re.IGNORECASE | re.MULTILINE)


def calendars_in(text: str, path: Path) -> Sequence[Any]:
    """The calendars in the text of a file, parsed. Raises `ConfigError` where there is none, or one is cut off."""
    from icalendar import Calendar

    calendars = Calendar.from_ical(text, multiple=True)
    if not calendars or len(calendars) < len(_BEGINNINGS.findall(text)):
        raise ConfigError(f"{path}: the calendar cannot be read: it is empty or cut off; export it again")
    return list(calendars)


def title_of(event: Any) -> str:
    """The title of an event, as far as it is read."""
    return str(event.get("SUMMARY", ""))[:LONGEST_TITLE]


def is_cancelled(event: Any) -> bool:
    """Whether the calendar marks an event as cancelled."""
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def categories_of(event: Any) -> Iterator[str]:
    """The categories of an event."""
    field = event.get("CATEGORIES", ())
    for categories in field if isinstance(field, list) else [field] if field else []:
        yield from (str(one) for one in categories.cats)


def invited(event: Any, people: People) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people who are invited or organise, and those of them who declined. Who is only informed is neither."""
    answers: dict[str, bool] = {}
    for field in ("ORGANIZER", "ATTENDEE"):
        value = event.get(field, ())
        for address in value if isinstance(value, list) else [value] if value else []:
            facts = {key: str(address.params.get(key, "")) for key in ("CN", "EMAIL", "PARTSTAT", "ROLE")}
            mail = re.sub(r"(?i)^mailto:", "", str(address))
            person = people.find(facts["CN"], mail, facts["EMAIL"])
            if person is not None and facts["ROLE"].upper() != "NON-PARTICIPANT":
                answers[person] = facts["PARTSTAT"].upper() != "DECLINED"
    going = tuple(name for name, comes in answers.items() if comes)
    return going, tuple(name for name, comes in answers.items() if not comes)


def rules_of(event: Any) -> Sequence[Any]:
    """The rules by which an event is repeated."""
    rule = event.get("RRULE", ())
    return rule if isinstance(rule, list) else [rule] if rule else []


# Days


def end_of(event: Any) -> Any:
    """The end of an event, a date or a time as its begin is; its begin where it has no end.

    An event of days ends on the day after it (RFC 5545, 3.6.1).
    """
    return event["DTEND" if "DTEND" in event else "DTSTART"].dt


def span_of(event: Any, zone: ZoneInfo) -> tuple[date, date]:
    """The first and the last day of an event."""
    start, end = event["DTSTART"].dt, end_of(event)
    first = first_day(start, zone)
    if is_all_day(event, zone):
        return first, max(first, first_day(end, zone) - timedelta(days=1))
    return first, max(first, wall_clock(end, zone).date())


def is_all_day(event: Any, zone: ZoneInfo) -> bool:
    """Whether an event is about days: by its dates, or from midnight to midnight.

    Of one that ends where it begins, a flag of Outlook says so.
    """
    start = event["DTSTART"].dt
    if not isinstance(start, datetime):
        return True
    end, flagged = end_of(event), is_flagged_all_day(event)
    begins, ends = (_is_midnight(moment, zone, or_in_utc=flagged) for moment in (start, end))
    return begins and ends and (flagged or end > start)


def _is_midnight(moment: datetime, zone: ZoneInfo, *, or_in_utc: bool) -> bool:
    return wall_clock(moment, zone).time() == time() or (or_in_utc and moment.time() == time())


def first_day(moment: date | datetime, zone: ZoneInfo) -> date:
    """The day of a date, or of a midnight on our clock, or else of one in UTC."""
    if not isinstance(moment, datetime):
        return moment
    local = wall_clock(moment, zone)
    return local.date() if local.time() == time() else moment.date()
