"""The page of Sprint Planning part one as a JSON document."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from rules.planning.between_teams import Dependency
from rules.planning.team_part import Below, TeamPart
from sync.reports import look_ahead
from sync.reports.as_json import coverage_parts, goal_part
from sync.reports.json_models import Figure, IssueKey, Part, Text
from sync.reports.json_models.documents import CoveragePart
from sync.reports.json_models.proposal import GoalPart, LookAheadPart
from sync.reports.planning.part_one import PartOnePage


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

    issue: IssueKey
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
    by: Text
    """Who wrote it, "" where that is not known."""
    days_open: int | None
    waits_for: Text


class DecisionPart(Part):
    """Something to decide in the meeting."""

    text: Text
    answers: tuple[Text, ...]


class SideWorkPart(Part):
    """An open issue in a running sprint that is not in the Product Backlog."""

    issue: IssueKey
    team: Text
    sprint: Text


class PassedOverPart(Part):
    """A ready issue that its team does not take, though it takes issues ranked below it."""

    issue: IssueKey
    rank: int
    team: Text
    lower: tuple[Text, ...]
    """The issues taken that are ranked below it."""
    why: Text
    instead: tuple[Text, ...]
    """What people put into the sprint that would have to leave for it; empty where that would not do."""


class DatedPart(Part):
    """An issue with a due date that is in no sprint."""

    issue: Text
    due: date


class LateAdditionPart(Part):
    """A selected issue that was created, or got another place, after the preparation of the planning began."""

    issue: IssueKey
    team: Text
    how: tuple[Text, ...]
    at: datetime
    """When that was last."""
    missing: tuple[Text, ...]
    """What keeps it from being ready; nothing for a ready one."""
    accepted: bool
    """Whether a team accepted it all the same."""


class CheckPart(Part):
    """A question about a meeting, whether the answer is yes, and what it rests on."""

    question: Text
    holds: bool
    why: Text


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
    passed_over: tuple[PassedOverPart, ...] = ()
    """What teams leave out although it is ready and ranked above what they take."""
    checks: tuple[CheckPart, ...] = ()
    """Whether the plan is aligned, committed and realistic."""
    late_additions: tuple[LateAdditionPart, ...] = ()
    """What came into the plan, or got another place, after the preparation of the planning began."""
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
        several_teams=tuple(map(SeveralTeamsPart.model_validate, whole.several)),
        dependencies=tuple(map(_dependency, whole.dependencies)),
        questions=tuple(map(QuestionPart.model_validate, whole.questions)),
        decisions=tuple(map(DecisionPart.model_validate, whole.decisions)),
        side_work=tuple(map(SideWorkPart.model_validate, whole.side_work)),
        dated_outside_sprints=tuple(DatedPart(issue=one.key, due=one.due) for one in whole.dated if one.due),
        left_out_teams=page.left_out,
        passed_over=tuple(map(PassedOverPart.model_validate, whole.passed_over)),
        checks=tuple(map(CheckPart.model_validate, page.checks)),
        late_additions=tuple(map(LateAdditionPart.model_validate, page.late)),
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


def _dependency(one: Dependency) -> DependencyPart:
    return DependencyPart(
        needs=one.needs.key,
        needs_team=one.needs_team,
        blocker=one.blocker,
        blocker_team=one.blocker_team,
        state=one.state,
        planned=one.is_planned,
        agreed=one.is_agreed,
        days_open=one.days_open,
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
