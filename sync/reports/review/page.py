"""The page of the Sprint Review: the values of `rules.review` and their frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rules.inventory.options import ChannelOptions
from rules.inventory.work import Channel, channels_of
from rules.model import Product, Unit
from rules.planning.scope import ScopeAtStart
from rules.review.review import PROMPTS, DoneIssue, Outcome, Review, TeamReview, review
from sync.reports.base import RunReport
from sync.reports.coverage import Coverage, coverage
from sync.reports.format import day, figure, many, percent
from sync.reports.redact import shared

NO_GOAL = "none"
NO_OUTCOME = "Without an epic"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """What the people in the Sprint Review look at. `taken_at` is when the issues were read."""

    product: Product
    whole: Review
    taken_at: datetime
    coverage: Coverage
    unit: Unit = Unit.POINTS
    site: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def answer(self) -> str:
        """What was delivered of what was planned."""
        whole, one = self.whole, self.unit.one
        if not whole.teams:
            return "No team has had a sprint yet"
        return f"{many(whole.points, one)} done, {figure(whole.planned)} planned, {figure(whole.carried)} carried over"

    @property
    def value(self) -> str:
        """How much of what is done serves a goal."""
        whole = self.whole
        share = percent(round(10 * whole.for_goal), round(10 * whole.points))
        return f"{figure(whole.for_goal)} of {many(whole.points, self.unit.one)} serve a Sprint Goal ({share})."

    @property
    def feedback(self) -> str:
        """How many issues came from stakeholders since the sprints began."""
        issues = self.whole.feedback
        if not issues:
            return "No issue came from stakeholders since the sprints began."
        return f"{many(len(issues), 'issue')} came from stakeholders since the sprints began."

    @property
    def prompts(self) -> tuple[str, ...]:
        """The questions for the people in the review."""
        return PROMPTS

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all issues on the page."""
        done = [one.issue.key for team in self.whole.teams for one in team.done]
        carried = [issue.key for team in self.whole.teams for issue in team.carried]
        outcomes = [one.key for one in self.whole.outcomes if one.key]
        return tuple(dict.fromkeys((*done, *carried, *outcomes, *(issue.key for issue in self.whole.feedback))))


def review_page(report: RunReport, starts: Mapping[str, ScopeAtStart], channels: ChannelOptions) -> ReviewPage:
    """The page of a run, without the texts of restricted issues. `starts` are those that runs kept."""
    report = shared(report)
    tables = channels_of(channels, report.snapshot.product)
    asked = tuple(
        issue for issue in report.snapshot.issues if issue.is_counted and tables.name(issue) == Channel.STAKEHOLDER
    )
    return ReviewPage(
        product=report.snapshot.product,
        whole=review(report.backlog, starts, report.planning, asked),
        taken_at=report.snapshot.taken_at,
        coverage=coverage(report),
        unit=report.snapshot.unit,
        site=report.site,
        left_out=report.snapshot.left_out,
    )


def state(one: TeamReview) -> str:
    """The name of the sprint and its last day, or that it is still running."""
    last = f", to {day(one.last)}" if one.last else ""
    return f"{one.sprint.name}{last}{' (still running)' if one.is_running else ''}"


def carried_size(one: TeamReview, unit: Unit) -> str:
    """The size of what is carried over, with that at the start of the sprint where it was another."""
    size, before = many(one.carried_points, unit.one), one.carried_at_start
    return size if before is None or before == one.carried_points else f"{size}, {figure(before)} at the start"


def goal_state(one: TeamReview) -> str:
    """How many of the issues that serve the goal are done."""
    if not one.serving:
        return "no issue is linked to it"
    return f"{one.goal_done} of {many(len(one.serving), 'issue')} for it done"


def plan_state(one: TeamReview) -> str:
    """How many of the planned issues are done, and how many were done besides."""
    if not one.start.rebuilt:
        return f"{many(len(one.done), 'issue')} done; what was planned is not known"
    planned, besides = len(one.start.issues), len(one.done) - one.of_plan
    return f"{one.of_plan} of {many(planned, 'planned issue')} done{f', and {besides} besides' if besides else ''}"


def outcome_title(one: Outcome) -> str:
    """The key and title of what the issues belong to."""
    if one.issue is None:
        return one.key or NO_OUTCOME
    return f"{one.key} {one.issue.title}"


def done_line(one: DoneIssue) -> str:
    """An issue that was done: its title and what it is good for."""
    return f"{one.issue.title}{f': so that {one.benefit}' if one.benefit else ''} ({one.team})"
