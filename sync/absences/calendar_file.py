"""Absences from an iCalendar file (RFC 5545), read around today: which events are absences, and whose.

An event names people in its title, or else by its invitations. The libraries parse and repeat events; before that,
`repaired` corrects what calendar programs are known to write against the standard.
"""

import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from rules.wording import many
from sync.absences.events import (
    calendars_in,
    categories_of,
    end_of,
    first_day,
    invited,
    is_all_day,
    is_cancelled,
    rules_of,
    span_of,
    title_of,
)
from sync.absences.half_days import Piece, parts_of_days, whole_days
from sync.absences.model import Entry, LeftOut, Reason, Source
from sync.absences.repair import OWN_UID, repaired, wall_clock
from sync.absences.titles import Title
from sync.errors import ConfigError

BACK, AHEAD = timedelta(days=300), timedelta(days=200)
"""How far calendars are read before and after today: the closed sprints of velocity, and the future sprints."""
MOST_EVENTS = 1000
TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")

_BUSY = ("X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-INTENDEDSTATUS")


@dataclass(frozen=True, slots=True)
class _Judged:
    """What an event is: an absence of these people, or left out for a reason, or neither."""

    people: tuple[str, ...] = ()
    reason: Reason | None = None


def read_ics(source: Source) -> tuple[dict[str, list[Piece]], list[LeftOut], list[Entry]]:
    """The pieces of absences by person, what was left out, and every event around today. Raises `ConfigError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the libraries, about names of time zones
            events, others = _events(source)
            pieces = _pieces(events, source)
            entries = [*others, *(_entry(event, people, source) for event, people in events)]
    except ConfigError:
        raise
    except Exception as error:  # the parsers raise nearly anything for broken files, with lines of them
        raise ConfigError(f"{source.path}: the calendar cannot be read; export it again as iCalendar (.ics)") from error
    left_out = Counter(one.reason for one in others if one.reason is not None)
    left_out[Reason.SHORT] += _too_short(pieces, source)
    counts = [(reason, left_out[reason]) for reason in Reason if left_out[reason]]
    return pieces, [LeftOut(file=str(source.path), reason=reason, count=count) for reason, count in counts], entries


def _events(source: Source) -> tuple[list[tuple[Any, tuple[str, ...]]], list[Entry]]:
    """Every occurrence of an absence around today with the people who are away, and the other events around today."""
    occurrences: list[tuple[Any, tuple[str, ...]]] = []
    others: list[Entry] = []
    for calendar in calendars_in(source.text, source.path):
        repaired(calendar, source.zone)
        occurrences += _expanded(calendar, source, others)
    if len(occurrences) > MOST_EVENTS:
        raise ConfigError(
            f"{source.path}: {many(len(occurrences), 'absence')}, at most {MOST_EVENTS}; export a shorter period"
        )
    return occurrences, others


def _expanded(calendar: Any, source: Source, others: list[Entry]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """The absences with every occurrence of recurring ones. Other events are removed first, whatever they repeat."""
    import recurring_ical_events

    events = calendar.walk("VEVENT")
    judged = [(event, _judge(event, source)) for event in events]
    kept = {str(event["UID"]) for event, verdict in judged if verdict.people}
    for event, verdict in judged:
        if not verdict.people and _is_around(event, source):
            first, last = span_of(event, source.zone)
            others.append(Entry(file=str(source.path), first=first, last=last, reason=verdict.reason))
        if str(event["UID"]) not in kept:
            calendar.subcomponents.remove(event)
        elif any(set(rule.get("FREQ", ())) & set(TOO_OFTEN) for rule in rules_of(event)):
            raise ConfigError(f"{source.path}: an absence recurs more than once a day; correct it in the calendar")
    for event in recurring_ical_events.of(calendar).between(source.today - BACK, source.today + AHEAD):
        people = _judge(event, source).people
        if people:
            yield event, people


def _entry(event: Any, people: Sequence[str], source: Source) -> Entry:
    """An absence as it is listed: the working days that each person is away by it alone."""
    first, last = span_of(event, source.zone)
    days: dict[str, float] = {}
    short = not is_all_day(event, source.zone)
    for name in people:
        parts = parts_of_days(_pieces_of(event, name, source), source.options)
        short = short and not any(part for day, part in parts.items() if source.people.works_on(name, day))
        expected = [day for day in parts if source.people.is_expected_on(name, day, source.options.holidays)]
        days[name] = round(sum(parts[day] for day in expected), 6)
    return Entry(file=str(source.path), first=first, last=last, days=days, reason=Reason.SHORT if short else None)


def _is_around(event: Any, source: Source) -> bool:
    """Whether an event that is left out may be near today; the end of a series is not looked for."""
    start, end = (_date(moment) for moment in (event["DTSTART"].dt, end_of(event)))
    return start <= source.today + AHEAD and (bool(rules_of(event)) or max(start, end) >= source.today - BACK)


def _date(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _judge(event: Any, source: Source) -> _Judged:
    """Whose absence an event is, or why it does not count: by title, categories, flags, and who is invited."""
    title = source.titles.read(title_of(event))
    away = title.is_away or any(map(source.titles.has_word, categories_of(event)))
    named = away or any(str(event.get(field, "")).upper() == "OOF" for field in _BUSY)
    going, declined = invited(event, source.people)
    void = _void(event, title, is_named=bool(title.people), zone=source.zone)
    people = (title.people or (going if title.is_only_away else ())) if named else ()
    if people:
        return void or _Judged(people)
    if title.people or (title.mentioned and not away):
        return _Judged(reason=Reason.NO_WORD)
    return _Judged(reason=_missing(title, going, declined, named=named, void=void))


def _missing(
    title: Title, going: Sequence[str], declined: Sequence[str], *, named: bool, void: _Judged | None
) -> Reason | None:
    """Why an event that looks like an absence is of nobody; `None` for one that does not."""
    if title.mentioned:
        return Reason.UNCLEAR
    if going and named:
        return Reason.INVITED
    if title.is_only_away and declined:
        return Reason.DECLINED
    return Reason.NO_PERSON if title.is_away and void is None else None


def _void(event: Any, title: Title, *, is_named: bool, zone: ZoneInfo) -> _Judged | None:
    """Why an absence does not count: cancelled, or shown as free. Whole days of who is named count although free."""
    if title.is_cancelled or is_cancelled(event):
        return _Judged(reason=Reason.CANCELLED)
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT" and not (is_named and is_all_day(event, zone)):
        return _Judged(reason=Reason.FREE)
    return None


def _pieces(events: Iterable[tuple[Any, tuple[str, ...]]], source: Source) -> dict[str, list[Piece]]:
    pieces: dict[str, list[Piece]] = {}
    for event, people in events:
        for name in people:
            pieces.setdefault(name, []).extend(_pieces_of(event, name, source))
    return pieces


def _pieces_of(event: Any, name: str, source: Source) -> Iterator[Piece]:
    """The days of an occurrence, in the time that is read, for one person."""
    start, end, title = event["DTSTART"].dt, end_of(event), title_of(event)
    identity = (str(event[OWN_UID]), title, str(start), str(end))
    earliest, latest = source.today - BACK, source.today + AHEAD
    if is_all_day(event, source.zone):
        first = first_day(start, source.zone)
        length = max(1, (first_day(end, source.zone) - first).days)
        if length > (AHEAD + BACK).days:  # from or to far away
            begin, close = max(first, earliest), min(first + timedelta(length - 1), latest)
            first, length = begin, (close - begin).days + 1
        yield from whole_days(title, identity, first, length, partial(source.people.works_on, name))
        return
    begin, close = (_on_clock_of(moment, source.people.zone_of(name), source.zone) for moment in (start, end))
    day = max(begin.date(), earliest)
    while day <= min(close.date(), latest):
        yield Piece(identity, day, begin=begin, end=close)
        day += timedelta(1)


def _on_clock_of(moment: datetime, person: ZoneInfo | None, zone: ZoneInfo) -> datetime:
    """Local time of a person, or where that zone is not known, of the event; times without a zone are everybody's."""
    if person is None or not isinstance(moment, datetime) or moment.tzinfo is None:
        return wall_clock(moment, zone)
    return moment.astimezone(person).replace(tzinfo=None)


def _too_short(pieces: dict[str, list[Piece]], source: Source) -> int:
    """How many events with times cover too little of every working day."""
    short: set[tuple[object, ...]] = set()
    for of_person in pieces.values():
        parts = parts_of_days(of_person, source.options)
        counting = {piece.event for piece in of_person if parts[piece.day]}
        short |= {piece.event for piece in of_person if piece.begin} - counting
    return len({event[0] for event in short})
