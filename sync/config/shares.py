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
    """A person's share in a team, 0 where the file has no valid one; `person` is when the person works for it."""

    team: str
    name: str
    account: str
    share: float
    person: Person

    def is_same_person(self, other: "_Allocation") -> bool:
        """Same name, unless their accounts differ."""
        return self.name == other.name and (not self.account or not other.account or self.account == other.account)


def overallocated(teams: Sequence[Entry]) -> Iterator[Fault]:
    """People who work more than a full day on some day, at the entry that is too much."""
    allocations: list[_Allocation] = []
    for team in teams:
        for person in team.entries("people"):
            allocation = _allocation(team.name, person)
            others = [other for other in allocations if other.team != team.name and other.is_same_person(allocation)]
            allocations.append(allocation)
            if others and (wrong := _too_much([*others, allocation])):
                yield Fault((*person.path, "share"), wrong, person.table.get("share", 1.0))


def _allocation(team: str, person: Entry) -> _Allocation:
    share = person.table.get("share", 1.0)
    good = isinstance(share, int | float) and not isinstance(share, bool) and 0 < share <= 1
    account = person.text("account")
    return _Allocation(team, person.name, account, float(share) if good else 0.0, _when(person))


def _when(person: Entry) -> Person:
    """When a person works; whenever it is not written as it should be, the section itself reports it."""
    try:
        weeks = read_weeks(person.text("days")) if "days" in person.table else (WORKWEEK,)
    except ValueError:
        weeks = (frozenset(),)
    first = _day(person, "days_from")
    known = Person(name=person.name, weeks=weeks, joins=_day(person, "joins"), leaves=_day(person, "leaves"))
    return replace(known, weeks_from=first) if first else known


def _day(person: Entry, key: str) -> date | None:
    value = person.table.get(key)
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _too_much(allocations: list[_Allocation]) -> str:
    """What is wrong with a person's shares in all teams together, "" if nothing is."""
    name = allocations[-1].name
    load = {day: _on(allocations, day) for day in _days_to_check(allocations)}
    most = max(map(fsum, ((one.share for one in working) for working in load.values())), default=0.0)
    if not name or most <= 1 + 1e-9:
        return ""
    fullest = [day for day, working in load.items() if fsum(one.share for one in working) == most]
    full = write_weekdays(frozenset(day.weekday() for day in fullest))
    parts = ", ".join(f"{one.team} {100 * one.share:.0f} %" for one in load[fullest[0]])
    advice = "lower a share, or give two people of one name different accounts"
    return f"{name} would work {100 * most:.0f} % on {full} ({parts}); {advice}"


def _on(allocations: list[_Allocation], day: date) -> list[_Allocation]:
    return [one for one in allocations if one.person.works_on(day)]


def _days_to_check(allocations: list[_Allocation]) -> Iterator[date]:
    """All weeks of the patterns together, from each day on from which somebody is in one more team."""
    weeks = lcm(*(len(one.person.weeks) for one in allocations))
    for begin in {one.person.joins or one.person.weeks_from for one in allocations}:
        yield from (begin + timedelta(days=number) for number in range(7 * weeks))
