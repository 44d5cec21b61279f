"""Who of a team is here on which day of a sprint. The reason of an absence is not part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import fsum

from rules.capacity.day_parts import away_on, parts_of_day
from rules.capacity.days import Window
from rules.model import Person, Team
from rules.workdays import Holidays


class Presence(StrEnum):
    """Whether a person is here on a day; the values are part of the JSON outputs."""

    HERE = "here"
    PARTLY = "part of the day"
    AWAY = "away"
    HOLIDAY = "public holiday"
    OFF = "does not work this day"


@dataclass(frozen=True, slots=True)
class DayOf:
    """One day of one person: `days` is the part of a person-day, by the person's share."""

    day: date
    presence: Presence
    days: float


@dataclass(frozen=True, slots=True)
class PersonCalendar:
    """The days of one person in a sprint; all people of a team have the same days."""

    name: str
    days: tuple[DayOf, ...]

    @property
    def share(self) -> float:
        """The part of a whole day that counts on the days of this person; 0 without one."""
        return max((one.days for one in self.days), default=0.0)

    @property
    def total(self) -> float:
        """Person-days in the sprint."""
        return round(fsum(one.days for one in self.days), 6)


def calendar_of(team: Team, window: Window, changes: Holidays) -> tuple[PersonCalendar, ...]:
    """The days of each person of a team, in the order of the configuration; without days on which nobody ever works."""
    days = [day for day in window.days if any(person.works_on(day) for person in team.people)]
    return tuple(
        PersonCalendar(person.name, tuple(_day(person, team, day, changes) for day in days)) for person in team.people
    )


def by_day(calendar: Sequence[PersonCalendar]) -> tuple[float, ...]:
    """Person-days of the whole team, day by day."""
    return tuple(
        round(fsum(one.days for one in day), 6) for day in zip(*(person.days for person in calendar), strict=True)
    )


def _day(person: Person, team: Team, day: date, changes: Holidays) -> DayOf:
    if not person.works_on(day):
        return DayOf(day, Presence.OFF, 0.0)
    parts = parts_of_day(person, team, day, changes)
    if parts.holiday:
        return DayOf(day, Presence.HOLIDAY, 0.0)
    away = away_on(person, day)
    if away >= 1:
        return DayOf(day, Presence.AWAY, 0.0)
    return DayOf(day, Presence.PARTLY if away else Presence.HERE, parts.net)
