"""Sprint Planning part one: what each team would take up to the cut line, what that rests on, and what to decide.

Every figure can be computed again from the values: the selected points are the sum over the teams and of what is not
distributed, and what a team has left is its capacity minus its carry-over minus the points of its rows so far.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import fsum

from rules.backlog.index import Backlog
from rules.capacity.time_boxes import TimeBoxes
from rules.model import Issue, Unit
from rules.planning.between_teams import Dependency, SeveralTeams, dependencies_of, several_teams
from rules.planning.goals import TeamGoal
from rules.planning.leaving import TOLERANCE, leaving
from rules.planning.model import LeftOutCode, SprintProposal
from rules.planning.passed_over import PassedOver, passed_over, swaps
from rules.planning.questions import Question, questions_of
from rules.planning.side_work import SideWork, dated_outside, side_work
from rules.planning.team_part import Below, TeamPart, team_part
from rules.verdict import Judgement
from rules.wording import many, number

OPEN = ("",)
"""The answers of a decision with room to write."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Something to decide in the meeting, with the answers to choose from; an empty one leaves room to write."""

    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOne:
    """Everything of part one, teams in the order of the configuration.

    `dated` are the issues with a due date that are in no sprint.
    """

    teams: tuple[TeamPart, ...]
    undistributed: tuple[Below, ...] = ()
    several: tuple[SeveralTeams, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    unit: Unit = Unit.POINTS
    questions: tuple[Question, ...] = ()
    decisions: tuple[Decision, ...] = ()
    side_work: tuple[SideWork, ...] = ()
    dated: tuple[Issue, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()

    @property
    def undistributed_points(self) -> float:
        """The points of ready issues ranked above the cut lines that no team takes."""
        return fsum(one.issue.points or 0.0 for one in self.undistributed)

    @property
    def points(self) -> float:
        """The points selected: the sum over the teams and of what is not distributed."""
        return fsum(team.points for team in self.teams) + self.undistributed_points

    @property
    def for_goal(self) -> float:
        """The points of issues that serve the goal of their team."""
        return fsum(team.for_goal for team in self.teams)

    @property
    def limit(self) -> float:
        """The points of all teams whose points are known."""
        return fsum(team.limit or 0.0 for team in self.teams)

    @property
    def whole_limit(self) -> float | None:
        """The points of all teams; `None` where those of one are unknown."""
        return None if any(team.limit is None for team in self.teams) else self.limit

    @property
    def sum(self) -> str:
        """`56 of 57.9 points = A 16 + B 40; not distributed: 1`: what teams take, of what they usually finish.

        Without the latter where it is unknown of a team. What no team takes is not compared with it.
        """
        taken, limit, one = fsum(team.points for team in self.teams), self.whole_limit, self.unit.one
        whole = many(taken, one) if limit is None else f"{number(taken)} of {many(limit, one)}"
        parts = " + ".join(f"{team.name} {number(team.points)}" for team in self.teams)
        return f"{whole} = {parts}; not distributed: {number(self.undistributed_points)}"


def part_one(backlog: Backlog, judgement: Judgement, proposal: SprintProposal, goals: Sequence[TeamGoal]) -> PartOne:
    """The values of part one for the next sprint of every team."""
    by_team = {goal.team: goal for goal in goals}
    teams = tuple(team_part(one, by_team[one.team.name], backlog, proposal) for one in proposal.capacities)
    lowest = max((one.rank for team in teams for one in team.selected), default=0)
    undistributed = tuple(
        Below(issue=left.issue, rank=1 + backlog.rank[left.issue.key], why=left.why, code=left.code)
        for left in proposal.left_out
        if left.code is LeftOutCode.NO_TEAM and backlog.rank[left.issue.key] < lowest
    )
    several = tuple(several_teams(backlog, judgement, proposal))
    dependencies = tuple(dependencies_of(teams, backlog, proposal))
    whole = PartOne(
        teams=teams,
        undistributed=undistributed,
        several=several,
        dependencies=dependencies,
        unit=backlog.snapshot.unit,
        questions=tuple(_questions(teams, backlog, judgement)),
        side_work=side_work(backlog),
        dated=dated_outside(backlog),
        passed_over=passed_over(teams),
    )
    return replace(whole, decisions=tuple(_decisions(whole, backlog.boxes)))


# Questions and decisions


def _questions(teams: Sequence[TeamPart], backlog: Backlog, judgement: Judgement) -> Iterator[Question]:
    """The open questions of selected issues, and of those that stay below a cut line because of one."""
    for team in teams:
        below = (one.issue for one in team.below if one.code is LeftOutCode.NOT_READY)
        yield from questions_of(team.name, (*(one.issue for one in team.selected), *below), backlog, judgement)


def _decisions(whole: PartOne, boxes: TimeBoxes) -> Iterator[Decision]:
    """The goal first, then who decides, what each team takes or leaves, who leads or takes what, and what blocks."""
    for team in whole.teams:
        if team.goal.is_missing:
            yield Decision(f"{team.name} has no Sprint Goal yet. Agree on it before issues are selected.", OPEN)
        for finding in team.goal.findings:
            yield Decision(f"{team.name}: {finding.text}", OPEN)
    if without := [team.name for team in whole.teams if not team.representatives]:
        yield Decision(f"No representative: {', '.join(without)}. Who decides for the team?", OPEN)
    for team in whole.teams:
        yield Decision(f"{team.name} takes {many(round(team.points, 1), team.capacity.unit.one)}.", ("yes", "changed"))
    yield from _over(whole)
    yield from _in_order(whole)
    yield from _who(whole)
    yield from _when(whole, boxes)


def _over(whole: PartOne) -> Iterator[Decision]:
    """What leaves a sprint that has more than fits, with the issues to talk about first."""
    for team in whole.teams:
        if team.left is not None and team.left < -TOLERANCE:
            keys = tuple(one.issue.key for one in leaving(team.selected, -team.left))
            over = many(round(-team.left, 1), team.capacity.unit.one)
            yield Decision(f"{team.name} is {over} over: what leaves?", (*keys, ""))


def _in_order(whole: PartOne) -> Iterator[Decision]:
    """Whether what people put into a sprint stays before a higher-ranked issue that is ready."""
    for one in swaps(whole.passed_over):
        lower = ", ".join(one.instead)
        yield Decision(f"{one.team} has {lower} in its sprint, {one.issue.key} ranks higher: swap?", ("yes", "no"))


def _who(whole: PartOne) -> Iterator[Decision]:
    """Who leads what several teams recognise, and who takes what none recognises."""
    for one in whole.several:
        if one.teams and not one.leads:
            yield Decision(f"{one.issue.key}: who leads?", one.teams)
    free = [one.issue.key for one in whole.several if not one.teams and not one.leads]
    if len(free) == 1:
        yield Decision(f"{free[0]}: who takes it?", tuple(team.name for team in whole.teams))
    elif free:
        yield Decision(f"{', '.join(free)}: who takes each?", OPEN)


def _when(whole: PartOne, boxes: TimeBoxes) -> Iterator[Decision]:
    """When each blocker that is neither planned nor promised in time is done."""
    waiting: dict[tuple[str, str], list[str]] = {}
    for one in whole.dependencies:
        if not one.is_agreed:
            waiting.setdefault((one.blocker, one.blocker_team), []).append(one.needs.key)
    for (blocker, team), needs in waiting.items():
        soonest = f"{team}, {boxes.ahead()}" if team else boxes.ahead()
        yield Decision(f"{blocker} blocks {', '.join(dict.fromkeys(needs))}: when is it done?", (soonest, "later"))
