"""The eve of a planning: so many working days of a team before its sprint starts, at a local time of day."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, tzinfo

from rules.model import Snapshot, SprintState, Team
from rules.workdays import Holidays, is_worked, working_days_before


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningLeadTime:
    """How long before a sprint's start its planning is prepared.

    `at` is a time of day in `zone`. A working day is one on which somebody of the team works; `holidays` are the
    company's own changes to public holidays.
    """

    working_days: int = 2
    at: time = time(0)
    zone: tzinfo = UTC
    holidays: Holidays = field(default_factory=dict)

    def of(self, team: Team, start: datetime) -> datetime:
        """The eve of a sprint that starts at this moment.

        Days are counted by the calendar of the zone, so clocks that change in between shift nothing.
        """
        first = start.astimezone(self.zone).date()
        day = working_days_before(first, self.working_days, lambda day: is_worked(team, day, self.holidays))
        return datetime.combine(day, self.at, self.zone)


def lead_times(snapshot: Snapshot, lead_time: PlanningLeadTime) -> tuple[datetime, ...]:
    """Every eve that is still to come, the next one first; teams that plan together share one."""
    found = {
        lead_time.of(team, sprint.start).astimezone(UTC)
        for team in snapshot.product.teams
        for sprint in snapshot.sprints_of(team, SprintState.FUTURE)
        if sprint.start is not None
    }
    return tuple(sorted(moment for moment in found if moment > snapshot.taken_at))
