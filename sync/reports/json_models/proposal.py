"""The proposal and its Sprint Goals."""

from datetime import date
from typing import Literal

from sync.reports.json_models.base import Figure, IssueKey, Part, Text


class PlacementPart(Part):
    """One issue proposed for a sprint."""

    issue: IssueKey
    team: Text
    sprint: Text | None
    points: Figure
    why: Text


class LeftOutPart(Part):
    """One issue that is not proposed."""

    issue: IssueKey
    code: Text
    why: Text


class GoalLinkPart(Part):
    """One issue that serves a Sprint Goal."""

    issue: Text
    why: Text
    """What links it: the goal's text, a label, its epic."""
    planned: bool
    """Whether it is in the sprint or proposed for it."""


class GoalFindingPart(Part):
    """One finding about a Sprint Goal, for the Product Owner."""

    code: Text
    text: Text


class GoalPart(Part):
    """The Sprint Goal of a team's next sprint."""

    team: Text
    sprint: Text | None
    """The id of the sprint; null where the board has no future sprint."""
    goal: Text
    """"" where the sprint has none."""
    key_issue: Text
    """The key of the key issue, "" for none."""
    issues: tuple[GoalLinkPart, ...]
    findings: tuple[GoalFindingPart, ...]


class AheadIssuePart(Part):
    """One issue that a team could take in a later sprint."""

    issue: Text
    points: Figure
    assumed: bool
    """Whether it has no estimate, so that its points are assumed."""
    ready: bool
    why: Text


class AheadSprintPart(Part):
    """A sprint of a team after its next one."""

    team: Text
    number: int
    """2 for the one after the next sprint."""
    sprint: Text | None
    """The id of the sprint; null where the board does not have it yet."""
    name: Text
    first: date | None
    last: date | None
    capacity_points: Figure
    planned_points: Figure
    """What people put into it."""
    left: Figure
    issues: tuple[AheadIssuePart, ...]


class LookAheadPart(Part):
    """What each team could take after its next sprint, by what is known today. Nothing of it is written."""

    sprints_ahead: int
    """How many sprints are planned, with the next one."""
    planner: Text
    """The planner that made the plan."""
    gap: Figure | None
    """How far the plan is at most from the best one, as a part of it; null where that is not known."""
    how: Text
    """The same as a sentence."""
    sprints: tuple[AheadSprintPart, ...]
    left_out: tuple[LeftOutPart, ...]
    """The issues that are in no sprint though one ranked below them is."""


class ProposalPart(Part):
    """Which issues go into which sprint, and which are not proposed."""

    goals: tuple[GoalPart, ...] = ()
    """The Sprint Goals, one a team."""
    unit: Literal["points", "hours", "issues"] = "points"
    """What `points` counts."""
    placements: tuple[PlacementPart, ...]
    left_out: tuple[LeftOutPart, ...]
    look_ahead: LookAheadPart | None = None
    """The sprints after that; null where nothing is planned ahead."""
