"""What waits for each person of a team in its next sprint. Only the page of the team shows it (docs/capacity.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from rules.capacity.days import PersonDays, TeamDays
from rules.model import Issue, Kind, Snapshot, Sprint, Team

PERSON_OVER = 1.2
"""Points assigned to one person, divided by that person's part of the team's points; below it sizes are too coarse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLoad:
    """One person in a sprint, in the unit of the team.

    `days` are net person-days, of `team_days` of the whole team; `lost` is what ramp-up, handover and mentoring take.
    `assigned` is the size of the open issues that wait for the person. `usual` is what the whole team usually finishes,
    `None` where the velocity is unknown. `hours` are those left in assigned issues and sub-tasks, `None` without time
    tracking; `plannable` is the part of the team's hours that matches the days. `issues` are keys.
    """

    name: str
    days: float
    team_days: float
    lost: float
    assigned: float
    usual: float | None
    hours: float | None
    plannable: float
    issues: tuple[str, ...]

    @property
    def part(self) -> float | None:
        """The part of the usual points that matches the days; `None` where the velocity is unknown."""
        return None if self.usual is None or not self.team_days else self.usual * self.days / self.team_days

    @property
    def is_over(self) -> bool:
        """Whether clearly more points wait than match the days."""
        return self.part is not None and self.assigned > PERSON_OVER * self.part + 1e-9

    @property
    def lacks_hours(self) -> bool:
        """Whether more hours wait than the person can plan."""
        return self.hours is not None and self.hours > self.plannable + 1e-9


def person_loads(
    snapshot: Snapshot, sprint: Sprint | None, team: Team, days: TeamDays, usual: float | None, hours: float
) -> tuple[PersonLoad, ...]:
    """The load of each person of a team in a sprint, as the configuration lists them; without an account there is none.

    `usual` is what the team usually finishes, `hours` what it can plan.
    """
    waiting = _waiting(snapshot, sprint, team)
    return tuple(
        _load(one, [issue for issue in waiting if issue.assignee == one.person.account], days, usual, hours)
        for one in days.people
        if one.person.account
    )


def _waiting(snapshot: Snapshot, sprint: Sprint | None, team: Team) -> Sequence[Issue]:
    """The team's open issues of a sprint, and their open sub-tasks, which may be in no sprint of their own."""
    inside = {issue.key for issue in snapshot.open_in(sprint, team)}
    there = (issue for issue in snapshot.issues if issue.key in inside or issue.parent in inside) if inside else ()
    return [issue for issue in there if issue.is_open and issue.kind is not Kind.EPIC]


def _load(one: PersonDays, issues: Sequence[Issue], days: TeamDays, usual: float | None, hours: float) -> PersonLoad:
    left = [issue.hours.left for issue in issues if issue.hours.left is not None]
    return PersonLoad(
        name=one.person.name,
        days=one.net,
        team_days=days.net,
        lost=round(one.ramp_up + one.mentoring, 6),
        assigned=fsum(issue.points or 0.0 for issue in issues if issue.is_counted),
        usual=usual,
        hours=fsum(left) if left else None,
        plannable=round(hours * one.net / days.net, 4) if days.net else 0.0,
        issues=tuple(issue.key for issue in issues),
    )
