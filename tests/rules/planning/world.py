"""Small worlds for the tests of planning: teams with a known capacity and a backlog in rank order."""

from datetime import UTC, datetime, timedelta
from typing import Any

from rules.capacity.days import window_of
from rules.capacity.model import CapacitySplit, Range, TeamCapacity
from rules.model import Issue, Sprint, Team
from rules.planning.model import SprintProposal
from tests.factories import issue, sprint, team

START = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def capacity(of: Team, points: float | None = 10.0, **overrides: Any) -> TeamCapacity:
    """A team that finishes so many points in its next sprint, which has the number of its board; P15 is half of it."""
    box = overrides.pop("sprint", next_of(of))
    window = window_of(box) if box is not None else None
    values: dict[str, Any] = {
        "gross_days": 50.0,
        "net_days": 50.0,
        "hours": 300.0,
        "points": None if points is None else Range(points / 2, points, points * 2),
        "velocity": points,
        "split": CapacitySplit("points", points or 0.0, ()),
        "first": window.first if window else None,
        "last": window.last if window else None,
    }
    return TeamCapacity(team=of, sprint=box, **(values | overrides))


def next_of(of: Team, start: datetime = START) -> Sprint:
    """The next sprint of a team's board."""
    return sprint(str(of.board * 10), board=of.board, start=start, end=start + timedelta(days=14))


def story(key: str, points: float | None = 3.0, *components: str, **overrides: Any) -> Issue:
    """A story of the Payments team unless other components are named; planning does not read its text."""
    return issue(key, "", **({"points": points, "components": components or ("payments",)} | overrides))


PAYMENTS, SEARCH = team("Payments", board=12), team("Search", board=13)


def placed(proposal: SprintProposal) -> dict[str, str]:
    """Team by key of what was placed."""
    return {placement.issue.key: placement.team for placement in proposal.placements}


def codes(proposal: SprintProposal) -> dict[str, str]:
    """Reason by key of what was left out."""
    return {left.issue.key: left.code for left in proposal.left_out}


def why(proposal: SprintProposal, key: str) -> str:
    """The sentence about one issue."""
    reasons = {left.issue.key: left.why for left in proposal.left_out}
    return (reasons | {placement.issue.key: placement.why for placement in proposal.placements})[key]
