"""The running sprints of the teams as a JSON document."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from rules.planning.running import OpenIssue, RunningSprint
from rules.planning.scope import ScopeKind
from sync.reports.as_json import coverage_parts
from sync.reports.json_models import Figure, IssueKey, Part, Text
from sync.reports.json_models.capacity import RangePart
from sync.reports.json_models.documents import CoveragePart
from sync.reports.planning.running import SprintPage
from sync.reports.planning.team_as_json import EstimatePart


class OpenIssuePart(Part):
    """An open issue of a running sprint."""

    issue: Text
    points: Figure
    """Its estimate, or its assumed size."""
    serves: Text
    key_issue: bool


class ScopePart(Part):
    """One issue that was added or removed since the start of the sprint; `acknowledged` is "" for not yet."""

    kind: ScopeKind
    issue: Text
    points: Figure | None
    who: Text
    at: datetime | None
    acknowledged: Text


class ObstaclePart(Part):
    """An open issue that is flagged or blocked, and why."""

    issue: IssueKey
    why: Text


class StartedPart(Part):
    """An issue that was in the sprint when it started, with its estimate then."""

    key: Text
    points: Figure | None


class RunningPart(Part):
    """The running sprint of one team."""

    goal: Text
    team: Text
    sprint: Text
    start: tuple[StartedPart, ...]
    start_known: bool
    """Whether the start was rebuilt from the past; false: it is what the first run saw."""
    remaining: Figure
    left: RangePart | None
    """What the team finishes in the rest of the sprint; null where the velocity is unknown."""
    half_over: bool
    behind: bool
    goal_out_of_reach: bool
    open: tuple[OpenIssuePart, ...]
    renegotiate: tuple[OpenIssuePart, ...]
    scope: tuple[ScopePart, ...]
    estimates: tuple[EstimatePart, ...]
    obstacles: tuple[ObstaclePart, ...]


class SprintDocument(Part):
    """What `sprint --format json` prints."""

    schema_: Literal["readyline/sprint/1"] = Field(default="readyline/sprint/1", alias="schema")
    product: Text
    unit: Literal["points", "hours", "issues"] = "points"
    sprints: tuple[RunningPart, ...]
    coverage: CoveragePart
    """What all figures rest on."""
    as_of: datetime | None
    """The moment of the issues where another run was writing to the mirror; null: read just now."""


def running(page: SprintPage) -> SprintDocument:
    """The running sprint of each team."""
    return SprintDocument(
        **coverage_parts(page.coverage),
        product=page.product.name,
        unit=page.counted.value,
        sprints=tuple(map(_running_part, page.sprints)),
    )


def _running_part(one: RunningSprint) -> RunningPart:
    return RunningPart(
        goal=one.goal,
        team=one.team,
        sprint=one.sprint.name,
        start=tuple(StartedPart.model_validate(started) for started in one.start.issues),
        start_known=one.start.rebuilt,
        remaining=one.remaining,
        left=RangePart.model_validate(one.capacity.left) if one.capacity.left else None,
        half_over=one.capacity.is_half_over,
        behind=one.is_behind,
        goal_out_of_reach=one.is_goal_out_of_reach,
        open=tuple(map(_open_part, one.open)),
        renegotiate=tuple(map(_open_part, one.renegotiate)),
        scope=tuple(ScopePart.model_validate(change) for change in one.changes),
        estimates=tuple(EstimatePart.model_validate(change) for change in one.estimates),
        obstacles=tuple(map(ObstaclePart.model_validate, one.obstacles)),
    )


def _open_part(one: OpenIssue) -> OpenIssuePart:
    return OpenIssuePart(issue=one.issue.key, points=one.points, serves=one.serves, key_issue=one.is_key)
