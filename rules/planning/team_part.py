"""What one team takes in Sprint Planning part one, and what stays below its cut line.

What a team has left is its capacity minus its carry-over minus the points of its rows so far.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import fsum

from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.model import Issue, Team
from rules.planning.goals import TeamGoal
from rules.planning.model import LeftOut, LeftOutCode, Placement, SprintProposal

APART = frozenset(
    {
        LeftOutCode.ALREADY_PLANNED,
        LeftOutCode.EPIC,
        LeftOutCode.SUBTASK,
        LeftOutCode.WONT,
        LeftOutCode.TEAM_LEFT_OUT,
        LeftOutCode.NO_TEAM,
    }
)
"""What is not below a team's cut line: it is planned elsewhere, or no team's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """One issue above a team's cut line. `rank` is its place in the Product Backlog, 1 the highest.

    `points` is `None` where it has no estimate; it then counts 0. `left` is what the team has left after it, `None`
    where its points are unknown. `proposed` is false for what is in the sprint already. `why` is one short reason,
    `serves` how it serves the Sprint Goal, "" where it does not.
    """

    issue: Issue
    rank: int
    points: float | None
    left: float | None
    proposed: bool
    why: str
    serves: str = ""
    is_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """One issue below a team's cut line, and why. `displaces` are the proposed issues that would leave for it."""

    issue: Issue
    rank: int
    why: str
    code: LeftOutCode
    displaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPart:
    """What one team takes and what stays below its cut line, both in rank order.

    `representatives` are those configured, `away` those of them who are absent on the first day of the sprint.
    """

    capacity: TeamCapacity
    goal: TeamGoal
    selected: tuple[Selected, ...]
    below: tuple[Below, ...]
    representatives: tuple[str, ...] = ()
    away: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The team's name."""
        return self.capacity.team.name

    @property
    def limit(self) -> float | None:
        """The points the team finishes with 50 % probability, `None` where they are unknown."""
        return self.capacity.points.p50 if self.capacity.points else None

    @property
    def points(self) -> float:
        """The points of the selected issues."""
        return fsum(one.points or 0.0 for one in self.selected)

    @property
    def for_goal(self) -> float:
        """The points of the selected issues that serve the Sprint Goal."""
        return fsum(one.points or 0.0 for one in self.selected if one.serves)

    @property
    def left(self) -> float | None:
        """The points left after the last issue, and after what will probably be carried over."""
        return None if self.limit is None else round(self.limit - self.capacity.carry_over - self.points, 6)


def team_part(capacity: TeamCapacity, goal: TeamGoal, backlog: Backlog, proposal: SprintProposal) -> TeamPart:
    """What one team takes, whatever the others do."""
    team = capacity.team
    placed = {one.issue.key: one for one in proposal.placements if one.team == team.name}
    selected = _selected(capacity, goal, backlog, placed)
    left = selected[-1].left if selected else None
    below = tuple(_below(one, selected, left, backlog) for one in below_line(team, backlog, proposal))
    names = representatives_of(team, alone=len(backlog.snapshot.product.teams) == 1)
    return TeamPart(
        capacity=capacity,
        goal=goal,
        selected=selected,
        below=below,
        representatives=names,
        away=tuple(name for name in names if _is_away(name, capacity)),
    )


def below_line(team: Team, backlog: Backlog, proposal: SprintProposal) -> tuple[LeftOut, ...]:
    """What stays below the team's cut line, in rank order: no sub-tasks and epics, and nothing that is in a sprint."""
    return tuple(
        one
        for one in proposal.left_out
        if one.code not in APART and one.issue.sprint is None and team in backlog.teams[one.issue.key]
    )


def representatives_of(team: Team, *, alone: bool) -> tuple[str, ...]:
    """The people of a team who take part in part one: those configured, with "all" or for the only team everybody."""
    everybody = tuple(person.name for person in team.people)
    return (
        everybody if team.representatives == ("all",) or (alone and not team.representatives) else team.representatives
    )


def _is_away(name: str, capacity: TeamCapacity) -> bool:
    """Whether a person is absent for the whole first day of the sprint."""
    people = [person for person in capacity.team.people if person.name == name]
    return capacity.first is not None and any(
        absence.fraction >= 1 and absence.first <= capacity.first <= absence.last
        for person in people
        for absence in person.absences
    )


def _selected(
    capacity: TeamCapacity, goal: TeamGoal, backlog: Backlog, placed: Mapping[str, Placement]
) -> tuple[Selected, ...]:
    """The planned issues in rank order, with what is left after each."""
    issues = [backlog.snapshot.by_key[key] for key in goal.planned]
    points = [placed[one.key].points if one.key in placed else one.points for one in issues]
    room = None if capacity.points is None else capacity.points.p50 - capacity.carry_over
    taken = list(accumulate(one or 0.0 for one in points))
    return tuple(
        Selected(
            issue=issue,
            rank=1 + backlog.rank[issue.key],
            points=size,
            left=None if room is None else round(room - total, 6),
            proposed=issue.key in placed,
            why=_why(issue, capacity.team, backlog, placed),
            serves=goal.links.get(issue.key, ""),
            is_key=issue.key == goal.key,
        )
        for issue, size, total in zip(issues, points, taken, strict=True)
    )


def _why(issue: Issue, team: Team, backlog: Backlog, placed: Mapping[str, Placement]) -> str:
    """One short reason: people planned it, a team accepted it, what it is needed for, why this team."""
    if issue.key not in placed:
        return "in the sprint already"
    if placed[issue.key].though:
        return placed[issue.key].though[:1].lower() + placed[issue.key].though[1:]
    if needed := [key for key in backlog.blocks.get(issue.key, ()) if key in placed]:
        return f"needed for {', '.join(needed[:2])}"
    others = [other.name for other in backlog.teams[issue.key] if other.name != team.name]
    if others:
        return f"least load; or {' or '.join(others)}"
    return "ready, and it fits"


def _below(left: LeftOut, selected: Sequence[Selected], room: float | None, backlog: Backlog) -> Below:
    fits_not = left.code is LeftOutCode.CAPACITY_HIGHER and room is not None
    return Below(
        issue=left.issue,
        rank=1 + backlog.rank[left.issue.key],
        why=left.why,
        code=left.code,
        displaces=displaced(left.issue.points or 0.0, room or 0.0, selected) if fits_not else (),
    )


def displaced(points: float, left: float, selected: Sequence[Selected]) -> tuple[str, ...]:
    """The proposed issues that leave for one of so many points, the lowest in rank first; none where that cannot do.

    Never the key issue, nor what is in the sprint already. No issue leaves that need not.
    """
    movable = [one for one in selected if one.proposed and not one.is_key and one.points]
    leaving: list[Selected] = []
    for one in reversed(movable):
        if left + _sum(leaving) >= points:
            break
        leaving.append(one)
    if left + _sum(leaving) < points:
        return ()
    for one in sorted(leaving, key=_rank):
        without = [other for other in leaving if other is not one]
        if left + _sum(without) >= points:
            leaving = without
    return tuple(one.issue.key for one in sorted(leaving, key=_rank))


def _rank(one: Selected) -> int:
    return one.rank


def _sum(selected: Sequence[Selected]) -> float:
    return round(fsum(one.points or 0.0 for one in selected), 6)
