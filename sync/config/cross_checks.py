"""What must agree across the file: names that tell apart, people not given away twice, teams that exist.

It looks at the file as it is written, so that these faults are told along with all others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rules.model import WORKWEEK
from sync.config.faults import Fault, did_you_mean
from sync.config.parse_time import read_weekdays, write_weekdays
from sync.config.toml_lines import TomlPath

TWO_TEAMS = "there are two teams of this name; a name must tell a team apart"
TWO_PEOPLE = "this team names this person twice; write one entry a person, and tell namesakes apart"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A table of a list: its path, and what it says."""

    path: TomlPath
    table: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its name, "" where it has none that is text."""
        return _text(self.table, "name")


@dataclass(frozen=True, slots=True)
class _Place:
    """A person's part in a team."""

    team: str
    path: TomlPath
    name: str
    account: str
    share: float
    days: frozenset[int]

    def is_same_person(self, other: "_Place") -> bool:
        """By name; accounts tell namesakes apart."""
        return self.name == other.name and (not self.account or not other.account or self.account == other.account)


def across_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything that single sections cannot see."""
    teams = list(_entries(data, ("teams",), "teams"))
    yield from _twice(teams, TWO_TEAMS)
    for team in teams:
        yield from _twice(list(_entries(team.table, (*team.path, "people"), "people")), TWO_PEOPLE)
    yield from _given_away(teams)
    yield from _strange_teams(data, [team.name for team in teams])


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


def _given_away(teams: list[_Entry]) -> Iterator[Fault]:
    """People who would work more than all day on some day of the week, told at the place that is one too many."""
    places: list[_Place] = []
    for team in teams:
        for person in _entries(team.table, (*team.path, "people"), "people"):
            place = _place(team.name, person)
            same = [other for other in places if other.is_same_person(place) and other.team != place.team]
            places.append(place)
            wrong = _too_much([*same, place])
            if same and wrong:
                yield Fault((*person.path, "share"), wrong, person.table.get("share", 1.0))


def _place(team: str, person: _Entry) -> _Place:
    share = person.table.get("share", 1.0)
    good = isinstance(share, int | float) and not isinstance(share, bool) and 0 < share <= 1
    try:
        days = read_weekdays(_text(person.table, "days")) if "days" in person.table else WORKWEEK
    except ValueError:
        days = frozenset()  # what is wrong with it is told elsewhere
    account = _text(person.table, "account")
    return _Place(team, person.path, person.name, account, float(share) if good else 0.0, days)


def _too_much(places: list[_Place]) -> str:
    """What is wrong with somebody's parts in all teams together, "" if nothing is."""
    name = places[-1].name
    load = {day: sum(place.share for place in places if day in place.days) for day in range(7)}
    most = max(load.values())
    if not name or most <= 1 + 1e-9:
        return ""
    full = write_weekdays(frozenset(day for day, part in load.items() if part == most))
    parts = ", ".join(f"{place.team} {place.share:.0%}" for place in places)
    return f"{name} would work {most:.0%} on {full} ({parts}); shares add up to 1 at most, and accounts part namesakes"


def _strange_teams(data: Mapping[str, Any], names: list[str]) -> Iterator[Fault]:
    for channel in _entries(data, ("notify",), "notify"):
        teams = channel.table.get("teams")
        for number, name in enumerate(teams if isinstance(teams, list) else ()):
            if isinstance(name, str) and name not in names:
                yield Fault((*channel.path, "teams", number), f"there is no such team{did_you_mean(name, names)}", name)
