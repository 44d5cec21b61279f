"""Sprint Planning part one: what each team would take up to the cut line, what that rests on, and what to decide.

Every figure can be computed again from the values: the selected points are the sum over the teams and of what is not
distributed, and what a team has left is its capacity minus its carry-over minus the points of its rows so far.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import fsum

from rules.backlog.blockers import Blocker
from rules.backlog.handshakes import Agreement
from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.model import Category, Issue, Kind, Sprint, SprintState, Team, Unit
from rules.planning.goals import TeamGoal
from rules.planning.model import LeftOut, LeftOutCode, Placement, SprintProposal
from rules.planning.side_work import SideWork, dated_outside, side_work
from rules.planning.slots import Slot, is_in_time
from rules.verdict import Judgement, Verdict
from rules.wording import many

QUESTIONS = "ready.open_questions"
LATE = "; it ends too late"
OPEN = ("",)
"""The answers of a decision with room to write."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralTeams:
    """An issue that several teams recognise, or none (`teams` is empty then); `leads` is the team that takes it, or "".

    `parts` are the open issues below it, by team.
    """

    issue: Issue
    rank: int
    teams: tuple[str, ...]
    leads: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """One issue that needs another team's: the two keys, their teams, and the state of the other one in words.

    `is_planned` is whether it is planned in time, `is_agreed` whether it is or its team promised that. `days_open` says
    for how many days it waits for an agreement.
    """

    needs: Issue
    needs_team: str
    blocker: str
    blocker_title: str
    blocker_team: str
    state: str
    is_planned: bool
    is_agreed: bool = False
    days_open: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An open question of an issue on the page; `accepted` says who accepted it, "" where nobody did."""

    issue: str
    team: str
    text: str
    accepted: str = ""


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
    several = tuple(_several(backlog, judgement, proposal))
    dependencies = tuple(_dependencies(teams, backlog, proposal))
    whole = PartOne(
        teams=teams,
        undistributed=undistributed,
        several=several,
        dependencies=dependencies,
        unit=backlog.snapshot.unit,
        questions=tuple(_questions(teams, judgement)),
        side_work=side_work(backlog),
        dated=dated_outside(backlog),
    )
    return replace(whole, decisions=tuple(_decisions(whole)))


# One team


def team_part(capacity: TeamCapacity, goal: TeamGoal, backlog: Backlog, proposal: SprintProposal) -> TeamPart:
    """What one team takes, whatever the others do."""
    team = capacity.team
    placed = {one.issue.key: one for one in proposal.placements if one.team == team.name}
    selected = _selected(capacity, goal, backlog, placed)
    left = selected[-1].left if selected else None
    below = tuple(
        _below(one, selected, left, backlog)
        for one in proposal.left_out
        if one.code not in APART and one.issue.sprint is None and team in backlog.teams[one.issue.key]
    )
    names = representatives_of(team, alone=len(backlog.snapshot.product.teams) == 1)
    return TeamPart(
        capacity=capacity,
        goal=goal,
        selected=selected,
        below=below,
        representatives=names,
        away=tuple(name for name in names if _is_away(name, capacity)),
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


# Between the teams


def _several(backlog: Backlog, judgement: Judgement, proposal: SprintProposal) -> Iterator[SeveralTeams]:
    """The open issues of the ready horizon that several teams recognise, or none may take."""
    leads = {one.issue.key: one.team for one in proposal.placements}
    teams = backlog.snapshot.product.teams
    for verdict in judgement.verdicts:
        issue = verdict.issue
        names = tuple(team.name for team in teams if team.recognises(issue))
        if not _is_to_plan(verdict, backlog) or len(names) == 1 or (not names and backlog.teams[issue.key]):
            continue
        below = (one for one in backlog.counted_below(issue.key) if one.is_open)
        parts = tuple((team.name, one.key) for one in below if (team := backlog.team(one.key)) is not None)
        single = backlog.team(issue.key)
        planned = leads.get(issue.key, "") or _team_of(backlog.snapshot.sprint_by_id.get(issue.sprint or ""), teams)
        lead = planned or (single.name if single else "")
        yield SeveralTeams(issue=issue, rank=1 + backlog.rank[issue.key], teams=names, leads=lead, parts=parts)


def _is_to_plan(verdict: Verdict, backlog: Backlog) -> bool:
    issue = verdict.issue
    running = backlog.snapshot.sprint_by_id.get(issue.sprint or "")
    started = running is not None and running.state is not SprintState.FUTURE
    return verdict.in_horizon and issue.kind not in {Kind.EPIC, Kind.SUBTASK} and issue.is_open and not started


def _team_of(sprint: Sprint | None, teams: Sequence[Team]) -> str:
    """The team on whose board a sprint is, "" for none."""
    return next((team.name for team in teams if sprint is not None and team.board == sprint.board), "")


def _dependencies(teams: Sequence[TeamPart], backlog: Backlog, proposal: SprintProposal) -> Iterator[Dependency]:
    """What the issues on the page need from another team, and whether it is planned."""
    seats = {one.issue.key: one for one in proposal.placements}
    seen: set[tuple[str, str]] = set()
    for team in teams:
        for issue in (*(one.issue for one in team.selected), *(one.issue for one in team.below)):
            for blocker in backlog.blockers_of(issue.key):
                other = _provider(blocker.key, backlog, seats)
                if other == team.name or (issue.key, blocker.key) in seen:
                    continue
                seen.add((issue.key, blocker.key))
                state, is_planned = _state(blocker, team.capacity, backlog, seats)
                known = Dependency(
                    needs=issue,
                    needs_team=team.name,
                    blocker=blocker.key,
                    blocker_title=blocker.issue.title if blocker.issue else "",
                    blocker_team=other,
                    state=state,
                    is_planned=is_planned,
                    is_agreed=is_planned,
                )
                yield known if is_planned else _with_promise(known, team.capacity, backlog)


def _with_promise(one: Dependency, capacity: TeamCapacity, backlog: Backlog) -> Dependency:
    """A dependency that is not planned in time, with what its team promised, or since when it promised nothing."""
    known = backlog.handshakes.get(one.needs.key, ())
    handshake = next((other for other in known if other.blocker.key == one.blocker), None)
    if handshake is None or handshake.agreement is Agreement.PLANNED:
        return one
    now, snapshot = backlog.snapshot.taken_at, backlog.snapshot
    if handshake.agreement is Agreement.PROMISED:
        sprint = snapshot.sprint_by_id[snapshot.promises[handshake.blocker.id].sprint]
        in_time = is_in_time(sprint, Slot(capacity), snapshot)
        return replace(one, state=f"{handshake.state(now)}{'' if in_time else LATE}", is_agreed=in_time)
    planned = snapshot.sprint_by_id.get(handshake.blocker.sprint or "")
    is_said = handshake.agreement is Agreement.LATE and planned is not None and planned.name == handshake.sprint
    more = handshake.age(now) if is_said else f"; {handshake.state(now)}"
    return replace(one, state=f"{one.state}{more}", days_open=handshake.days_open(now))


def _provider(key: str, backlog: Backlog, seats: Mapping[str, Placement]) -> str:
    """The team that provides an issue: by its sprint, its place in the proposal or what it takes; "" if unknown."""
    if key in seats:
        return seats[key].team
    issue = backlog.snapshot.by_key.get(key)
    sprint = backlog.snapshot.sprint_by_id.get(issue.sprint or "") if issue else None
    single = backlog.team(key)
    return _team_of(sprint, backlog.snapshot.product.teams) or (single.name if single else "")


def _state(
    blocker: Blocker, capacity: TeamCapacity, backlog: Backlog, seats: Mapping[str, Placement]
) -> tuple[str, bool]:
    """Whether and where a blocker is planned, in words, and whether it is done before the team's sprint begins."""
    key, issue = blocker.key, blocker.issue
    if key in seats:
        sprint, where = backlog.snapshot.sprint_by_id.get(seats[key].sprint or ""), "proposed for"
    elif issue is None:
        return "outside this backlog", False
    else:
        sprint, where = backlog.snapshot.sprint_by_id.get(issue.sprint or ""), "planned in"
    progress = ", in progress" if issue is not None and issue.category is Category.DOING else ""
    if sprint is None:
        estimate = ", no estimate" if issue is not None and issue.points is None else ""
        return f"not planned{progress}{estimate}", False
    in_time = is_in_time(sprint, Slot(capacity), backlog.snapshot)
    return f"{where} {sprint.name}{progress}{'' if in_time else LATE}", in_time


# Questions and decisions


def _questions(teams: Sequence[TeamPart], judgement: Judgement) -> Iterator[Question]:
    """The open questions of selected issues, and of those that stay below a cut line because of one."""
    for team in teams:
        below = (one.issue for one in team.below if one.code is LeftOutCode.NOT_READY)
        yield from questions_of(team.name, (*(one.issue for one in team.selected), *below), judgement)


def questions_of(team: str, issues: Iterable[Issue], judgement: Judgement) -> Iterator[Question]:
    """The open questions of a team's issues."""
    for issue in issues:
        verdict = judgement.by_key.get(issue.key)
        for finding in verdict.findings if verdict else ():
            if finding.rule == QUESTIONS:
                yield Question(issue=issue.key, team=team, text=finding.message, accepted=finding.waived)


def _decisions(whole: PartOne) -> Iterator[Decision]:
    """The goal first, then the representatives, what each team takes, who leads or takes what, and what blocks."""
    for team in whole.teams:
        if team.goal.is_missing:
            yield Decision(f"{team.name} has no Sprint Goal yet. Agree on it before issues are selected.", OPEN)
        for finding in team.goal.findings:
            yield Decision(f"{team.name}: {finding.text}", OPEN)
    if without := [team.name for team in whole.teams if not team.representatives]:
        yield Decision(f"No representative: {', '.join(without)}. Who decides for the team?", OPEN)
    for team in whole.teams:
        yield Decision(f"{team.name} takes {many(round(team.points, 1), team.capacity.unit.one)}.", ("yes", "changed"))
    yield from _who(whole)
    yield from _when(whole)


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


def _when(whole: PartOne) -> Iterator[Decision]:
    """When each blocker that is neither planned nor promised in time is done."""
    waiting: dict[tuple[str, str], list[str]] = {}
    for one in whole.dependencies:
        if not one.is_agreed:
            waiting.setdefault((one.blocker, one.blocker_team), []).append(one.needs.key)
    for (blocker, team), needs in waiting.items():
        soonest = f"{team}, next sprint" if team else "next sprint"
        yield Decision(f"{blocker} blocks {', '.join(dict.fromkeys(needs))}: when is it done?", (soonest, "later"))
