"""The pages of Sprint Planning as JSON documents."""

from typing import Literal

from pydantic import Field

from sync.reports.as_json import goal_part
from sync.reports.json_models import Figure, GoalPart, Part, Text
from sync.reports.planning.team import Planned, TeamPage


class TaskPart(Part):
    """One sub-task and the hours that are still to do, null where it has no estimate."""

    issue: Text
    hours: Figure | None


class PlannedPart(Part):
    """One issue of a sprint, with its tasks."""

    issue: Text
    rank: int
    """Its place in the Product Backlog, 1 for the most important."""
    points: Figure | None
    proposed: bool
    """False for what is in the sprint already."""
    tasks: tuple[TaskPart, ...]
    unread_tasks: tuple[Text, ...]
    """Sub-tasks that the backlog query does not give; their hours are the rest of the parent's total."""
    hours: Figure
    """The hours of all its tasks."""


class TaskFindingPart(Part):
    """One finding about the tasks; `issue` is "" for the whole sprint."""

    code: Text
    issue: Text
    text: Text


class TeamPlanningDocument(Part):
    """What `planning --team T --format json` prints."""

    schema_: Literal["readyline/planning-team/1"] = Field(default="readyline/planning-team/1", alias="schema")
    goal: GoalPart
    team: Text
    sprint: Text
    points: Figure
    capacity_points: Figure | None
    """The points the team finishes with 50 % probability; null where they are unknown."""
    hours: Figure
    """The hours of all tasks."""
    plannable_hours: Figure
    asked: bool
    """Whether the team is asked for tasks."""
    issues: tuple[PlannedPart, ...]
    findings: tuple[TaskFindingPart, ...]
    to_do: tuple[Text, ...]


def team(page: TeamPage) -> TeamPlanningDocument:
    """The page of one team."""
    return TeamPlanningDocument(
        goal=goal_part(page.goal),
        team=page.team,
        sprint=page.sprint,
        points=page.points,
        capacity_points=page.capacity.points.p50 if page.capacity.points else None,
        hours=page.tasks.hours,
        plannable_hours=page.tasks.plannable,
        asked=page.tasks.asked,
        issues=tuple(map(_planned, page.rows)),
        findings=tuple(TaskFindingPart.model_validate(one) for one in page.tasks.findings),
        to_do=page.to_do,
    )


def _planned(row: Planned) -> PlannedPart:
    return PlannedPart(
        issue=row.issue.key,
        rank=row.rank,
        points=row.points,
        proposed=row.proposed,
        tasks=tuple(TaskPart(issue=task.issue.key, hours=task.hours) for task in row.tasks.tasks),
        unread_tasks=row.tasks.unread,
        hours=row.tasks.hours,
    )
