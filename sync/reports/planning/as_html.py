"""The page of Sprint Planning part one as HTML: for a screen, and for two sheets of A4."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from markupsafe import Markup

from rules.capacity.calendar import Presence
from rules.capacity.time_boxes import of_product
from rules.model import Product
from rules.planning.look_ahead import LookAhead
from rules.planning.questions import waiting
from rules.planning.tasks import LONG_TASK, TaskCode
from rules.planning.team_part import TeamPart
from sync.reports import as_html, look_ahead
from sync.reports import format as wording
from sync.reports.address import Link
from sync.reports.base import RunReport
from sync.reports.planning.as_text import dates
from sync.reports.planning.part_one import SHOWN, PartOnePage, below, part_one_page, people
from sync.reports.planning.team import TeamPage

MOST = 6  # rows of a table on the second sheet
DECISIONS = 12
TASKS = 7  # of one issue
NARROW = 4  # percent of the bar that a figure needs
SHAPES = {
    Presence.HERE: "in",
    Presence.PARTLY: "half",
    Presence.AWAY: "out",
    Presence.HOLIDAY: "hol",
    Presence.OFF: "no",
}


def render(report: RunReport, navigation: Sequence[Link] = ()) -> str:
    """The page of part one of a run, with links to the pages in the same folder."""
    return part_one(part_one_page(report), navigation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A team's likely range, usual points and selected points, in percent of one scale for all teams."""

    label: str
    low: float
    width: float
    usual: float
    selected: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The hours of one issue in a bar, in percent of its length; `text` is "" where there is no room for it."""

    x: float
    width: float
    text: str
    is_key: bool

    @property
    def middle(self) -> float:
        """Where the text is."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursBar:
    """The hours of a sprint by issue, and where the plannable hours end, in percent."""

    label: str
    pieces: tuple[Piece, ...]
    end: float


def part_one(page: PartOnePage, navigation: Sequence[Link] = ()) -> str:
    """The page, self-contained: no script, nothing from elsewhere."""
    ahead = page.ahead
    values = _shared_values(ahead, page.product) | {
        "page": page,
        "ahead": ahead if ahead is not None and ahead.sprints else None,
        "navigation": navigation,
        "teams": page.whole.teams,
        "bars": bars(page.whole.teams),
        "key": lambda key: as_html.key_link(page.site, key),
        "linked": lambda text: _linked(page, ahead, text),
        "people": people,
        "below": below,
        "dates": dates,
        "figure": wording.figure,
        "many": wording.many,
        "day": wording.day,
        "moment": wording.moment,
        "SHOWN": SHOWN,
        "MOST": MOST,
        "DECISIONS": DECISIONS,
    }
    return as_html.page("planning.html.j2", ("base.css", "planning.css", "planning_one.css"), values)


def team(page: TeamPage) -> str:
    """The page of one team, self-contained: no script, nothing from elsewhere."""
    ahead = page.ahead
    values = _shared_values(ahead, page.product) | {
        "page": page,
        "ahead": page.sprints_after,
        "navigation": (),
        "bar": hours_bar(page),
        "key": lambda key: as_html.key_link(page.site, key),
        "linked": lambda text: as_html.linked(page.site, text, [key for key in _keys(page) if key in text]),
        "without_tasks": {one.issue for one in page.two.findings if one.code is TaskCode.NO_TASKS},
        "figure": wording.figure,
        "many": wording.many,
        "day": wording.day,
        "moment": wording.moment,
        "SHAPES": SHAPES,
        "LONG_TASK": LONG_TASK,
        "TASKS": TASKS,
        "MOST": MOST,
    }
    return as_html.page(
        "planning_team.html.j2", ("base.css", "calendar.css", "planning.css", "planning_team.css"), values
    )


def _shared_values(ahead: LookAhead | None, product: Product) -> dict[str, Any]:
    """What both pages need to show open questions and the sprints after the next one."""
    boxes = of_product(product)
    return {
        "waiting": waiting,
        "ahead_how": look_ahead.how(ahead) if ahead is not None else "",
        "ahead_name": look_ahead.name,
        "ahead_why": look_ahead.why,
        "AHEAD_TITLE": look_ahead.title(boxes),
        "box": boxes.box,
        "AHEAD_SHOWN": look_ahead.SHOWN,
    }


def hours_bar(page: TeamPage) -> HoursBar:
    """The hours of each issue in rank order, one behind the other, against the plannable hours."""
    tasks = page.tasks
    scale = 98 / (max(tasks.hours, tasks.plannable) or 1.0)
    sizes = [row.tasks.hours for row in page.rows]
    ends = list(accumulate(sizes))
    pieces = tuple(
        Piece(
            x=round(scale * (end - size), 2),
            width=round(scale * size, 2),
            text=wording.figure(size) if scale * size >= NARROW else "",
            is_key=row.selected.is_key,
        )
        for row, size, end in zip(page.rows, sizes, ends, strict=True)
        if size
    )
    label = f"{wording.many(tasks.hours, 'hour')} in tasks, {wording.figure(tasks.plannable)} plannable"
    return HoursBar(label=label, pieces=pieces, end=round(scale * tasks.plannable, 2))


def _keys(page: TeamPage) -> set[str]:
    tasks = (task.issue.key for row in page.rows for task in row.tasks.tasks)
    between = (key for one in (*page.two.needed, *page.two.provided) for key in (one.needs.key, one.blocker.key))
    later = look_ahead.keys(page.sprints_after)
    return {*(row.selected.issue.key for row in page.rows), *page.goal.links, *tasks, *between, *later}


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


def _linked(page: PartOnePage, ahead: LookAhead | None, text: str) -> Markup:
    """A sentence with the keys of issues on the page as links."""
    keys = {one.issue.key for team in page.whole.teams for one in team.selected}
    keys |= {one.issue.key for team in page.whole.teams for one in team.below}
    keys |= {one.key for one in page.whole.dated}
    keys |= set(look_ahead.keys(ahead.sprints)) if ahead is not None else set()
    keys |= {one.issue.key for one in page.whole.several} | {one.blocker for one in page.whole.dependencies}
    return as_html.linked(page.site, text, [key for key in sorted(keys) if key in text])
