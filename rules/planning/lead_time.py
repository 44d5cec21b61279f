"""When the planning of a sprint is prepared: some working days of the team before its start, at a local time."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, tzinfo

from rules.model import Snapshot, Sprint, SprintState, Team
from rules.workdays import Holidays, is_worked, working_days_before


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningLeadTime:
    """How long before a sprint's start its planning is prepared.

    `at` is a time of day in `zone`. On a working day at least one person of the team works; `holidays` are the
    changes to public holidays in the configuration.
    """

    working_days: int = 2
    at: time = time(0)
    zone: tzinfo = UTC
    holidays: Holidays = field(default_factory=dict)

    def of(self, team: Team, start: datetime) -> datetime:
        """The preparation time of a sprint that starts at `start`.

        Days are calendar days of the zone, so a change to summer time shifts nothing.
        """
        first = start.astimezone(self.zone).date()
        day = working_days_before(first, self.working_days, lambda day: is_worked(team, day, self.holidays))
        return datetime.combine(day, self.at, self.zone)

    def is_near(self, team: Team, sprint: Sprint | None, now: datetime) -> bool:
        """Whether the planning of a sprint is being prepared: its preparation time is past, its start is not."""
        start = sprint.start if sprint is not None else None
        return start is not None and self.of(team, start) <= now < start


def lead_times(snapshot: Snapshot, lead_time: PlanningLeadTime) -> tuple[datetime, ...]:
    """All preparation times in the future, the next one first; teams with the same one share it."""
    moments = {
        lead_time.of(team, sprint.start).astimezone(UTC)
        for team in snapshot.product.teams
        for sprint in snapshot.sprints_of(team, SprintState.FUTURE)
        if sprint.start is not None
    }
    return tuple(sorted(moment for moment in moments if moment > snapshot.taken_at))
