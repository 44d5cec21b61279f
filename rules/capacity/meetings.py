"""Refinement and Sprint Planning in a team's calendar: when, how long, and how many people (docs/capacity.md)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import fsum

from rules.capacity.day_parts import parts_of_day
from rules.capacity.days import Window
from rules.model import Meeting, MeetingKind, Team
from rules.workdays import Holidays

MIDDLE = (0.3, 0.7)
"""A refinement belongs into these parts of the sprint: it is prepared for the next one, and not in a hurry."""
AROUND_START = timedelta(days=4)
"""Sprint Planning is at most so long before or after the first day of the sprint."""


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting of a team, its begin on the local clock, its length in hours, and how many of its people are there."""

    kind: MeetingKind
    begin: datetime
    hours: float
    participants: int

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return self.begin.date()

    @property
    def minutes(self) -> int:
        """Its length."""
        return round(60 * self.hours)

    @property
    def person_hours(self) -> float:
        """The hours that it takes of all participants together."""
        return self.hours * self.participants


@dataclass(frozen=True, slots=True)
class Meetings:
    """The meetings of one kind around a sprint, in order."""

    held: tuple[HeldMeeting, ...] = ()

    @property
    def hours(self) -> float:
        """Hours on the clock, all together."""
        return round(fsum(one.hours for one in self.held), 4)

    @property
    def person_hours(self) -> float:
        """Hours of all participants, all together."""
        return round(fsum(one.person_hours for one in self.held), 4)


NO_MEETINGS = Meetings()


def refinements(team: Team, window: Window, changes: Holidays) -> Meetings:
    """The refinements that begin in a sprint."""
    return Meetings(
        tuple(one for one in _held(team, MeetingKind.REFINEMENT, changes) if window.first <= one.day <= window.last)
    )


def plannings(team: Team, window: Window, changes: Holidays) -> Meetings:
    """The parts of the Sprint Planning of a sprint: those around its first day."""
    first, last = window.first - AROUND_START, window.first + AROUND_START
    return Meetings(tuple(one for one in _held(team, MeetingKind.PLANNING, changes) if first <= one.day <= last))


def place_in(window: Window, moment: datetime) -> float:
    """Where in a sprint a moment lies: 0 is the begin of its first day, 1 the end of its last."""
    begin = datetime.combine(window.first, time())
    return (moment - begin) / timedelta(days=len(window.days))


def _held(team: Team, kind: MeetingKind, changes: Holidays) -> Iterator[HeldMeeting]:
    for meeting in sorted(team.meetings or (), key=lambda one: one.begin):
        if meeting.kind is kind:
            yield HeldMeeting(kind, meeting.begin, meeting.hours, _participants(meeting, team, changes))


def _participants(meeting: Meeting, team: Team, changes: Holidays) -> int:
    """How many of the people who are invited work on that day, at least for a part of it."""
    parts = (
        parts_of_day(person, team, meeting.begin.date(), changes)
        for person in team.people
        if not meeting.people or person.name in meeting.people
    )
    return sum(one.gross - one.holiday - one.away > 1e-9 for one in parts)
