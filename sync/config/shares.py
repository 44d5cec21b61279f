"""Nobody works more than a full day for all teams together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import fsum, lcm

from rules.model import WORKWEEK, Person
from sync.config.faults import Fault
from sync.config.parse_time import read_weeks, write_weekdays
from sync.config.raw_tables import Entry


@dataclass(frozen=True, slots=True)
class _Allocation:
    """A person as a team has them: with the share and the days for this team."""

    team: str
    person: Person


def overallocated(teams: Sequence[Entry]) -> Iterator[Fault]:
    """People who work more than a full day on some day, at the entry that is too much."""
    allocations: list[_Allocation] = []
    for team in teams:
        for entry in team.entries("people"):
            person = _person(entry)
            others = [one for one in allocations if one.team != team.name and one.person.is_same_as(person)]
            allocations.append(allocation := _Allocation(team.name, person))
            if others and (wrong := _too_much([*others, allocation])):
                yield Fault((*entry.path, "share"), wrong, entry.table.get("share", 1.0))


def _person(entry: Entry) -> Person:
    """A person as an entry has them, with the share 0 where that is wrong: the section itself reports it."""
    share = entry.table.get("share", 1.0)
    is_share = isinstance(share, int | float) and not isinstance(share, bool) and 0 < share <= 1
    try:
        weeks = read_weeks(entry.text("days")) if "days" in entry.table else (WORKWEEK,)
    except ValueError:
        weeks = (frozenset(),)
    known = Person(
        name=entry.name,
        share=float(share) if is_share else 0.0,
        account=entry.text("account"),
        weeks=weeks,
        joins=_day(entry, "joins"),
        leaves=_day(entry, "leaves"),
    )
    first = _day(entry, "days_from")
    return replace(known, weeks_from=first) if first else known


def _day(entry: Entry, key: str) -> date | None:
    value = entry.table.get(key)
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _too_much(allocations: list[_Allocation]) -> str:
    """What is wrong with a person's shares in all teams together, "" if nothing is."""
    name = allocations[-1].person.name
    load = {day: _on(allocations, day) for day in _days_to_check(allocations)}
    most = max(map(fsum, ((one.person.share for one in working) for working in load.values())), default=0.0)
    if not name or most <= 1 + 1e-9:
        return ""
    fullest = [day for day, working in load.items() if fsum(one.person.share for one in working) == most]
    full = write_weekdays(frozenset(day.weekday() for day in fullest))
    parts = ", ".join(f"{one.team} {100 * one.person.share:.0f} %" for one in load[fullest[0]])
    advice = "lower a share, or give two people of one name different accounts"
    return f"{name} would work {100 * most:.0f} % on {full} ({parts}); {advice}"


def _on(allocations: list[_Allocation], day: date) -> list[_Allocation]:
    return [one for one in allocations if one.person.works_on(day)]


def _days_to_check(allocations: list[_Allocation]) -> Iterator[date]:
    """All weeks of the patterns together, from each day on from which somebody is in one more team."""
    weeks = lcm(*(len(one.person.weeks) for one in allocations))
    for begin in {one.person.joins or one.person.weeks_from for one in allocations}:
        yield from (begin + timedelta(days=number) for number in range(7 * weeks))
