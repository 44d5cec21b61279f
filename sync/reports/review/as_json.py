"""The page of the Sprint Review as a JSON document."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from rules.review.review import DoneIssue, Outcome, ReviewCode, TeamReview
from sync.reports.as_json import coverage_parts
from sync.reports.json_models import Figure, Part, Text
from sync.reports.json_models.documents import CoveragePart
from sync.reports.review.page import ReviewPage


class DonePart(Part):
    """One issue that was done."""

    issue: Text
    team: Text
    points: Figure | None
    serves: Text
    """How it serves the Sprint Goal, "" where it does not."""
    benefit: Text
    """What the story says it is good for, "" where it says nothing."""


class CarriedOverPart(Part):
    """One issue that is not done."""

    issue: Text
    points: Figure | None


class TeamReviewPart(Part):
    """The sprint of one team."""

    team: Text
    sprint: Text
    last: date | None
    running: bool
    goal: Text
    goal_issues: tuple[Text, ...]
    """The issues that serve the goal, done or not."""
    goal_issues_done: int
    planned_known: bool
    planned_issues: int
    planned_points: Figure
    planned_done: int
    """How many of the planned issues are done."""
    points: Figure
    """The size of all that is done."""
    points_for_goal: Figure
    carried_over: tuple[CarriedOverPart, ...]


class OutcomePart(Part):
    """What was done below one issue, "" for what is below none."""

    issue: Text
    title: Text
    points: Figure
    done: tuple[DonePart, ...]


class ReviewFindingPart(Part):
    """One finding about the review."""

    code: ReviewCode
    text: Text


class ReviewDocument(Part):
    """What `review --format json` prints."""

    schema_: Literal["readyline/review/1"] = Field(default="readyline/review/1", alias="schema")
    product: Text
    product_goal: Text
    unit: Literal["points", "hours", "issues"] = "points"
    points: Figure
    planned_points: Figure
    points_for_goal: Figure
    carried_over_points: Figure
    teams: tuple[TeamReviewPart, ...]
    outcomes: tuple[OutcomePart, ...]
    findings: tuple[ReviewFindingPart, ...]
    prompts: tuple[Text, ...]
    feedback: tuple[Text, ...]
    """Issues of stakeholders that were created since the sprints began."""
    left_out_teams: tuple[Text, ...]
    coverage: CoveragePart
    """What all figures rest on."""
    as_of: datetime | None
    """The moment of the issues where another run was writing to the mirror; null: read just now."""


def document(page: ReviewPage) -> ReviewDocument:
    """The page as a document."""
    whole = page.whole
    return ReviewDocument(
        **coverage_parts(page.coverage),
        product=page.product.name,
        product_goal=page.product.goal,
        unit=page.unit.value,
        points=whole.points,
        planned_points=whole.planned,
        points_for_goal=whole.for_goal,
        carried_over_points=whole.carried,
        teams=tuple(map(_team, whole.teams)),
        outcomes=tuple(map(_outcome, whole.outcomes)),
        findings=tuple(ReviewFindingPart.model_validate(one) for one in whole.findings),
        prompts=page.prompts,
        feedback=tuple(issue.key for issue in whole.feedback),
        left_out_teams=page.left_out,
    )


def _team(one: TeamReview) -> TeamReviewPart:
    return TeamReviewPart(
        team=one.team,
        sprint=one.sprint.name,
        last=one.last,
        running=one.is_running,
        goal=one.goal,
        goal_issues=one.serving,
        goal_issues_done=one.goal_done,
        planned_known=one.start.rebuilt,
        planned_issues=len(one.start.issues),
        planned_points=one.planned,
        planned_done=one.of_plan,
        points=one.points,
        points_for_goal=one.for_goal,
        carried_over=tuple(CarriedOverPart(issue=issue.key, points=issue.points) for issue in one.carried),
    )


def _outcome(one: Outcome) -> OutcomePart:
    title = one.issue.title if one.issue is not None else ""
    return OutcomePart(issue=one.key, title=title, points=one.points, done=tuple(map(_done, one.done)))


def _done(one: DoneIssue) -> DonePart:
    return DonePart(issue=one.issue.key, team=one.team, points=one.issue.points, serves=one.serves, benefit=one.benefit)
