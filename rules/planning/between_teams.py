"""What Sprint Planning part one settles between teams: who leads a shared issue, and what an issue needs of others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.backlog.blockers import Blocker
from rules.backlog.handshakes import Agreement
from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.model import Category, Issue, Kind, SprintState
from rules.planning.model import Placement, SprintProposal
from rules.planning.slots import Slot, is_in_time
from rules.planning.team_part import TeamPart
from rules.verdict import Judgement, Verdict

LATE = "; it ends too late"


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


def several_teams(backlog: Backlog, judgement: Judgement, proposal: SprintProposal) -> Iterator[SeveralTeams]:
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
        planned = leads.get(issue.key, "") or backlog.snapshot.planner_of(issue)
        lead = planned or (single.name if single else "")
        yield SeveralTeams(issue=issue, rank=1 + backlog.rank[issue.key], teams=names, leads=lead, parts=parts)


def _is_to_plan(verdict: Verdict, backlog: Backlog) -> bool:
    issue = verdict.issue
    running = backlog.snapshot.sprint_by_id.get(issue.sprint or "")
    started = running is not None and running.state is not SprintState.FUTURE
    return verdict.in_horizon and issue.kind not in {Kind.EPIC, Kind.SUBTASK} and issue.is_open and not started


def dependencies_of(teams: Sequence[TeamPart], backlog: Backlog, proposal: SprintProposal) -> Iterator[Dependency]:
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
    single = backlog.team(key)
    return (backlog.snapshot.planner_of(issue) if issue else "") or (single.name if single else "")


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
