"""Why an issue is placed where it is, and why every other one is not: the first reason that applies, with numbers.

The reasons use only the plan and the data, not how the plan was computed. So they are right for any planner.
"""

import re
from collections.abc import Mapping, Sequence

from rules.backlog.index import Backlog
from rules.capacity.model import points_text
from rules.model import Issue, Kind, Snapshot
from rules.planning.greedy import Candidate, Filling, Seat
from rules.planning.model import LeftOut, LeftOutCode, Placement
from rules.planning.slots import Slot, was_refused
from rules.verdict import Verdict

_WONT = re.compile(r"(?:moscow(?:-|_|::?))?won['’]?t(?:[-_ ]?(?:have|do))?")
"""The labels of MoSCoW's W, in small letters, in the spellings that the measure `deep.must` reads and a few more."""
HORIZON = 1.3
"""Sprints of higher-ranked ready work from which on an issue is below the horizon (docs/planning.md)."""


def placed(candidate: Candidate, seat: Seat, filling: Filling) -> Placement:
    """An issue's sprint, why this team and why this sprint."""
    slot, sprint = seat.slot, seat.slot.capacity.sprint
    blockers = filling.blockers(candidate.issue.key)
    after = f" Its blockers are planned in time: {', '.join(blockers)}." if blockers and not candidate.though else ""
    though = f"{candidate.though}. " if candidate.though else ""
    return Placement(
        issue=candidate.issue,
        team=slot.team,
        sprint=sprint.id if sprint else None,
        points=candidate.points,
        though=candidate.though,
        why=f"{though}{_team_reason(candidate, seat)} Fits {slot.sprint_name}: {seat.left:g} of {slot.limit:g} points "
        f"left after it.{after}",
    )


def _team_reason(candidate: Candidate, seat: Seat) -> str:
    team, teams = seat.slot.team, sorted({slot.team for slot in candidate.slots})
    if len(teams) == 1:
        return f"Its team is {team}."
    if len(set(seat.choice)) == 1:
        return f"Only {team} has room (of {', '.join(teams)})."
    return f"{team} has the lowest load (of {', '.join(sorted(set(seat.choice)))})."


def accepted_though(verdict: Verdict) -> str:
    """`Accepted though not ready: no estimate`, "" for an issue that is ready and estimated."""
    missing = verdict.reasons or (("no estimate",) if verdict.issue.points is None else ())
    return f"Accepted though not ready: {', '.join(dict.fromkeys(missing))}" if missing else ""


def excluded(
    issue: Issue, verdict: Verdict | None, backlog: Backlog, slots: Sequence[Slot], *, accepted: bool
) -> LeftOut | None:
    """Why an issue cannot be placed in any plan, `None` if it can. `slots` are those of its teams.

    For an issue that a team `accepted` it does not matter what is missing.
    """
    checks = (
        _stopped(issue, backlog.snapshot),
        _already_planned(issue, backlog.snapshot),
        _container(issue),
        _wont(issue),
        None if accepted else _not_ready(verdict),
        None if accepted else _unestimated(issue),
    )
    for reason in checks:
        if reason is not None:
            return LeftOut(issue=issue, code=reason[0], why=reason[1])
    reason = _no_team(issue, backlog, slots) or _too_big(issue, slots) or _taken_out(issue, slots)
    return LeftOut(issue=issue, code=reason[0], why=reason[1]) if reason else None


_Reason = tuple[LeftOutCode, str] | None


def _already_planned(issue: Issue, snapshot: Snapshot) -> _Reason:
    if issue.sprint is None:
        return None
    sprint = snapshot.sprint_by_id.get(issue.sprint)
    name = f'"{sprint.name}"' if sprint else f"sprint {issue.sprint}"
    return (LeftOutCode.ALREADY_PLANNED, f"Already in {name}.")


def _container(issue: Issue) -> _Reason:
    if issue.kind is Kind.EPIC:
        return (LeftOutCode.EPIC, "Epics are not planned themselves; their issues are.")
    if issue.kind is Kind.SUBTASK:
        return (LeftOutCode.SUBTASK, f"Planned with its parent{f' {issue.parent}' if issue.parent else ''}.")
    return None


def _wont(issue: Issue) -> _Reason:
    label = next((label for label in sorted(issue.labels) if _WONT.fullmatch(label.lower())), None)
    if label is None:
        return None
    return (LeftOutCode.WONT, f'The label "{label}" says that it will not be done this time. Remove it to plan it.')


def _stopped(issue: Issue, snapshot: Snapshot) -> _Reason:
    why = snapshot.why_stopped(issue)
    return (LeftOutCode.TEAM_LEFT_OUT, f"{why[:1].upper()}{why[1:]}.") if why else None


def _not_ready(verdict: Verdict | None) -> _Reason:
    if verdict is None:
        return (LeftOutCode.NOT_READY, "Not evaluated.")
    if verdict.ready:
        return None
    hint = f" Smallest fix: {verdict.missing[0].hint}" if verdict.missing else ""
    return (LeftOutCode.NOT_READY, f"Not ready: {', '.join(dict.fromkeys(verdict.reasons))}.{hint}")


def _unestimated(issue: Issue) -> _Reason:
    if issue.points is None or issue.points < 0:
        return (LeftOutCode.UNESTIMATED, "Ready, but no estimate: it cannot be compared with the capacity.")
    return None


def _no_team(issue: Issue, backlog: Backlog, slots: Sequence[Slot]) -> _Reason:
    teams = backlog.teams[issue.key]
    if not teams:
        components = " and ".join(map(repr, issue.components))
        cause = f"no team takes {components}" if components else "it has no component"
        takes = _taken(backlog.snapshot)
        return (LeftOutCode.NO_TEAM, f"No team yet: {cause}. Set a component or label that a team takes{takes}.")
    if not slots:
        names = ", ".join(team.name for team in teams)
        return (LeftOutCode.NO_CAPACITY, f"The points of {names} are unknown: no closed sprints, no points_per_day.")
    return None


def _taken(snapshot: Snapshot) -> str:
    takes = {name for team in snapshot.product.teams for name in (*team.takes.components, *team.takes.labels)}
    return f" ({', '.join(sorted(takes)[:8])})" if takes else ""


def _too_big(issue: Issue, slots: Sequence[Slot]) -> _Reason:
    largest = max(slots, key=lambda slot: (slot.limit, slot.team))
    points = issue.points or 0.0
    if points <= largest.limit:
        return None
    why = f"Too big: {points_text(points)}; the largest sprint of its teams has {largest.limit:g} ({largest.team})."
    return (LeftOutCode.TOO_BIG, why)


def _taken_out(issue: Issue, slots: Sequence[Slot]) -> _Reason:
    if not all(was_refused(issue, slot) for slot in slots):
        return None
    return (LeftOutCode.TAKEN_OUT, f"A person took it out of {' and '.join(slot.sprint_name for slot in slots)}.")


def lacking(candidate: Candidate, filling: Filling, above: Mapping[str, float]) -> LeftOut | None:
    """Why a candidate is not placed: no room, or a blocker too late; `None` where a blocker is not planned at all.

    `above` is, by team, the ready points ranked higher plus those already in the sprint.
    """
    late = {slot.team: filling.late_blockers_of(candidate, slot) for slot in candidate.slots}
    full = [slot for slot in candidate.slots if filling.left(slot) < candidate.points]
    far = len(full) == len(late) and all(above[slot.team] >= HORIZON * slot.limit for slot in full)
    if far:
        return LeftOut(issue=candidate.issue, code=LeftOutCode.BELOW_HORIZON, why=_horizon(candidate, filling, above))
    if not all(late.values()):
        why = _full([slot for slot in candidate.slots if not late[slot.team]], candidate, filling)
        return LeftOut(issue=candidate.issue, code=LeftOutCode.CAPACITY_HIGHER, why=why)
    slot = candidate.slots[0]
    blocker = late[slot.team][0]
    planned = _planned_in(blocker, filling)
    if not planned:
        return None
    why = f"Depends on {blocker}, planned in {planned}: not done before {slot.sprint_name} ({slot.team})."
    return LeftOut(issue=candidate.issue, code=LeftOutCode.DEP_TIMING, why=why)


def blocked(candidate: Candidate, filling: Filling, others: Mapping[str, LeftOut]) -> LeftOut:
    """The chain of unplanned blockers, down to its root with the reason of that one from `others`, or the cycle."""
    chain = _chain(candidate.issue.key, candidate.slots[0], filling)
    if chain[-1] in chain[:-1]:
        why = f"Circular dependency: {' → '.join(chain)}. Remove or reverse one link."
    else:
        root = others.get(chain[-1])
        why = f"Depends on {' → '.join(chain[1:])}{f': {root.why}' if root else ', which is not planned yet.'}"
    return LeftOut(issue=candidate.issue, code=LeftOutCode.BLOCKED, why=why)


def _horizon(candidate: Candidate, filling: Filling, above: Mapping[str, float]) -> str:
    nearest = min(candidate.slots, key=lambda slot: (above[slot.team] / slot.limit if slot.limit else 0.0, slot.team))
    away = filling.backlog.distances.get(candidate.issue.key)
    where = "" if away is None else f"{away:.1f} sprints away. "
    return (
        f"{where}{above[nearest.team]:g} ready points for {nearest.team} are ranked above it; "
        f"{nearest.sprint_name} takes {nearest.limit:g}."
    )


def _full(slots: Sequence[Slot], candidate: Candidate, filling: Filling) -> str:
    """The points it needs, those left, by team where several have it in common, and those missing."""
    left = {slot.team: max(0.0, filling.left(slot)) for slot in slots}
    missing = f"{candidate.points - max(left.values()):g} missing"
    if len(left) == 1:
        return f"Does not fit: needs {candidate.points:g}, {points_text(left[slots[0].team])} left, {missing}."
    parts = ", ".join(f"{points:g} in {team}" for team, points in left.items())
    return f"Does not fit: needs {candidate.points:g}, points left: {parts}; at least {missing}."


def _planned_in(blocker: str, filling: Filling) -> str:
    """The sprint and team in which a blocker is planned, "" where it is not planned."""
    seat = filling.seats.get(blocker)
    if seat is not None:
        return f"{seat.slot.sprint_name} ({seat.slot.team})"
    sprint = filling.sprint_of(blocker)
    return f'"{sprint.name}"' if sprint else ""


def _chain(key: str, slot: Slot, filling: Filling) -> list[str]:
    """From an issue along unplanned blockers to the last one, or to the first that appears twice."""
    chain = [key]
    while len(set(chain)) == len(chain):
        following = [blocker for blocker in filling.late_blockers(chain[-1], slot) if not _planned_in(blocker, filling)]
        if not following:
            break
        chain.append(following[0])
    return chain
