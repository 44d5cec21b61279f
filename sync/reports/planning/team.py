"""The page of Sprint Planning for one team: its goal, its sprint, and its tasks against the plannable hours."""

from dataclasses import dataclass
from math import fsum

from rules.capacity.model import TeamCapacity
from rules.model import Issue, Product
from rules.planning.goals import NO_GOAL, TeamGoal
from rules.planning.tasks import IssueTasks, TeamTasks, tasks_of
from sync.reports.base import RunReport
from sync.reports.format import figure, many
from sync.reports.redact import shared

NOT_ASKED = "This team is not asked for tasks: its last three sprints had no sub-tasks (option `tasks` of the team)."
OFF = "This team is not asked for tasks (`tasks` of the team)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One issue of the sprint: its rank (1 is the highest), its points, and its tasks.

    `proposed` is false for what is in the sprint already. `why` says how it serves the goal, "" where it does not.
    """

    issue: Issue
    rank: int
    points: float | None
    proposed: bool
    tasks: IssueTasks
    why: str = ""
    is_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """What one team needs in the second part of Sprint Planning."""

    product: Product
    team: str
    sprint: str
    goal: TeamGoal
    capacity: TeamCapacity
    rows: tuple[Planned, ...]
    tasks: TeamTasks
    site: str = ""

    @property
    def goal_text(self) -> str:
        """The Sprint Goal, or the request for one."""
        return self.goal.text or NO_GOAL

    @property
    def points(self) -> float:
        """The points of all issues."""
        return fsum(row.points or 0.0 for row in self.rows)

    @property
    def answer(self) -> str:
        """Whether the sprint fits, in points and in hours."""
        limit, one = self.capacity.points, self.capacity.unit.one
        points = f"{figure(self.points)} of {many(limit.p50, one)}" if limit else many(self.points, one)
        return f"{points}; tasks {figure(self.tasks.hours)} of {many(self.tasks.plannable, 'plannable hour')}"

    @property
    def to_do(self) -> tuple[str, ...]:
        """What is left to do in the meeting, the goal first."""
        goal = () if self.goal.text else ("Agree on the Sprint Goal.",)
        return (*goal, *(one.text for one in self.goal.findings), *(one.text for one in self.tasks.findings))

    @property
    def note(self) -> str:
        """Why the team is not asked for tasks, "" where it is."""
        if self.tasks.asked:
            return ""
        return NOT_ASKED if self.capacity.team.tasks == "auto" else OFF


def team_page(report: RunReport, team: str) -> TeamPage | None:
    """The page of a team by its name, without the titles of restricted issues; `None` for a team that is left out."""
    report = shared(report)
    capacity = next((one for one in report.capacities if one.team.name == team), None)
    goal = next((one for one in report.goals if one.team == team), None)
    if capacity is None or goal is None:
        return None
    tasks = tasks_of(capacity, goal.planned, report.backlog)
    return TeamPage(
        product=report.snapshot.product,
        team=team,
        sprint=capacity.sprint.name if capacity.sprint else "no future sprint yet",
        goal=goal,
        capacity=capacity,
        rows=tuple(_planned(one, goal, report) for one in tasks.issues),
        tasks=tasks,
        site=report.site,
    )


def _planned(tasks: IssueTasks, goal: TeamGoal, report: RunReport) -> Planned:
    key = tasks.issue.key
    points = {placed.issue.key: placed.points for placed in report.proposal.placements}
    return Planned(
        issue=tasks.issue,
        rank=1 + report.backlog.rank[key],
        points=points.get(key, tasks.issue.points),
        proposed=key in points,
        tasks=tasks,
        why=goal.links.get(key, ""),
        is_key=key == goal.key,
    )
