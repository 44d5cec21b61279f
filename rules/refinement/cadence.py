"""When a team's next refinement is: by its calendar, else by its cadence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from rules.capacity.days import Window, window_of
from rules.capacity.model import TeamCapacity
from rules.model import WORKWEEK, MeetingKind, Team
from rules.refinement.options import Cadence
from rules.refinement.sessions import PlannedItem

HOUR = time(10)
"""The local time of a session that no calendar has."""
MIDWEEK = 2
"""Wednesday: the weekday of weekly sessions before the first one."""


@dataclass(frozen=True, slots=True)
class NextSession:
    """When the next session begins, and how long it lasts by the calendar; 0 minutes where no calendar has it.

    `is_certain` is false where neither a calendar nor the configuration says how often the team refines.
    """

    at: datetime
    minutes: int
    is_certain: bool


def next_session(
    team: Team, cadence: Cadence | None, sprints: Sequence[Window], last: datetime | None, now: datetime
) -> NextSession | None:
    """The next session of a team, `None` for a team that refines on demand.

    `now` is on the local clock and in its zone. `sprints` are the running and the coming sprint of the team. A weekly
    session has the weekday of the `last` one. A team whose cadence is not known is taken for a weekly one.
    """
    meetings = [one for one in team.meetings or () if one.kind is MeetingKind.REFINEMENT]
    in_calendar = min((one for one in meetings if _at(one.begin, now) > now), key=lambda one: one.begin, default=None)
    if in_calendar is not None:
        return NextSession(_at(in_calendar.begin, now), round(60 * in_calendar.hours), is_certain=True)
    days = (day for day in _days(cadence or Cadence.WEEKLY, sprints, last, now) if _at_hour(day, now) > now)
    day = next(days, None)
    return NextSession(_at_hour(day, now), 0, is_certain=cadence is not None) if day is not None else None


def next_session_of(
    capacity: TeamCapacity, cadence: Cadence | None, items: Iterable[PlannedItem], now: datetime
) -> NextSession | None:
    """The next session of the team of a capacity; `items` are those of all agendas, and say when the last one was."""
    mine = (item.at for item in items if item.team == capacity.team.name and item.at < now)
    running = window_of(capacity.running.sprint) if capacity.running is not None else None
    coming = Window(capacity.first, capacity.last) if capacity.first and capacity.last else None
    sprints = [window for window in (running, coming) if window is not None]
    return next_session(capacity.team, cadence, sprints, max(mine, default=None), now)


def _days(cadence: Cadence, sprints: Sequence[Window], last: datetime | None, now: datetime) -> Iterator[date]:
    """The days of sessions from today on."""
    coming = [now.date() + timedelta(days=ahead) for ahead in range(8)]
    match cadence:
        case Cadence.DAILY:
            yield from (day for day in coming if day.weekday() in WORKWEEK)
        case Cadence.WEEKLY:
            weekday = last.astimezone(now.tzinfo).weekday() if last is not None else MIDWEEK
            yield from (day for day in coming if day.weekday() == weekday)
        case Cadence.SPRINT:
            yield from (window.workdays[len(window.workdays) // 2] for window in sprints if window.workdays)
        case Cadence.ON_DEMAND:
            return


def _at_hour(day: date, now: datetime) -> datetime:
    return datetime.combine(day, HOUR, now.tzinfo)


def _at(local: datetime, now: datetime) -> datetime:
    return local.replace(tzinfo=now.tzinfo)
