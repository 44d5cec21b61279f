"""One Sprint Review for all teams: planned against done, what is carried over, and what was delivered for which goal.

A team's sprint is the running one from two days before its end on, else the one that was closed last.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import fsum

from rules.backlog.index import Backlog
from rules.capacity.days import window_of
from rules.capacity.points import end_of, finished_by_sprint, mine_of
from rules.history.replay import sprint_members
from rules.model import Issue, Snapshot, Sprint, SprintState, Team
from rules.planning.goals import goal_text, link_of
from rules.planning.options import PlanningOptions
from rules.planning.scope import ScopeAtStart, start_of
from rules.text import read_issue

SOON = timedelta(days=2)
"""A running sprint is reviewed from so long before its end on."""
PROMPTS = (
    "Which of this helps you today, and what is missing?",
    "What changed since the last review that the Product Backlog does not show?",
    "What should come next, and what can wait?",
)
"""What is asked of the people in the review."""


class ReviewCode(StrEnum):
    """What a finding about the review is about; the values are part of the JSON outputs."""

    ENDS_DIFFER = "SPRINT-ENDS-DIFFER"
    LENGTHS_DIFFER = "SPRINT-LENGTHS-DIFFER"
    NO_SPRINT = "NO-SPRINT"
    NO_GOAL = "SPRINT-WITHOUT-GOAL"


@dataclass(frozen=True, slots=True)
class ReviewFinding:
    """One fact about the review, and what to do."""

    code: ReviewCode
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneIssue:
    """An issue that a team finished: for which goal ("" for none), and what it is good for ("" where nothing says).

    `outcome` is the key of the issue above it, "" for none.
    """

    issue: Issue
    team: str
    serves: str
    benefit: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamReview:
    """The sprint of one team.

    `start` is what it held of the team when it started, `carried` what it held last and is not done. `serving` are the
    keys of its issues that serve the goal, done or not.
    """

    team: str
    sprint: Sprint
    last: date | None
    goal: str
    start: ScopeAtStart
    done: tuple[DoneIssue, ...]
    carried: tuple[Issue, ...]
    serving: tuple[str, ...]

    @property
    def is_running(self) -> bool:
        """Whether the sprint has not been closed yet."""
        return self.sprint.state is SprintState.ACTIVE

    @property
    def planned(self) -> float:
        """The size of what the sprint held at its start."""
        return fsum(one.points or 0.0 for one in self.start.issues)

    @property
    def points(self) -> float:
        """The size of what is done."""
        return fsum(one.issue.points or 0.0 for one in self.done)

    @property
    def carried_points(self) -> float:
        """The size of what is carried over."""
        return fsum(one.points or 0.0 for one in self.carried)

    @property
    def carried_at_start(self) -> float | None:
        """The size at the start of what is carried over.

        `None` where the start is not known, and where some of it came in later or had no estimate.
        """
        sizes = {one.id: one.points for one in self.start.issues if self.start.rebuilt}
        known = [size for one in self.carried if (size := sizes.get(one.id)) is not None]
        return fsum(known) if len(known) == len(self.carried) else None

    @property
    def for_goal(self) -> float:
        """The size of what is done and serves the goal."""
        return fsum(one.issue.points or 0.0 for one in self.done if one.serves)

    @property
    def of_plan(self) -> int:
        """How many of the issues that the sprint held at its start are done."""
        planned = {one.id for one in self.start.issues}
        return sum(one.issue.id in planned for one in self.done)

    @property
    def goal_done(self) -> int:
        """How many of the issues that serve the goal are done."""
        return sum(one.issue.key in self.serving for one in self.done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was done below one issue, such as an epic, by all teams; `issue` is `None` where it is not known."""

    key: str
    issue: Issue | None
    done: tuple[DoneIssue, ...]

    @property
    def points(self) -> float:
        """The size of what is done."""
        return fsum(one.issue.points or 0.0 for one in self.done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The review of a product: teams in the order of the configuration, outcomes by size, the largest first.

    `feedback` are issues of stakeholders that were created since the sprints began.
    """

    teams: tuple[TeamReview, ...]
    outcomes: tuple[Outcome, ...]
    findings: tuple[ReviewFinding, ...]
    feedback: tuple[Issue, ...] = ()

    @property
    def points(self) -> float:
        """The size of what all teams finished."""
        return fsum(team.points for team in self.teams)

    @property
    def planned(self) -> float:
        """The size of what all sprints held at their start."""
        return fsum(team.planned for team in self.teams)

    @property
    def for_goal(self) -> float:
        """The size of what is done and serves a goal."""
        return fsum(team.for_goal for team in self.teams)

    @property
    def carried(self) -> float:
        """The size of what is carried over."""
        return fsum(team.carried_points for team in self.teams)


def review(
    backlog: Backlog,
    starts: Mapping[str, ScopeAtStart],
    options: PlanningOptions,
    stakeholders: Sequence[Issue] = (),
) -> Review:
    """The review of the teams' latest sprints. `starts` are those that runs kept; others are rebuilt.

    `stakeholders` are all open issues that came from stakeholders.
    """
    snapshot = backlog.snapshot
    members = sprint_members(snapshot)
    pairs = [(team, reviewed(snapshot, team)) for team in snapshot.product.teams if team.has_sprints]
    teams = tuple(
        _team(team, sprint, starts.get(sprint.id), members.get(sprint.id, ()), backlog, options)
        for team, sprint in pairs
        if sprint is not None
    )
    begun = min((one.sprint.start for one in teams if one.sprint.start is not None), default=None)
    return Review(
        teams=teams,
        outcomes=_outcomes(teams, snapshot),
        findings=tuple(_findings(teams, [team.name for team, sprint in pairs if sprint is None])),
        feedback=tuple(issue for issue in stakeholders if begun is not None and issue.created >= begun),
    )


def reviewed(snapshot: Snapshot, team: Team) -> Sprint | None:
    """The sprint of a team that is reviewed; `None` where it had none yet."""
    running = next(iter(snapshot.sprints_of(team, SprintState.ACTIVE)), None)
    closed = [one for one in snapshot.sprints_of(team, SprintState.CLOSED) if one.start is not None]
    if running is not None and (not closed or _ends_soon(running, snapshot.taken_at)):
        return running
    return closed[-1] if closed else None


def _ends_soon(sprint: Sprint, now: datetime) -> bool:
    return sprint.end is not None and sprint.end - now <= SOON


def _team(
    team: Team,
    sprint: Sprint,
    known: ScopeAtStart | None,
    members: Sequence[Issue],
    backlog: Backlog,
    options: PlanningOptions,
) -> TeamReview:
    snapshot = backlog.snapshot
    mine = snapshot.on_board_of(team, (issue for issue in members if issue.is_counted))
    ids = {issue.id for issue in mine}
    start = known or start_of(sprint, goal_text(team, sprint), mine, backlog)
    start = replace(start, issues=tuple(one for one in start.issues if one.id in ids))
    goal = goal_text(team, sprint) or start.goal
    done = _done(team, sprint, mine, snapshot)
    finished = {issue.id for issue in done}
    carried = tuple(issue for issue in mine if sprint.id in issue.sprints and issue.id not in finished)
    serves = {
        issue.key: why for issue in (*done, *carried) if goal and (why := link_of(issue, goal, team, backlog, options))
    }
    window = window_of(sprint, until=sprint.completed)
    return TeamReview(
        team=team.name,
        sprint=sprint,
        last=window.last if window else None,
        goal=goal,
        start=start,
        done=tuple(_done_issue(issue, team, serves.get(issue.key, ""), backlog) for issue in done),
        carried=carried,
        serving=tuple(serves),
    )


def _done(team: Team, sprint: Sprint, mine: Iterable[Issue], snapshot: Snapshot) -> tuple[Issue, ...]:
    """What the team finished in the sprint, in the order in which it did; sized as of the start of a closed sprint."""
    if sprint.state is SprintState.CLOSED:
        done = mine_of(snapshot, team, sprint, finished_by_sprint(snapshot))
    else:
        done = [issue for issue in mine if sprint.id in issue.sprints and not issue.is_open]
    return tuple(sorted(done, key=lambda issue: (issue.finished_at, issue.key)))


def _done_issue(issue: Issue, team: Team, serves: str, backlog: Backlog) -> DoneIssue:
    reading = read_issue(issue.title, issue.document, issue.kind, issue.acceptance, backlog.vocabulary)
    benefit = reading.story.benefit if reading.story is not None and not issue.restricted else ""
    return DoneIssue(issue=issue, team=team.name, serves=serves, benefit=benefit, outcome=issue.parent or "")


def _outcomes(teams: Sequence[TeamReview], snapshot: Snapshot) -> tuple[Outcome, ...]:
    by_key: dict[str, list[DoneIssue]] = {}
    for one in (done for team in teams for done in team.done):
        by_key.setdefault(one.outcome, []).append(one)
    outcomes = (Outcome(key=key, issue=snapshot.by_key.get(key), done=tuple(done)) for key, done in by_key.items())
    return tuple(sorted(outcomes, key=lambda one: (not one.key, -one.points, one.key)))


def _findings(teams: Sequence[TeamReview], without: Sequence[str]) -> Iterator[ReviewFinding]:
    ends = {one.team: one.last for one in teams if one.last is not None}
    if len(set(ends.values())) > 1:
        days = ", ".join(f"{team} {day.day} {day:%B}" for team, day in ends.items())
        text = f"The sprints end on different days: {days}. Let them end together, so that one review is enough."
        yield ReviewFinding(ReviewCode.ENDS_DIFFER, text)
    lengths = {one.team: weeks for one in teams if (weeks := _weeks(one.sprint)) is not None}
    if len(set(lengths.values())) > 1:
        weeks_of = ", ".join(f"{team} {weeks}" for team, weeks in lengths.items())
        yield ReviewFinding(ReviewCode.LENGTHS_DIFFER, f"The sprints have different lengths in weeks: {weeks_of}.")
    for name in without:
        yield ReviewFinding(ReviewCode.NO_SPRINT, f"{name} has no sprint to review yet.")
    for one in teams:
        if not one.goal:
            yield ReviewFinding(ReviewCode.NO_GOAL, f"{one.team}: {one.sprint.name} had no Sprint Goal.")


def _weeks(sprint: Sprint) -> int | None:
    """The planned length of a sprint in weeks, a day more or less."""
    end = sprint.end or end_of(sprint)
    return round((end - sprint.start) / timedelta(weeks=1)) if sprint.start and end else None
