"""The page of Sprint Planning part one as HTML: for a screen, and for two sheets of A4."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from rules.planning.goals import NO_GOAL
from rules.planning.part_one import TeamPart
from sync.reports import as_html
from sync.reports import format as wording
from sync.reports.base import RunReport
from sync.reports.planning.as_text import dates
from sync.reports.planning.part_one import SHOWN, PartOnePage, below, part_one_page, people

MOST = 6  # rows of a table on the second sheet
DECISIONS = 12


def render(report: RunReport) -> str:
    """The page of part one of a run."""
    return part_one(part_one_page(report))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A team's likely range, usual points and selected points, in percent of one scale for all teams."""

    label: str
    low: float
    width: float
    usual: float
    selected: float


def part_one(page: PartOnePage) -> str:
    """The page, self-contained: no script, nothing from elsewhere."""
    values = {
        "page": page,
        "teams": page.whole.teams,
        "bars": bars(page.whole.teams),
        "key": lambda key: as_html.key_link(page.site, key),
        "linked": lambda text: _linked(page, text),
        "people": people,
        "below": below,
        "dates": dates,
        "no_goal": NO_GOAL,
        "figure": wording.figure,
        "many": wording.many,
        "day": wording.day,
        "moment": wording.moment,
        "SHOWN": SHOWN,
        "MOST": MOST,
        "DECISIONS": DECISIONS,
    }
    return as_html.page("planning.html.j2", "planning.css", values)


def bars(teams: tuple[TeamPart, ...]) -> Mapping[str, Bar | None]:
    """The bar of each team, by name; `None` where its points are unknown."""
    tops = [max(team.capacity.points.p85, team.points) for team in teams if team.capacity.points]
    end = max(tops, default=1.0) or 1.0
    return {team.name: _bar(team, end) for team in teams}


def _bar(team: TeamPart, end: float) -> Bar | None:
    points = team.capacity.points
    if points is None:
        return None
    low, usual, high, selected = (
        round(98 * value / end, 2) for value in (points.p15, points.p50, points.p85, team.points)
    )
    label = (
        f"{team.name}: {wording.many(points.p50, team.capacity.unit.one)} usual, {wording.figure(points.p15)} to "
        f"{wording.figure(points.p85)} likely, {wording.figure(team.points)} selected"
    )
    return Bar(label=label, low=low, width=round(high - low, 2), usual=usual, selected=selected)


def _linked(page: PartOnePage, text: str) -> Markup:
    """A sentence with the keys of issues on the page as links."""
    keys = {one.issue.key for team in page.whole.teams for one in team.selected}
    keys |= {one.issue.key for team in page.whole.teams for one in team.below}
    keys |= {one.key for one in page.whole.dated}
    keys |= {one.issue.key for one in page.whole.several} | {one.blocker for one in page.whole.dependencies}
    return as_html.linked(page.site, text, [key for key in sorted(keys) if key in text])
