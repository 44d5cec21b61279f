"""The page of a team's Scrum Master: load and capacity, who is here, warnings, the proposal, what was learned.

Figures of single people are on this page only.
"""

from math import fsum
from typing import Any

from rules.capacity.calendar import by_day
from rules.capacity.model import Level, TeamCapacity, WarningCode, pressing_first
from rules.capacity.person_load import PersonLoad
from rules.planning.part_two import needed_by, unanswered_by
from rules.planning.team_part import team_part
from sync.reports import as_html, charts, coverage, horizon, learned, look_ahead, proposed
from sync.reports import format as wording
from sync.reports.address import Link
from sync.reports.base import RunReport
from sync.reports.planning.as_html import SHAPES
from sync.reports.planning.team import dependency_lines

SHEETS = (*as_html.SHEETS, "calendar.css")
WORDS = {Level.RED: "Act now", Level.AMBER: "Soon", Level.INFO: "Note"}
LEVELS = {Level.RED: "bad", Level.AMBER: "soon", Level.INFO: ""}
_ANSWERS = {WarningCode.OVER_COMMITTED: "Too full", WarningCode.STRETCH: "Ambitious"}


def render(report: RunReport, team: str, navigation: tuple[Link, ...]) -> str:
    """The page of the team with this name, without the texts of restricted issues where the report has none."""
    one = capacity_of(report, team)
    stopped = report.snapshot.stopped.get(team, "")
    values = {
        "team": team,
        "state": state(one),
        "stopped": f"Nothing is planned or written for this team: {stopped}." if stopped else "",
        "earlier_day": coverage.earlier_day(report),
        **_take_out(report, one),
        "obstacles": [obstacle for obstacle in horizon.obstacles(report) if team in obstacle.teams],
        "proposals": [proposal for proposal in proposed.proposals(report) if proposal.team == team],
        "SHAPES": SHAPES,
        "WORDS": WORDS,
        "LEVELS": LEVELS,
    }
    made = (
        as_html.frame(report, navigation) | values | _capacity(one) | _later(report, one, team) | _learned(report, team)
    )
    return as_html.page("team.html.j2", SHEETS, made)


def capacity_of(report: RunReport, team: str) -> TeamCapacity | None:
    """The capacity of a team by its name; `None` for one that is left out."""
    return next((one for one in report.capacities if one.team.name == team), None)


def state(one: TeamCapacity | None) -> str:
    """The answer of the page: whether what is planned is what the team usually finishes."""
    if one is None:
        return "Left out of this run"
    if one.sprint is None:
        return "No future sprint on the board"
    planned = f"{wording.many(one.load, one.unit.one)} planned"
    if one.points is None:
        return f"{planned}, the velocity is not known yet"
    codes = {warning.code for warning in one.warnings}
    answer = next((words for code, words in _ANSWERS.items() if code in codes), "Fits")
    return f"{answer}: {planned}, {wording.figure(one.points.p50)} is usual"


def _capacity(one: TeamCapacity | None) -> dict[str, Any]:
    warnings = pressing_first((*one.warnings, *one.personal)) if one else ()
    return {
        "one": one,
        "bar": charts.capacities([one]).get(one.team.name) if one else None,
        "present": by_day(one.calendar) if one else (),
        "why_loads": [why(person, one) for person in one.people] if one else (),
        "warnings": warnings,
        "notes": [warning for warning in warnings if warning.level is Level.INFO],
    }


def why(person: PersonLoad, one: TeamCapacity) -> str:
    """Where the figures of a person come from, with every number that is used."""
    days = f"{wording.figure(person.days)} of {wording.many(person.team_days, 'person-day')}"
    texts = [f"{person.name}: {days}"]
    if person.lost:
        texts.append(f"{wording.figure(person.lost)} less for ramp-up, handover and mentoring")
    if person.part is not None:
        texts.append(f"× {wording.many(person.usual or 0.0, f'usual {one.unit.one}')} = {wording.figure(person.part)}")
    hours = wording.many(one.hours, "plannable hour")
    texts.append(f"× {hours} = {wording.figure(person.plannable)} h")
    issues = ", ".join(person.issues) or "no issue"
    return f"{'; '.join(texts)}. Waiting: {issues}."


def _take_out(report: RunReport, one: TeamCapacity | None) -> dict[str, Any]:
    """The issues to take out of a sprint that holds too much, with their points, and what is left in it then."""
    taken = one.take_out if one else ()
    issues = report.snapshot.by_key
    return {
        "out": [(issues[key], points) for key, points in taken if key in issues],
        "left": one.load - fsum(points for _, points in taken) if one else 0.0,
    }


def _later(report: RunReport, one: TeamCapacity | None, team: str) -> dict[str, Any]:
    """What the team and others agree on, and what it could take after the next sprint."""
    goal = next((goal for goal in report.goals if goal.team == team), None)
    made: dict[str, Any] = {"dependencies": (), "ahead": (), "AHEAD": look_ahead.title(report.backlog.boxes)}
    if one is None or goal is None:
        return made
    needed = needed_by(team_part(one, goal, report.backlog, report.proposal), report.backlog)
    provided = unanswered_by(team, report.backlog)
    return made | {
        "dependencies": dependency_lines(needed, provided, report.snapshot.taken_at),
        "ahead": look_ahead.of_team(report.look_ahead, team),
        "ahead_head": look_ahead.head,
        "ahead_note": look_ahead.note,
    }


def _learned(report: RunReport, team: str) -> dict[str, Any]:
    by_team = dict(charts.by_sprint(report))
    return {
        "learned": learned.of_team(report, team),
        "by_sprint": learned.BY_SPRINT,
        "charts": by_team.get(team, ()),
    }
