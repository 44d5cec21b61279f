"""Absences by person, from CSV lists and ICS calendars (RFC 5545).

Only the name, the dates and the part of the day are kept. Titles, reasons and attendees are private: they stay in the
file.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rules.model import Absence, Person, Product
from sync.errors import ConfigError

BACK, AHEAD = timedelta(days=300), timedelta(days=200)
"""How far calendars are read before and after today: the closed sprints of velocity, and the future sprints."""
MOST_EVENTS = 1000
MOST_BYTES = 20_000_000
WORKDAY = (time(9), time(17))
HALF_DAY, FULL_DAY = timedelta(hours=4), timedelta(hours=6)

AWAY = re.compile(  # whole words, and no part of "kick-off" or "off-site"
    r"(?<![\w-])(pto|ooo|oof|out of (the )?office|vacation|holidays?|(annual|sick|parental|maternity|paternity)? ?leave"
    r"|sick|(days?|time)? ?off|away|absen(t|te|ce)|urlaub|krank|frei|abwesend|elternzeit|congés?|vacances|maladie"
    r"|vacaciones|baja|férias|licença|vakantie|verlof|ziek)(?![\w-])",
    re.IGNORECASE,
)
HALF = re.compile(r"½|\bhalf\b|\bhalb(er|tags)?\b|\b0[.,]5\b", re.IGNORECASE)
TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")


def read_absences(
    paths: Sequence[Path], product: Product, *, today: date, timezone: str = "UTC"
) -> Mapping[str, tuple[Absence, ...]]:
    """Absences by the name of the person in the configuration, from `.csv` and `.ics` files.

    CSV files have the columns `name,from,to` and optionally `fraction` (0 to 1) and `kind`. Calendars are
    read around `today`; `timezone` applies to times in UTC. Unknown names are kept for
    `unknown_names`. Raises `ConfigError` with all faults of all files.
    """
    people = {person.name: person for team in product.teams for person in team.people}
    faults: list[str] = []
    absences: dict[str, list[Absence]] = {}
    for path in paths:
        reader = _READERS.get(path.suffix.lower())
        if reader is None:
            faults.append(f"{path}: absences are read from .csv and .ics files, not from {path.suffix or 'this'!r}")
            continue
        try:
            text = _text(path)
            for name, absence in reader(_Source(path, text, people, today, ZoneInfo(timezone))):
                absences.setdefault(name, []).append(absence)
        except ConfigError as error:
            faults += error.faults
    if faults:
        raise ConfigError(*faults)
    return {name: _tidy(days) for name, days in sorted(absences.items())}


def unknown_names(absences: Mapping[str, object], product: Product) -> tuple[str, ...]:
    """The names in the files that are not in the configuration: people of other teams, or misspelt names."""
    names = {person.name for team in product.teams for person in team.people}
    return tuple(sorted(set(absences) - names))


@dataclass(frozen=True, slots=True)
class _Source:
    path: Path
    text: str
    people: Mapping[str, Person]
    today: date
    zone: ZoneInfo

    def name(self, written: str) -> str:
        """The name as in the configuration, independent of case and spaces in the file."""
        plain = _plain(written)
        return next((name for name in self.people if _plain(name) == plain), " ".join(written.split()))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConfigError(f"{path}: larger than {MOST_BYTES // 1_000_000} MB; export a shorter period")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); check [capacity] absences") from error


def _tidy(absences: Iterable[Absence]) -> tuple[Absence, ...]:
    return tuple(sorted(set(absences), key=lambda absence: (absence.first, absence.last, absence.fraction)))


# CSV


def _from_csv(source: _Source) -> Iterator[tuple[str, Absence]]:
    header = source.text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(source.text), delimiter=";" if ";" in header else ",", strict=True)
    columns = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    _check_columns(columns, source.path)
    rows.fieldnames = columns
    faults: list[str] = []
    absences: list[tuple[str, Absence]] = []
    try:
        for row in rows:
            try:
                absences.append(_row(row, f"{source.path}, line {rows.line_num}", source))
            except ConfigError as error:
                faults += error.faults
    except csv.Error as error:
        faults.append(f"{source.path}, line {rows.line_num}: not CSV ({error})")
    if faults:
        raise ConfigError(*faults)
    yield from absences


def _check_columns(columns: Sequence[str], path: Path) -> None:
    missing = [name for name in ("name", "from", "to") if name not in columns]
    unknown = [name for name in columns if name not in {"name", "from", "to", "fraction", "kind"}]
    if missing or unknown:
        odd = f"column {missing[0]!r} is missing" if missing else f"column {unknown[0]!r} is unknown"
        raise ConfigError(f"{path}, line 1: {odd}; the columns are name, from, to and optionally fraction and kind")


def _row(row: Mapping[str | None, Any], where: str, source: _Source) -> tuple[str, Absence]:
    if None in row:
        raise ConfigError(f"{where}: more values than columns; put values with a separator into quotes")
    values = {str(column): (value or "").strip() for column, value in row.items()}
    if not values["name"]:
        raise ConfigError(f"{where}: the name is missing")
    first = _day(values["from"], "from", where)
    last = _day(values["to"], "to", where) if values["to"] else first
    if last < first:
        raise ConfigError(f"{where}: to {last} is before from {first}; swap them")
    fraction = _fraction(values.get("fraction", ""), where)
    return source.name(values["name"]), Absence(first=first, last=last, fraction=fraction)


def _day(value: str, column: str, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ConfigError(f"{where}: {column} {value!r} is not a date; write it like 2026-03-09") from None


def _fraction(value: str, where: str) -> float:
    try:
        fraction = float(value or 1)
    except ValueError:
        fraction = 0.0
    if not 0 < fraction <= 1:
        raise ConfigError(f"{where}: fraction {value!r} must be above 0 and at most 1; half a day is 0.5")
    return fraction


# ICS


def _from_ics(source: _Source) -> Iterator[tuple[str, Absence]]:
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(source.text)
        events = _expanded(calendar, source)
        days = _days_away(events, source)
    except ConfigError:
        raise
    except Exception as error:  # the parsers raise nearly anything for broken files
        raise ConfigError(f"{source.path}: the calendar cannot be read ({error}); export it again") from error
    for name, fractions in sorted(days.items()):
        for absence in _runs(fractions):
            yield name, absence


def _expanded(calendar: Any, source: _Source) -> list[Any]:
    """All absences around today, with every occurrence of recurring ones; other events are dropped first."""
    import recurring_ical_events

    away = {str(event.get("UID")) for event in calendar.walk("VEVENT") if _whose(event, source)}
    for event in calendar.walk("VEVENT"):
        if str(event.get("UID")) not in away:
            calendar.subcomponents.remove(event)
        elif set((event.get("RRULE") or {}).get("FREQ", ())) & set(TOO_OFTEN):
            raise ConfigError(f"{source.path}: an absence recurs more than once a day; correct it in the calendar")
    between = recurring_ical_events.of(calendar).between(source.today - BACK, source.today + AHEAD)
    events = [event for event in between if _counts(event)]
    if len(events) > MOST_EVENTS:
        raise ConfigError(f"{source.path}: {len(events)} absences, at most {MOST_EVENTS}; export a shorter period")
    return events


def _counts(event: Any) -> bool:
    cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
    return not cancelled and str(event.get("TRANSP", "")).upper() != "TRANSPARENT"


def _whose(event: Any, source: _Source) -> tuple[str, ...]:
    """The people an absence is for: those named in its title, else those invited; empty for other events."""
    title = str(event.get("SUMMARY", ""))
    if not AWAY.search(title) and str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() != "OOF":
        return ()
    named = tuple(name for name in source.people if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title, re.IGNORECASE))
    if named:
        return named
    called = {_plain(text) for address in _addresses(event) for text in address}
    return tuple(
        name for name, person in source.people.items() if called & {_plain(name), _plain(person.account)} - {""}
    )


def _addresses(event: Any) -> Iterator[tuple[str, str]]:
    """Name and mail address of all invited people and of the organiser."""
    for field in ("ATTENDEE", "ORGANIZER"):
        value = event.get(field, ())
        for address in value if isinstance(value, list) else [value] if value else []:
            yield str(address.params.get("CN", "")), re.sub(r"(?i)^mailto:", "", str(address))


def _days_away(events: Iterable[Any], source: _Source) -> dict[str, dict[date, float]]:
    """Absent part of the day, by name and day; several absences on one day add up."""
    hours: dict[str, dict[date, timedelta]] = {}
    for event in events:
        for name in _whose(event, source):
            by_day = hours.setdefault(name, {})
            for day, away in _hours_away(event, source.zone):
                by_day[day] = by_day.get(day, timedelta()) + away
    return {
        name: {day: 1.0 if away >= FULL_DAY else 0.5 for day, away in by_day.items() if away >= HALF_DAY}
        for name, by_day in hours.items()
    }


def _hours_away(event: Any, zone: ZoneInfo) -> Iterator[tuple[date, timedelta]]:
    """Absent hours of each day. The end of an all-day event is the day after it (RFC 5545, 3.6.1)."""
    start, end = event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None
    if not isinstance(start, datetime):
        length = max(1, (end - start).days) if end is not None else 1
        away = HALF_DAY if HALF.search(str(event.get("SUMMARY", ""))) else FULL_DAY
        for number in range(length):
            yield start + timedelta(number), away
        return
    first, last = _wall_clock(start, zone), _wall_clock(end or start, zone)
    for number in range((last.date() - first.date()).days + 1):
        day = first.date() + timedelta(number)
        begin, close = datetime.combine(day, WORKDAY[0]), datetime.combine(day, WORKDAY[1])
        yield day, max(timedelta(), min(last, close) - max(first, begin))


def _wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """Local time in the event's zone, or in ours where the time is in UTC."""
    is_utc = (
        moment.tzinfo is not None and moment.utcoffset() == timedelta() and str(moment.tzinfo) in {"UTC", "Etc/UTC"}
    )
    return (moment.astimezone(zone) if is_utc else moment).replace(tzinfo=None)


def _runs(days: Mapping[date, float]) -> list[Absence]:
    """Absences from consecutive days with the same fraction."""
    runs: list[Absence] = []
    for day, fraction in sorted(days.items()):
        if runs and runs[-1].last == day - timedelta(1) and runs[-1].fraction == fraction:
            runs[-1] = replace(runs[-1], last=day)
        else:
            runs.append(Absence(first=day, last=day, fraction=fraction))
    return runs


_READERS: Mapping[str, Callable[[_Source], Iterator[tuple[str, Absence]]]] = {".csv": _from_csv, ".ics": _from_ics}
