"""The pages of Sprint Planning as JSON documents."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from rules.backlog.handshakes import Agreement, Handshake
from rules.capacity.calendar import Presence
from rules.planning.part_one import Below, TeamPart
from rules.planning.part_two import Planned
from rules.planning.running import OpenIssue, RunningSprint
from rules.planning.scope import ScopeKind
from sync.reports import look_ahead
from sync.reports.as_json import coverage_parts, goal_part
from sync.reports.json_models import CoveragePart, Figure, GoalPart, LookAheadPart, Part, RangePart, Text
from sync.reports.planning.part_one import PartOnePage
from sync.reports.planning.running import SprintPage
from sync.reports.planning.team import TeamPage


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


class EstimatePart(Part):
    """An estimate that changed: as it was and as it is now, "" for none, who changed it last, and when."""

    issue: Text
    before: Text
    after: Text
    who: Text
    at: datetime


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
        tasks=tuple(TaskPart(issue=task.issue.key, hours=task.hours) for task in row.tasks.tasks),
        unread_tasks=row.tasks.unread,
        hours=row.tasks.hours,
    )


class SelectedPart(Part):
    """One issue above a team's cut line."""

    issue: Text
    rank: int
    points: Figure | None
    left: Figure | None
    """What the team has left after it."""
    proposed: bool
    """False for what is in the sprint already."""
    why: Text
    serves: Text
    """How it serves the Sprint Goal, "" where it does not."""
    key_issue: bool


class BelowPart(Part):
    """One issue below a team's cut line."""

    issue: Text
    rank: int
    points: Figure | None
    code: Text
    why: Text
    displaces: tuple[Text, ...]
    """The proposed issues that would leave for it; empty where it does not fit even so."""


class TeamPartPart(Part):
    """What one team takes."""

    team: Text
    goal: GoalPart
    gross_days: Figure
    net_days: Figure
    capacity_points: Figure | None
    carry_over: Figure
    points: Figure
    """The sum of the selected issues."""
    points_for_goal: Figure
    left: Figure | None
    """The capacity minus the carry-over minus the points."""
    selected: tuple[SelectedPart, ...]
    below: tuple[BelowPart, ...]
    representatives: tuple[Text, ...]
    away: tuple[Text, ...]


class SeveralTeamsPart(Part):
    """An issue that several teams recognise, or none."""

    issue: Text
    rank: int
    teams: tuple[Text, ...]
    leads: Text
    """The team that takes it, "" where that is open."""
    parts: tuple[tuple[Text, Text], ...]
    """Team and key of each open issue below it."""


class DependencyPart(Part):
    """One issue that needs another team's."""

    needs: Text
    needs_team: Text
    blocker: Text
    blocker_team: Text
    state: Text
    planned: bool
    agreed: bool
    """Whether it is planned in time, or promised."""
    days_open: int
    """For how many days it waits for an agreement."""


class QuestionPart(Part):
    """An open question."""

    issue: Text
    team: Text
    text: Text
    accepted: Text


class DecisionPart(Part):
    """Something to decide in the meeting."""

    text: Text
    answers: tuple[Text, ...]


class SideWorkPart(Part):
    """An open issue in a running sprint that is not in the Product Backlog."""

    issue: Text
    team: Text
    sprint: Text


class DatedPart(Part):
    """An issue with a due date that is in no sprint."""

    issue: Text
    due: date


class PlanningDocument(Part):
    """What `planning --format json` prints. `points` is the sum over the teams and of what is not distributed."""

    schema_: Literal["readyline/planning/1"] = Field(default="readyline/planning/1", alias="schema")
    goal: Text
    product: Text
    product_goal: Text
    sprint: Text
    unit: Literal["points", "hours", "issues"] = "points"
    """What all points of this document count."""
    points: Figure
    undistributed_points: Figure
    capacity_points: Figure
    points_for_goal: Figure
    changes: tuple[Text, ...]
    changes_known: bool
    """Whether the tracker's history since the last planning was read."""
    teams: tuple[TeamPartPart, ...]
    undistributed: tuple[BelowPart, ...]
    several_teams: tuple[SeveralTeamsPart, ...]
    dependencies: tuple[DependencyPart, ...]
    questions: tuple[QuestionPart, ...]
    decisions: tuple[DecisionPart, ...]
    side_work: tuple[SideWorkPart, ...]
    dated_outside_sprints: tuple[DatedPart, ...]
    left_out_teams: tuple[Text, ...]
    look_ahead: LookAheadPart | None = None
    """The sprints after that."""
    coverage: CoveragePart
    """What all figures rest on."""
    as_of: datetime | None
    """The moment of the issues where another run was writing to the mirror; null: read just now."""


def part_one(page: PartOnePage) -> PlanningDocument:
    """The page of part one."""
    whole = page.whole
    return PlanningDocument(
        **coverage_parts(page.coverage),
        goal=page.goal_text,
        product=page.product.name,
        product_goal=page.product.goal,
        sprint=page.sprint,
        unit=whole.unit.value,
        points=whole.points,
        undistributed_points=whole.undistributed_points,
        capacity_points=whole.limit,
        points_for_goal=whole.for_goal,
        changes=page.changes,
        changes_known=page.since.at is not None,
        teams=tuple(map(_team_part, whole.teams)),
        undistributed=tuple(map(_below, whole.undistributed)),
        several_teams=tuple(
            SeveralTeamsPart(issue=one.issue.key, rank=one.rank, teams=one.teams, leads=one.leads, parts=one.parts)
            for one in whole.several
        ),
        dependencies=tuple(
            DependencyPart(
                needs=one.needs.key,
                needs_team=one.needs_team,
                blocker=one.blocker,
                blocker_team=one.blocker_team,
                state=one.state,
                planned=one.is_planned,
                agreed=one.is_agreed,
                days_open=one.days_open,
            )
            for one in whole.dependencies
        ),
        questions=tuple(QuestionPart.model_validate(one) for one in whole.questions),
        decisions=tuple(DecisionPart.model_validate(one) for one in whole.decisions),
        side_work=tuple(SideWorkPart(issue=one.issue.key, team=one.team, sprint=one.sprint) for one in whole.side_work),
        dated_outside_sprints=tuple(DatedPart(issue=one.key, due=one.due) for one in whole.dated if one.due),
        left_out_teams=page.left_out,
        look_ahead=look_ahead.as_json(page.ahead),
    )


def _team_part(part: TeamPart) -> TeamPartPart:
    return TeamPartPart(
        team=part.name,
        goal=goal_part(part.goal),
        gross_days=part.capacity.gross_days,
        net_days=part.capacity.net_days,
        capacity_points=part.limit,
        carry_over=part.capacity.carry_over,
        points=part.points,
        points_for_goal=part.for_goal,
        left=part.left,
        selected=tuple(
            SelectedPart(
                issue=one.issue.key,
                rank=one.rank,
                points=one.points,
                left=one.left,
                proposed=one.proposed,
                why=one.why,
                serves=one.serves,
                key_issue=one.is_key,
            )
            for one in part.selected
        ),
        below=tuple(map(_below, part.below)),
        representatives=part.representatives,
        away=part.away,
    )


def _below(one: Below) -> BelowPart:
    return BelowPart(
        issue=one.issue.key,
        rank=one.rank,
        points=one.issue.points,
        code=one.code,
        why=one.why,
        displaces=one.displaces,
    )


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

    issue: Text
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
        obstacles=tuple(ObstaclePart(issue=entry.issue.key, why=entry.why) for entry in one.obstacles),
    )


def _open_part(one: OpenIssue) -> OpenIssuePart:
    return OpenIssuePart(issue=one.issue.key, points=one.points, serves=one.serves, key_issue=one.is_key)
