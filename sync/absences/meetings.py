"""A team's refinement and Sprint Planning from iCalendar files, recognised by words of their titles.

Only the kind, the begin, the length and who of the team is invited are kept; titles stay in the file.
"""

import re
import unicodedata
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rules.model import Meeting, MeetingKind, Product
from sync.absences.calendar_file import AHEAD, BACK
from sync.absences.events import calendars_in, end_of, invited, is_cancelled, title_of
from sync.absences.file_text import file_text
from sync.absences.names import People, plain
from sync.absences.options import EventWords
from sync.absences.repair import repaired, wall_clock
from sync.errors import ConfigError


def read_meetings(
    paths: Sequence[Path], product: Product, *, today: date, timezone: str = "UTC", words: EventWords | None = None
) -> Mapping[str, tuple[Meeting, ...]]:
    """The meetings of each team by its name, around today; empty without files.

    A meeting is of the team that its title names, else of the teams whose people are invited, else of all teams.
    Raises `ConfigError` with the fault of a file.
    """
    reader = _Reader(product, words or EventWords(), ZoneInfo(timezone), today)
    by_team: dict[str, set[Meeting]] = {team.name: set() for team in product.teams} if paths else {}
    for path in paths:
        for team, meeting in reader.read(path):
            by_team[team].add(meeting)
    return {team: tuple(sorted(several, key=_order)) for team, several in by_team.items()}


def _order(one: Meeting) -> tuple[datetime, str, float, list[str]]:
    return one.begin, one.kind, one.hours, sorted(one.people)


class _Reader:
    """Reads the meetings of the teams of one product."""

    def __init__(self, product: Product, words: EventWords, zone: ZoneInfo, today: date) -> None:
        self._product, self._zone, self._today = product, zone, today
        self._people = People.of(product)
        self._kinds = {
            MeetingKind.PLANNING: _pattern(words.planning),
            MeetingKind.REFINEMENT: _pattern(words.refinement),
        }
        self._teams = {team.name: _pattern((team.name,)) for team in product.teams}

    def read(self, path: Path) -> Iterator[tuple[str, Meeting]]:
        """Each meeting in a file, with the name of its team. Raises `ConfigError`."""
        if path.suffix.lower() != ".ics":
            raise ConfigError(f"{path}: meetings are read from .ics files, not from {path.suffix or 'this'!r}")
        text = file_text(path, "[capacity] events")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of the libraries, about names of time zones
                yield from self._meetings(text, path)
        except ConfigError:
            raise
        except Exception as error:  # the parsers raise nearly anything for broken files, with lines of them
            raise ConfigError(f"{path}: the calendar cannot be read; export it again as iCalendar (.ics)") from error

    def _meetings(self, text: str, path: Path) -> Iterator[tuple[str, Meeting]]:
        import recurring_ical_events

        for calendar in calendars_in(text, path):
            repaired(calendar, self._zone)
            events = calendar.walk("VEVENT")
            series = {str(event["UID"]) for event in events if self._kind(event) is not None}
            for event in events:
                if str(event["UID"]) not in series:  # a cancelled occurrence of a series stays, and is left out below
                    calendar.subcomponents.remove(event)
            for event in recurring_ical_events.of(calendar).between(self._today - BACK, self._today + AHEAD):
                if (kind := self._kind(event)) is not None:
                    yield from self._of_teams(event, kind)

    def _kind(self, event: Any) -> MeetingKind | None:
        """The kind of an event with times; `None` for others, and for one that is cancelled."""
        if not isinstance(event["DTSTART"].dt, datetime) or is_cancelled(event):
            return None
        title = _words(title_of(event))
        return next((kind for kind, words in self._kinds.items() if words.search(title)), None)

    def _of_teams(self, event: Any, kind: MeetingKind) -> Iterator[tuple[str, Meeting]]:
        """The meeting of each team that it is of; none where it has no length, or lasts more than a day."""
        begin, close = (wall_clock(moment, self._zone) for moment in (event["DTSTART"].dt, end_of(event)))
        if not timedelta() < close - begin <= timedelta(days=1):
            return
        going, _ = invited(event, self._people)
        meant = self._named(event, going)
        for team in self._product.teams:
            if team.name in meant:
                people = frozenset(going).intersection(person.name for person in team.people)
                hours = (close - begin) / timedelta(hours=1)
                yield team.name, Meeting(kind=kind, begin=begin, hours=hours, people=people)

    def _named(self, event: Any, going: Sequence[str]) -> frozenset[str]:
        """The teams of a meeting: named in its title, else those of the invited people, else all."""
        title = _words(title_of(event))
        named = frozenset(name for name, words in self._teams.items() if words.search(title))
        inviting = frozenset(
            team.name for team in self._product.teams if any(person.name in going for person in team.people)
        )
        return named or inviting or frozenset(self._teams)


def _words(text: str) -> str:
    """The text without case, accents and signs, one space between words."""
    apart = unicodedata.normalize("NFKD", plain(text).casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", bare))


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """Finds one of the phrases as whole words."""
    longest_first = sorted(map(_words, phrases), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
