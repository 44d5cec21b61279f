"""The page of Sprint Planning part two as a JSON document."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from rules.backlog.handshakes import Agreement, Handshake
from rules.capacity.calendar import Presence
from rules.planning.part_two import Planned
from sync.reports import look_ahead
from sync.reports.as_json import coverage_parts, goal_part
from sync.reports.json_models import Figure, IssueKey, Part, Text
from sync.reports.json_models.documents import CoveragePart
from sync.reports.json_models.proposal import AheadSprintPart, GoalPart
from sync.reports.planning.team import TeamPage


class EstimatePart(Part):
    """An estimate that changed: as it was and as it is now, "" for none, who changed it last, and when."""

    issue: Text
    before: Text
    after: Text
    who: Text
    at: datetime


class TaskPart(Part):
    """One sub-task and the hours that are still to do, null where it has no estimate."""

    issue: IssueKey
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
    why: Text
    serves: Text
    """How it serves the Sprint Goal, "" where it does not."""
    key_issue: bool
    approach: Text
    """The beginning of its approach note, "" for none."""
    unread_tasks: tuple[Text, ...]
    """Sub-tasks that the backlog query does not give; their hours are the rest of the parent's total."""
    hours: Figure
    """The hours of all its tasks."""


class TaskFindingPart(Part):
    """One finding about the tasks; `issue` is "" for the whole sprint."""

    code: Text
    issue: Text
    text: Text


class DayPart(Part):
    """One day of one person: whether here, and the person-days."""

    day: date
    presence: Presence
    days: Figure


class PersonPart(Part):
    """The days of one person of the team; the reason of an absence is not known here."""

    name: Text
    days: tuple[DayPart, ...]


class TeamQuestionPart(Part):
    """An open question; `accepted` says who accepted it, "" where nobody did."""

    issue: Text
    text: Text
    accepted: Text
    by: Text
    """Who wrote it, "" where that is not known."""
    days_open: int | None
    waits_for: Text


class HandshakePart(Part):
    """One issue that needs another team's, and whether that team agreed."""

    needs: Text
    needs_team: Text
    blocker: Text
    blocker_team: Text
    """The team that provides it, "" where that is open."""
    agreement: Agreement
    agreed: bool
    sprint: Text
    """The sprint that the agreement is about, "" for none."""
    days_open: int
    """For how many days it waits for an agreement."""
    state: Text
    agree_by: date | None = None
    """The last day that leaves the providing team one sprint of notice; null where no sprint needs it yet."""
    short_notice: bool = False
    """Whether that day is over without an agreement, or was when it came."""


class TeamPlanningDocument(Part):
    """What `planning --team T --format json` prints."""

    schema_: Literal["readyline/planning-team/1"] = Field(default="readyline/planning-team/1", alias="schema")
    goal: GoalPart
    team: Text
    sprint: Text
    unit: Literal["points", "hours", "issues"] = "points"
    """What all points of this document count."""
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
    questions: tuple[TeamQuestionPart, ...]
    part_one: datetime | None
    """When part one was prepared; null where it was not yet, or where the past is not known."""
    estimates_since: tuple[EstimatePart, ...]
    """The estimates that changed since part one."""
    people: tuple[PersonPart, ...]
    needed: tuple[HandshakePart, ...] = ()
    """What the sprint needs from other teams."""
    provided: tuple[HandshakePart, ...] = ()
    """What other teams need from this one and is not agreed on."""
    sprints_after: tuple[AheadSprintPart, ...] = ()
    """The sprints of the team after this one: what it could take, by what is known today."""
    coverage: CoveragePart
    """What all figures rest on."""
    as_of: datetime | None
    """The moment of the issues where another run was writing to the mirror; null: read just now."""


def team(page: TeamPage) -> TeamPlanningDocument:
    """The page of one team."""
    return TeamPlanningDocument(
        **coverage_parts(page.coverage),
        goal=goal_part(page.goal),
        team=page.team,
        sprint=page.sprint,
        unit=page.capacity.unit.value,
        points=page.points,
        capacity_points=page.capacity.points.p50 if page.capacity.points else None,
        hours=page.tasks.hours,
        plannable_hours=page.tasks.plannable,
        asked=page.tasks.asked,
        issues=tuple(map(_planned, page.rows)),
        findings=tuple(TaskFindingPart.model_validate(one) for one in page.two.findings),
        to_do=page.to_do,
        questions=tuple(TeamQuestionPart.model_validate(one) for one in page.two.questions),
        part_one=page.two.since,
        estimates_since=tuple(EstimatePart.model_validate(one) for one in page.two.estimates),
        people=tuple(PersonPart.model_validate(one) for one in page.people),
        needed=tuple(handshake(one, page.taken_at) for one in page.two.needed),
        provided=tuple(handshake(one, page.taken_at) for one in page.two.provided),
        sprints_after=tuple(map(look_ahead.sprint_part, page.sprints_after)),
    )


def handshake(one: Handshake, now: datetime) -> HandshakePart:
    """One dependency between teams, as of `now`."""
    return HandshakePart(
        needs=one.needs.key,
        needs_team=one.needs_team,
        blocker=one.blocker.key,
        blocker_team=one.provider,
        agreement=one.agreement,
        agreed=one.is_agreed,
        sprint=one.sprint,
        days_open=one.days_open(now),
        state=one.state(now),
        agree_by=one.agree_by,
        short_notice=one.is_short_notice(now),
    )


def _planned(row: Planned) -> PlannedPart:
    one = row.selected
    return PlannedPart(
        issue=one.issue.key,
        rank=one.rank,
        points=one.points,
        proposed=one.proposed,
        why=one.why,
        serves=one.serves,
        key_issue=one.is_key,
        approach=row.approach,
        tasks=tuple(map(TaskPart.model_validate, row.tasks.tasks)),
        unread_tasks=row.tasks.unread,
        hours=row.tasks.hours,
    )
