"""Checks across sections: unique names, nobody allocated above 100 %, known teams.

They read the raw data, so that these faults are reported together with all others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import fsum, lcm
from typing import Any

from rules.model import WORKWEEK, Person
from sync.config.faults import Fault, did_you_mean
from sync.config.parse_time import read_weeks, write_weekdays
from sync.config.toml_lines import TomlPath

TWO_TEAMS = "another team has this name; team names must be unique"
TWO_PEOPLE = "this team lists this person twice; write one entry per person, each with its own name"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A table in a list, and its path."""

    path: TomlPath
    table: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its name, "" where it has none or one that is not text."""
        return _text(self.table, "name")


@dataclass(frozen=True, slots=True)
class _Allocation:
    """A person's share in a team."""

    team: str
    path: TomlPath
    name: str
    account: str
    share: float
    person: Person

    def is_same_person(self, other: "_Allocation") -> bool:
        """Same name, unless their accounts differ."""
        return self.name == other.name and (not self.account or not other.account or self.account == other.account)


def across_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Every fault between sections."""
    teams = list(_entries(data, ("teams",), "teams"))
    yield from _twice(teams, TWO_TEAMS)
    for team in teams:
        people = list(_entries(team.table, (*team.path, "people"), "people"))
        yield from _twice(people, TWO_PEOPLE)
        yield from _unknown_mentors(people)
    yield from _overallocated(teams)
    yield from _unknown_teams(data, [team.name for team in teams])
    yield from _without_sprints(data, teams)
    yield from _unclear_opt_outs(data, teams)
    yield from _page_elsewhere(data)


def ended_waivers(data: Mapping[str, Any], today: date) -> Iterator[Fault]:
    """The waivers in the file whose last day has passed."""
    for waiver in _entries(data, ("waivers",), "waivers"):
        until = waiver.table.get("until")
        if isinstance(until, date) and until < today:
            wrong = "this waiver has ended, so its finding counts again; set a later day, or delete the waiver"
            yield Fault((*waiver.path, "until"), wrong, until)


def _entries(table: Mapping[str, Any], path: TomlPath, key: str) -> Iterator[_Entry]:
    entries = table.get(key)
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, Mapping):
            yield _Entry((*path, number), entry)


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _twice(entries: list[_Entry], wrong: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for entry in entries:
        if entry.name and entry.name in seen:
            yield Fault((*entry.path, "name"), wrong, entry.name)
        seen.add(entry.name)


def _without_sprints(data: Mapping[str, Any], teams: list[_Entry]) -> Iterator[Fault]:
    tracker = data.get("tracker")
    kind = _text(tracker, "kind") if isinstance(tracker, Mapping) else ""
    if kind and not kind.startswith("jira-"):
        for team in teams:
            if team.table.get("sprints") is False:
                yield Fault((*team.path, "sprints"), "teams without sprints are read from Jira only", False)


def _unknown_mentors(people: list[_Entry]) -> Iterator[Fault]:
    names = [person.name for person in people if person.name]
    for person in people:
        mentor = _text(person.table, "mentor")
        if mentor and mentor not in names:
            wrong = f"the team has no person of this name{did_you_mean(mentor, names)}"
            yield Fault((*person.path, "mentor"), wrong, mentor)


def _overallocated(teams: list[_Entry]) -> Iterator[Fault]:
    """People who work more than a full day on some day, at the entry that is too much."""
    allocations: list[_Allocation] = []
    for team in teams:
        for person in _entries(team.table, (*team.path, "people"), "people"):
            allocation = _allocation(team.name, person)
            others = [other for other in allocations if other.team != team.name and other.is_same_person(allocation)]
            allocations.append(allocation)
            wrong = _too_much([*others, allocation])
            if others and wrong:
                yield Fault((*person.path, "share"), wrong, person.table.get("share", 1.0))


def _allocation(team: str, person: _Entry) -> _Allocation:
    share = person.table.get("share", 1.0)
    good = isinstance(share, int | float) and not isinstance(share, bool) and 0 < share <= 1
    account = _text(person.table, "account")
    return _Allocation(team, person.path, person.name, account, float(share) if good else 0.0, _when(person))


def _when(person: _Entry) -> Person:
    """When a person works; whenever it is not written as it should be, the section itself reports it."""
    try:
        weeks = read_weeks(_text(person.table, "days")) if "days" in person.table else (WORKWEEK,)
    except ValueError:
        weeks = (frozenset(),)
    first = _day(person, "days_from")
    known = Person(name=person.name, weeks=weeks, joins=_day(person, "joins"), leaves=_day(person, "leaves"))
    return replace(known, weeks_from=first) if first else known


def _day(person: _Entry, key: str) -> date | None:
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


def _unknown_teams(data: Mapping[str, Any], names: list[str]) -> Iterator[Fault]:
    for channel in _entries(data, ("notify",), "notify"):
        teams = channel.table.get("teams")
        for number, name in enumerate(teams if isinstance(teams, list) else ()):
            if isinstance(name, str) and name not in names:
                yield Fault((*channel.path, "teams", number), f"unknown team{did_you_mean(name, names)}", name)
    refinement = data.get("refinement")
    for option in ("cadence", "quality_standards"):
        by_team = refinement.get(option) if isinstance(refinement, Mapping) else None
        for name in by_team if isinstance(by_team, Mapping) else ():
            if name not in names:
                yield Fault(("refinement", option, name), f"unknown team{did_you_mean(name, names)}", name)


def _page_elsewhere(data: Mapping[str, Any]) -> Iterator[Fault]:
    """A living page in a tracker whose descriptions readyline does not write."""
    tracker, page = (data.get(name) for name in ("tracker", "living_page"))
    if not isinstance(tracker, Mapping) or not isinstance(page, Mapping):
        return
    kind, issue = _text(tracker, "kind"), _text(page, "issue")
    if issue and kind and not kind.startswith("jira-"):
        yield Fault(("living_page", "issue"), f'only Jira has a living page, not "{kind}"; remove it', issue)


def _unclear_opt_outs(data: Mapping[str, Any], teams: list[_Entry]) -> Iterator[Fault]:
    """People in [opt_out] who cannot be recognised: a person of this file without an account, or an unknown name."""
    product = data.get("product")
    owner = product if isinstance(product, Mapping) else {}
    people = [(_text(owner, "owner"), _text(owner, "account"))]
    people += [
        (person.name, _text(person.table, "account"))
        for team in teams
        for person in _entries(team.table, (*team.path, "people"), "people")
    ]
    table = data.get("opt_out")
    listed = table.get("people") if isinstance(table, Mapping) else None
    for number, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, str) and (wrong := _unclear(entry.strip(), people)):
            yield Fault(("opt_out", "people", number), wrong, entry)


def _unclear(entry: str, people: list[tuple[str, str]]) -> str:
    accounts = [account for name, account in people if name and name.casefold() == entry.casefold()]
    if accounts and not any(accounts):
        return "this person has no account, so their issues are not recognised; add the account to the person"
    if not accounts and len(entry.split()) > 1:
        return f"unknown person{did_you_mean(entry, [name for name, _ in people])}; write the account of anybody else"
    return ""
