"""The Product Owner's page: is there enough ready work, until when, and what to do first; then the proof."""

from typing import Any

from rules.plan.outcome import Result
from sync.reports import address, as_html, charts, contents, coverage, horizon, learned, overview, proposed
from sync.reports.address import Link
from sync.reports.base import RunReport
from sync.reports.old_issues import section_of


def render(report: RunReport, navigation: tuple[Link, ...]) -> str:
    """The page, without the texts of restricted issues where the report has none."""
    values = as_html.frame(report, navigation) | _first_screen(report) | _below(report)
    return as_html.page("product_owner.html.j2", as_html.SHEETS, values)


def _first_screen(report: RunReport) -> dict[str, Any]:
    first, boxes = overview.first_page(report), report.backlog.boxes
    return {
        "first": first,
        "boxes": boxes,
        "doers": lambda action: overview.doers(action, report),
        "earlier_day": coverage.earlier_day(report),
        "news": overview.last_time(report),
        "failed": [one for one in report.outcomes if one.result is Result.FAILED],
        "admin": address.ADMIN,
        "runway": charts.runways(overview.first_out_first(report), report.snapshot.product.name, report.backlog.boxes),
    }


def _below(report: RunReport) -> dict[str, Any]:
    obstacles = horizon.obstacles(report)
    return {
        "readiness": charts.readiness(horizon.by_distance(report)),
        "trends": charts.trends(overview.trend(report), report.backlog.boxes),
        "obstacles": obstacles,
        "no_obstacles": horizon.no_obstacles(report),
        "not_due": horizon.not_due(report),
        "later": horizon.later(report),
        "of_all": lambda count: horizon.of_all(count, report),
        "unlocked": horizon.unlocked(report),
        "unclaimed": horizon.unclaimed(report),
        "cross_team": horizon.cross_team(report),
        "waived": horizon.waived(report),
        "files": address.team_files(team.name for team in report.snapshot.product.teams),
        "proposals": proposed.proposals(report),
        "chapters": {contents.TITLE: contents.chapters(report), learned.TITLE: learned.of_product(report)},
        "old_issues": section_of(report),
    }
