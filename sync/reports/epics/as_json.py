"""The page of epics as a JSON document."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from rules.review.epics import ChildState, EpicCode, EpicProgress
from sync.reports.as_json import coverage_parts
from sync.reports.epics.page import EpicsPage
from sync.reports.json_models import Figure, IssueKey, Part, Text
from sync.reports.json_models.documents import CoveragePart


class ChildPart(Part):
    """One issue below an epic."""

    issue: IssueKey
    state: ChildState
    sprint: Text
    """The name of its open sprint, "" for none."""
    points: Figure
    assumed: bool
    """Whether it has no estimate, so that its points are assumed."""


class EpicPart(Part):
    """One epic."""

    issue: Text
    objective: Text
    """The objective of the increment that it serves, "" for none."""
    points: Figure
    done_points: Figure
    open_points: Figure
    due: date | None
    planned_until: date | None
    children: tuple[ChildPart, ...]


class IncrementSprintPart(Part):
    """One sprint of a team in the increment; its name is "" where it is not in the tracker yet."""

    name: Text
    last: date
    points: Figure


class TeamIncrementPart(Part):
    """The sprints of one team in the increment, and their sum."""

    team: Text
    points: Figure
    sprints: tuple[IncrementSprintPart, ...]


class EpicFindingPart(Part):
    """One finding; `issue` is "" for the whole increment."""

    code: EpicCode
    issue: Text
    text: Text


class EpicsDocument(Part):
    """What `epics --format json` prints. `capacity_points` is the sum over the teams."""

    schema_: Literal["readyline/epics/1"] = Field(default="readyline/epics/1", alias="schema")
    product: Text
    product_goal: Text
    unit: Literal["points", "hours", "issues"] = "points"
    increment: Text
    first: date | None
    last: date | None
    objectives: tuple[Text, ...]
    open_points: Figure
    capacity_points: Figure
    epics: tuple[EpicPart, ...]
    teams: tuple[TeamIncrementPart, ...]
    findings: tuple[EpicFindingPart, ...]
    left_out_teams: tuple[Text, ...]
    coverage: CoveragePart
    """What all figures rest on."""
    as_of: datetime | None
    """The moment of the issues where another run was writing to the mirror; null: read just now."""


def document(page: EpicsPage) -> EpicsDocument:
    """The page as a document."""
    whole = page.whole
    return EpicsDocument(
        **coverage_parts(page.coverage),
        product=page.product.name,
        product_goal=page.product.goal,
        unit=page.unit.value,
        increment=whole.name,
        first=whole.first,
        last=whole.last,
        objectives=whole.objectives,
        open_points=whole.open_points,
        capacity_points=whole.capacity,
        epics=tuple(map(_epic, whole.epics)),
        teams=tuple(TeamIncrementPart.model_validate(one) for one in whole.teams),
        findings=tuple(EpicFindingPart.model_validate(one) for one in whole.findings),
        left_out_teams=page.left_out,
    )


def _epic(one: EpicProgress) -> EpicPart:
    return EpicPart(
        issue=one.issue.key,
        objective=one.objective,
        points=one.points(),
        done_points=one.points(ChildState.DONE),
        open_points=one.open_points,
        due=one.issue.due,
        planned_until=one.planned_until,
        children=tuple(map(ChildPart.model_validate, one.children)),
    )
