"""Corrects in a parsed calendar what programs are known to write against RFC 5545, before events are repeated."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

OWN_UID = "X-READYLINE-UID"
"""The property that keeps the UID an event has in the file."""
_ALL_DAY = ("X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT")
_UTC_NAMES = frozenset({"UTC", "Etc/UTC", "UCT", "Etc/UCT", "Zulu", "Etc/Zulu", "UTC+00:00"})
_MIDNIGHT, _LAST_SECOND = time(), time(23, 59, 59)


def repaired(calendar: Any, zone: ZoneInfo) -> None:
    """Correct every event of a calendar in place; `zone` is where UTC times are read."""
    own_zone = _zone_of(calendar)
    if own_zone is None:
        calendar.pop("X-WR-TIMEZONE", None)  # the library fails on a zone it does not know
        own_zone = zone
    events = calendar.walk("VEVENT")
    for event in events:
        start = event["DTSTART"].dt
        _without_an_end_before_the_start(event, start)
        for rule in _listed(event, "RRULE"):
            if rule.get("UNTIL"):
                rule["UNTIL"] = [_until(rule["UNTIL"][0], start, own_zone if is_day(start) else zone)]
        if is_day(start) and "EXDATE" in event:
            _exceptions_as_days(event, own_zone)
    _with_a_uid_each(events)


def is_day(moment: date | datetime) -> bool:
    """Whether it is a date without a time."""
    return not isinstance(moment, datetime)


def is_flagged_all_day(event: Any) -> bool:
    """Whether a flag of Outlook says that the event is about days, although it has times."""
    return any(str(event.get(flag, "")).upper() == "TRUE" for flag in _ALL_DAY)


def wall_clock(moment: date | datetime, zone: ZoneInfo) -> datetime:
    """Local time in the event's zone, or in `zone` where the time is in UTC; midnight of a date."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, _MIDNIGHT)
    return (moment.astimezone(zone) if _is_utc(moment) else moment).replace(tzinfo=None)


def _is_utc(moment: datetime) -> bool:
    return moment.tzinfo is not None and str(moment.tzinfo) in _UTC_NAMES


def _zone_of(calendar: Any) -> ZoneInfo | None:
    """The zone the calendar names for itself, `None` without a known one."""
    try:
        return ZoneInfo(str(calendar["X-WR-TIMEZONE"]))
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return None


def _without_an_end_before_the_start(event: Any, start: date | datetime) -> None:
    """An all-day event that ends before its start is one day, its first; the library would swap start and end."""
    duration = event.get("DURATION")
    if duration is not None and duration.dt.total_seconds() <= 0:
        del event["DURATION"]
    end = event.get("DTEND")
    if end is not None and (is_day(start) or is_flagged_all_day(event)) and _comparable(end.dt) <= _comparable(start):
        del event["DTEND"]


def _comparable(moment: date | datetime) -> datetime:
    return wall_clock(moment, ZoneInfo("UTC"))


def _until(until: date | datetime, start: date | datetime, zone: ZoneInfo) -> date | datetime:
    """The last moment of a series, so that its last day is in it.

    Days are counted to a day: the local one of a time in UTC, unless that is a bound of a day itself. Times are counted
    to the end of a day where the bound is a day or its first moment.
    """
    if not isinstance(start, datetime):
        if not isinstance(until, datetime):
            return until
        in_utc = _is_utc(until) and until.time() not in {_MIDNIGHT, _LAST_SECOND}
        return (until.astimezone(zone) if in_utc else until).date()
    of_start = zone if _is_utc(start) else start.tzinfo
    if not isinstance(until, datetime):
        local = datetime.combine(until, _LAST_SECOND)
    else:
        aware = until if until.tzinfo else until.replace(tzinfo=of_start)
        local = (aware.astimezone(of_start or zone) if aware.tzinfo else aware).replace(tzinfo=None)
        if local.time() == _MIDNIGHT:
            local = datetime.combine(local.date(), _LAST_SECOND)
    return local if of_start is None else local.replace(tzinfo=of_start).astimezone(UTC)


def _exceptions_as_days(event: Any, zone: ZoneInfo) -> None:
    """Days on which a series of days does not take place, where they are written as times."""
    moments = [one.dt for listed in _listed(event, "EXDATE") for one in listed.dts]
    del event["EXDATE"]
    event.add("EXDATE", [wall_clock(moment, zone).date() for moment in moments])


def _listed(event: Any, field: str) -> Iterator[Any]:
    value = event.get(field, ())
    yield from value if isinstance(value, list) else [value] if value else []


def _with_a_uid_each(events: list[Any]) -> None:
    """A UID of its own for every event, but for the changed occurrences of a series, which share the one of the series.

    Several events with one UID, or without one, are several events; the library would keep only one of them.
    """
    masters = [event for event in events if "RECURRENCE-ID" not in event]
    taken: Counter[str] = Counter()
    for event in events:
        event[OWN_UID] = str(event.get("UID", ""))
    for event in sorted(masters, key=lambda one: "RRULE" not in one and "RDATE" not in one):  # a series keeps its UID
        uid = event[OWN_UID]
        taken[uid] += 1
        event["UID"] = uid if taken[uid] == 1 and uid else f"{uid}#{taken[uid]}"
    for event in events:
        if "RECURRENCE-ID" in event:
            series = [one for one in masters if one[OWN_UID] == event[OWN_UID] and ("RRULE" in one or "RDATE" in one)]
            same = [one for one in series if one.get("SUMMARY") == event.get("SUMMARY")]
            event["UID"] = next((one["UID"] for one in (*same, *series)), event[OWN_UID] or "#0")
