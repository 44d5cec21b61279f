"""The page of the running sprints: goal, scope, what is left, what to renegotiate, what is blocked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rules.messages.sprint import balance, change_text, leaving
from rules.model import Product, Unit
from rules.planning.running import RunningSprint
from sync.reports.base import RunReport
from sync.reports.coverage import Coverage, coverage
from sync.reports.format import day
from sync.reports.planning.team import changed
from sync.reports.redact import shared

NO_GOAL = "none"
NO_SPRINT = "No team has a running sprint with dates."


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintPage:
    """The running sprints of the product's teams, those of one team where only it is asked for.

    `counted` is what sizes count.
    """

    product: Product
    sprints: tuple[RunningSprint, ...]
    taken_at: datetime
    coverage: Coverage
    counted: Unit = Unit.POINTS
    site: str = ""

    @property
    def unit(self) -> str:
        """One of what sizes count: "point"."""
        return self.counted.one


def sprint_page(report: RunReport, team: str = "") -> SprintPage:
    """The page of a run, with `team` that of one team only.

    It names issues by their keys; titles are those that shared reports may show.
    """
    report = shared(report)
    return SprintPage(
        product=report.snapshot.product,
        sprints=tuple(one for one in report.running if team in {"", one.team}),
        taken_at=report.snapshot.taken_at,
        coverage=coverage(report, filtered=bool(team)),
        counted=report.snapshot.unit,
        site=report.site,
    )


def answer(one: RunningSprint, page: SprintPage) -> str:
    """Whether the rest of the sprint fits."""
    if one.is_goal_out_of_reach:
        return f"The goal is no longer within reach. {balance(one, page.unit)}"
    return f"{'Behind. ' if one.is_behind else ''}{balance(one, page.unit)}"


def until(one: RunningSprint) -> str:
    """The name of the sprint and its last day."""
    return f"{one.sprint.name}, to {day(one.capacity.last)}"


def lists(one: RunningSprint, page: SprintPage) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists about a sprint: each title with its lines."""
    today = page.taken_at.date()
    if not one.start.rebuilt:
        yield "Start", (f"The past of the issues is not known: the start is what was there on {day(one.start.seen)}.",)
    yield "Renegotiate with the Product Owner", tuple(leaving(entry, page.unit) for entry in one.renegotiate)
    yield (
        "Scope changed since the start",
        tuple(
            f"{change_text(change, today, page.unit)}: {change.acknowledged or 'not acknowledged yet'}"
            for change in one.changes
        ),
    )
    yield "Estimates changed since the start", tuple(map(changed, one.estimates))
    yield "Blocked or flagged", tuple(f"{entry.issue.key}: {entry.why}" for entry in one.obstacles)
