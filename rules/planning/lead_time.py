"""The eve of a planning: so many working days of a team before its sprint starts, at a local time of day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from rules.capacity.options import HolidayChanges
from rules.model import WORKWEEK, Snapshot, SprintState, Team
from rules.workdays import is_holiday

FARTHEST = timedelta(days=366)
"""A team that has no working day in a year before its sprint is not waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningLeadTime:
    """How long before a sprint's start its planning is prepared.

    `at` is a time of day in `zone`. A working day is one on which somebody of the team works; `holidays` are the
    company's own changes to public holidays.
    """

    working_days: int = 2
    at: time = time(0)
    zone: tzinfo = UTC
    holidays: Mapping[str, HolidayChanges] = field(default_factory=dict)

    def of(self, team: Team, start: datetime) -> datetime:
        """The eve of a sprint that starts at this moment.

        Days are counted by the calendar of the zone, so clocks that change in between shift nothing.
        """
        first = day = start.astimezone(self.zone).date()
        left = self.working_days
        while left and first - day < FARTHEST:
            day -= timedelta(days=1)
            left -= self._is_worked(team, day)
        return datetime.combine(day, self.at, self.zone)

    def _is_worked(self, team: Team, day: date) -> bool:
        if day in team.days_off:
            return False
        if not team.people:
            return day.weekday() in WORKWEEK
        return any(
            day.weekday() in person.weekdays and not is_holiday(day, person.country, person.region, self.holidays)
            for person in team.people
        )


def lead_times(snapshot: Snapshot, lead_time: PlanningLeadTime) -> tuple[datetime, ...]:
    """Every eve that is still to come, the next one first; teams that plan together share one."""
    found = {
        lead_time.of(team, sprint.start).astimezone(UTC)
        for team in snapshot.product.teams
        for sprint in snapshot.sprints_of(team, SprintState.FUTURE)
        if sprint.start is not None
    }
    return tuple(sorted(moment for moment in found if moment > snapshot.taken_at))
