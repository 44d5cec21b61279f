"""The names of people as files write them: "Ada Test", "Test, Ada", "Test Ada", in one Unicode form."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from zoneinfo import ZoneInfo

from rules.model import Person, Product, Team
from rules.workdays import Holidays, is_free
from sync.sanitize import visible

_SIGNS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-"})


def plain(text: str) -> str:
    """The text in one Unicode form, with simple apostrophes and hyphens, without invisible characters."""
    return unicodedata.normalize("NFKC", visible(unicodedata.normalize("NFKC", text))).translate(_SIGNS).strip()


def _key(text: str) -> str:
    """What two writings of the same name share."""
    return re.sub(r"\s*,\s*", ", ", unicodedata.normalize("NFKC", plain(text).casefold()))


@dataclass(frozen=True)
class People:
    """The people of a product, each person by any writing of the name or by the account."""

    persons: Mapping[str, tuple[Person, ...]]
    """The entries of each person by name: one for each team."""
    teams: Mapping[str, tuple[Team, ...]]
    """The teams of these entries, in the same order."""

    @classmethod
    def of(cls, product: Product) -> "People":
        """Everybody in the teams, once."""
        persons: dict[str, tuple[Person, ...]] = {}
        teams: dict[str, tuple[Team, ...]] = {}
        for team in product.teams:
            for person in team.people:
                persons[person.name] = (*persons.get(person.name, ()), person)
                teams[person.name] = (*teams.get(person.name, ()), team)
        return cls(persons, teams)

    def works_on(self, name: str, day: date) -> bool:
        """Whether the person of this name works for some team on a day."""
        return any(person.works_on(day) for person in self.persons[name])

    def is_expected_on(self, name: str, day: date, changes: Holidays) -> bool:
        """The same, where the day is neither a public holiday nor a day off of that team."""
        entries = zip(self.persons[name], self.teams[name], strict=True)
        return any(person.works_on(day) and not is_free(person, team, day, changes) for person, team in entries)

    def zone_of(self, name: str) -> ZoneInfo | None:
        """The zone of a person's clock, `None` where it is not known."""
        return next((ZoneInfo(one.timezone) for one in self.persons[name] if one.timezone), None)

    @cached_property
    def by_writing(self) -> Mapping[str, str]:
        """The name in the configuration by each writing of it. A person's own name comes before a reversed one."""
        writings: dict[str, str] = {_key(name): name for name in self.persons}
        for name in self.persons:
            for writing in _writings(_key(name)):
                writings.setdefault(writing, name)
        return writings

    @cached_property
    def _by_account(self) -> Mapping[str, str]:
        return {_key(one.account): name for name, entries in self.persons.items() for one in entries if one.account}

    def find(self, *texts: str) -> str | None:
        """The person one of the texts is: a name in any writing, or an account."""
        for text in texts:
            key = _key(text)
            person = self.by_writing.get(key) or self._by_account.get(key)
            if key and person:
                return person
        return None

    def nearest(self, text: str) -> str:
        """The name closest to a misspelt one, "" if none is close."""
        near = get_close_matches(_key(text), list(self.by_writing), n=1, cutoff=0.75)
        return self.by_writing[near[0]] if near else ""


def _writings(key: str) -> Iterable[str]:
    """Every "Last, First" and "Last First" of a name, and "First Last" of one that is configured as "Last, First"."""
    last, comma, first = key.partition(", ")
    words = f"{first} {last}".split() if comma else key.split()
    yield " ".join(words)
    for number in range(1, len(words)):
        front, back = " ".join(words[:number]), " ".join(words[number:])
        yield f"{back}, {front}"
        yield f"{back} {front}"
