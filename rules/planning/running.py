"""The running sprint of each team: its goal, how its scope changed, what is left, and what to renegotiate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from rules.backlog.index import Backlog
from rules.capacity.model import RunningCapacity, TeamCapacity
from rules.history.replay import sprint_members
from rules.model import Issue, Snapshot, Sprint, Team
from rules.planning.goals import goal_text, keys_in, links_of
from rules.planning.leaving import TOLERANCE, leaving
from rules.planning.options import PlanningOptions
from rules.planning.scope import (
    ScopeAtStart,
    ScopeChange,
    reestimated,
    scope_changes,
    start_of,
)
from rules.planning.since import Reestimated


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIssue:
    """An open issue of a running sprint; `serves` says how it serves the goal, "" where it does not."""

    issue: Issue
    rank: int
    points: float
    serves: str = ""
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An open issue of a running sprint that is flagged or blocked, and why."""

    issue: Issue
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningSprint:
    """The running sprint of a team.

    `open` are its open issues in rank order, with assumed sizes where they have no estimate. `renegotiate` are the
    issues to talk about with the Product Owner so that the rest fits, empty where it fits or half is not over yet.
    """

    team: str
    sprint: Sprint
    goal: str
    start: ScopeAtStart
    capacity: RunningCapacity
    open: tuple[OpenIssue, ...] = ()
    changes: tuple[ScopeChange, ...] = ()
    estimates: tuple[Reestimated, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    renegotiate: tuple[OpenIssue, ...] = ()

    @property
    def remaining(self) -> float:
        """The points that are still open."""
        return round(fsum(one.points for one in self.open), 6)

    @property
    def is_behind(self) -> bool:
        """Whether half of the sprint is over and more is open than the team usually finishes in the rest."""
        left = self.capacity.left
        return self.capacity.is_half_over and left is not None and self.remaining > left.p50 + TOLERANCE

    @property
    def is_goal_out_of_reach(self) -> bool:
        """Whether the open issues that serve the goal are more than the team finishes in the rest if it is fast."""
        serving = [one.points for one in self.open if one.serves or one.is_key]
        left = self.capacity.left
        return left is not None and bool(serving) and fsum(serving) > left.p85 + TOLERANCE

    @property
    def unacknowledged(self) -> tuple[ScopeChange, ...]:
        """The additions and removals that the Product Owner has not acknowledged."""
        return tuple(change for change in self.changes if not change.acknowledged)


def scopes_at_start(
    backlog: Backlog, known: Mapping[str, ScopeAtStart], capacities: Sequence[TeamCapacity]
) -> Mapping[str, ScopeAtStart]:
    """By sprint id the start of each team's running sprint: the known one, else as rebuilt now."""
    members = sprint_members(backlog.snapshot)
    return {
        sprint.id: known.get(sprint.id)
        or start_of(sprint, goal_text(one.team, sprint), members.get(sprint.id, ()), backlog)
        for one in capacities
        if one.running is not None
        for sprint in [one.running.sprint]
    }


def running_sprints(
    backlog: Backlog,
    starts: Mapping[str, ScopeAtStart],
    capacities: Sequence[TeamCapacity],
    options: PlanningOptions,
) -> tuple[RunningSprint, ...]:
    """The running sprint of each team that has one, in the order of the configuration."""
    members = sprint_members(backlog.snapshot)
    return tuple(
        _running(one.team, one.running, starts[one.running.sprint.id], members, backlog, options)
        for one in capacities
        if one.running is not None
    )


def _running(
    team: Team,
    capacity: RunningCapacity,
    start: ScopeAtStart,
    members: Mapping[str, Sequence[Issue]],
    backlog: Backlog,
    options: PlanningOptions,
) -> RunningSprint:
    sprint = capacity.sprint
    inside = backlog.snapshot.on_board_of(team, members.get(sprint.id, ()))
    start = _of_team(start, team, backlog.snapshot)
    running = RunningSprint(
        team=team.name,
        sprint=sprint,
        goal=goal_text(team, sprint) or start.goal,
        start=start,
        capacity=capacity,
        changes=tuple(scope_changes(start, inside, backlog)),
        estimates=reestimated(start, sprint, backlog),
    )
    running = replace(running, open=_open(running, team, inside, backlog, options))
    obstacles = tuple(Obstacle(one.issue, why) for one in running.open if (why := _obstacle(one.issue, backlog)))
    running = replace(running, obstacles=obstacles)
    return replace(running, renegotiate=to_renegotiate(running)) if running.is_behind else running


def _of_team(start: ScopeAtStart, team: Team, snapshot: Snapshot) -> ScopeAtStart:
    """What the team's part of the sprint held when it started; an issue that is gone may have been any team's."""
    known = [snapshot.by_id[one.id] for one in start.issues if one.id in snapshot.by_id]
    others = {issue.id for issue in known} - {issue.id for issue in snapshot.on_board_of(team, known)}
    return replace(start, issues=tuple(one for one in start.issues if one.id not in others)) if others else start


def _open(
    running: RunningSprint, team: Team, members: Sequence[Issue], backlog: Backlog, options: PlanningOptions
) -> tuple[OpenIssue, ...]:
    """The open issues in the sprint, in rank order; what is not in the backlog comes last."""
    issues = [one for one in members if one.sprint == running.sprint.id and one.is_open and one.is_counted]
    last = len(backlog.rank)
    issues.sort(key=lambda issue: (backlog.rank.get(issue.key, last), issue.key))
    links = links_of(running.goal, team, backlog, options) if running.goal else {}
    key = _key_issue(running.goal, members, options)
    return tuple(
        OpenIssue(
            issue=issue,
            rank=1 + backlog.rank.get(issue.key, last),
            points=backlog.sizes[issue.key].points if issue.points is None else issue.points,
            serves=links.get(issue.key, ""),
            is_key=issue.key == key,
        )
        for issue in issues
    )


def _key_issue(goal: str, members: Sequence[Issue], options: PlanningOptions) -> str:
    """The key issue of a sprint, done or not: one with a label for it, else the first that the goal names; or ""."""
    marked = sorted(issue.key for issue in members if options.key_labels & issue.labels)
    inside = {issue.key for issue in members}
    named = (key for key in keys_in(goal) if key in inside)
    return next(iter(marked), "") or next(named, "")


def _obstacle(issue: Issue, backlog: Backlog) -> str:
    blockers = [blocker.key for blocker in backlog.blockers_of(issue.key)]
    blocked = f"blocked by {', '.join(blockers)}" if blockers else ""
    return " and ".join(filter(None, ("flagged" if issue.flagged else "", blocked)))


def to_renegotiate(running: RunningSprint) -> tuple[OpenIssue, ...]:
    """The fewest changes so that the rest fits: what does not serve the goal first, then the lowest in rank.

    Never the key issue. Nothing is in it that could stay. In rank order.
    """
    left = running.capacity.left
    if left is None:
        return ()
    return leaving(running.open, running.remaining - left.p50)
