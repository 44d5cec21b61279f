"""The proposal for each team's next sprint as reports show it, with what is there already and what is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rules.capacity.model import TeamCapacity
from rules.model import Issue, Team, Unit
from rules.planning.goals import TeamGoal
from rules.planning.model import LeftOut, Placement
from rules.planning.team_part import below_line
from sync.reports.base import RunReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedIssue:
    """One issue of a proposal; `total` is the points in the sprint with it, `left` what is free after it.

    `left` is `None` where the team's points are unknown. `note` names what it comes after and other teams that could
    take it, "" for neither.
    """

    issue: Issue
    points: float
    total: float
    left: float | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamProposal:
    """What is proposed for one team's sprint, in rank order; what is there already, and what stays below the line.

    `goal` is the Sprint Goal with what to correct, `None` where the sprint has none.
    """

    team: str
    sprint: str
    capacity: TeamCapacity | None
    already: tuple[Issue, ...]
    issues: tuple[ProposedIssue, ...]
    below: tuple[LeftOut, ...]
    goal: TeamGoal | None = None

    @property
    def unit(self) -> Unit:
        """What sizes count."""
        return self.capacity.unit if self.capacity else Unit.POINTS

    @property
    def points(self) -> float:
        """The sum of the proposed points."""
        return sum(proposed.points for proposed in self.issues)


def proposals(report: RunReport) -> tuple[TeamProposal, ...]:
    """One proposal a team and sprint, in the order of the configuration, even with nothing; none of teams left out."""
    teams = (team for team in report.snapshot.product.teams if team.name not in report.snapshot.stopped)
    return tuple(proposal for team in teams for proposal in _proposals(report, team))


def _proposals(report: RunReport, team: Team) -> Iterator[TeamProposal]:
    capacity = next((one for one in report.capacities if one.team.name == team.name), None)
    mine = [placed for placed in report.proposal.placements if placed.team == team.name]
    left = below_line(team, report.backlog, report.proposal)
    planned = capacity.sprint.id if capacity and capacity.sprint else None
    for sprint in dict.fromkeys(placed.sprint for placed in mine) or {planned: None}:
        yield TeamProposal(
            team=team.name,
            sprint=_sprint_name(report, sprint),
            capacity=capacity,
            already=report.snapshot.on_board_of(
                team, (issue for issue in report.snapshot.issues if sprint and issue.sprint == sprint)
            ),
            issues=tuple(_proposed(report, capacity, [placed for placed in mine if placed.sprint == sprint])),
            below=left,
            goal=_goal(report, team.name, sprint),
        )


def _goal(report: RunReport, team: str, sprint: str | None) -> TeamGoal | None:
    """The Sprint Goal of a team's sprint; a missing one is asked for on the planning pages only."""
    goals = (one for one in report.goals if one.team == team and one.text and one.sprint and one.sprint.id == sprint)
    return next(goals, None)


def _proposed(
    report: RunReport, capacity: TeamCapacity | None, placements: Sequence[Placement]
) -> Iterator[ProposedIssue]:
    """The placements with their running total, which starts at what is in the sprint already."""
    limit = capacity.points.p50 if capacity and capacity.points else None
    totals = accumulate((one.points for one in placements), initial=capacity.load if capacity else 0.0)
    for placed, total in zip(placements, list(totals)[1:], strict=True):
        yield ProposedIssue(
            issue=placed.issue,
            points=placed.points,
            total=total,
            left=None if limit is None else limit - total,
            note="; ".join(_notes(report, placed)),
        )


def _notes(report: RunReport, placed: Placement) -> Iterator[str]:
    if placed.though:
        yield placed.though[:1].lower() + placed.though[1:]
    if blockers := report.backlog.blockers_of(placed.issue.key):
        yield f"after {', '.join(blocker.key for blocker in blockers)}"
    if others := [team.name for team in report.snapshot.teams_of(placed.issue) if team.name != placed.team]:
        yield f"or {' or '.join(others)}"


def _sprint_name(report: RunReport, sprint: str | None) -> str:
    if sprint is None:
        return "no future sprint yet"
    planned = report.snapshot.sprint_by_id.get(sprint)
    return planned.name if planned else f"sprint {sprint}"
