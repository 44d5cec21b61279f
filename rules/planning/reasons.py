"""Why an issue was placed where it is, and why every other one was not: the first reason that holds, with numbers.

The reasons rest on the plan and the data alone, not on how the plan was found; they hold for any plan.
"""

from collections.abc import Mapping, Sequence

from rules.backlog.index import Backlog
from rules.model import Issue, Kind, Snapshot
from rules.planning.greedy import Candidate, Filling, Seat
from rules.planning.model import LeftOut, Placement
from rules.planning.slots import Slot, was_refused
from rules.verdict import Verdict

HORIZON = 1.3
"""Ready work above an issue, over what the sprint takes: from here on it is far away (planning note, D.3)."""


def placed(candidate: Candidate, seat: Seat, filling: Filling) -> Placement:
    """An issue's place, why this team and why this sprint."""
    slot, sprint = seat.slot, seat.slot.capacity.sprint
    waited = filling.blockers(candidate.issue.key)
    after = f"; it waits for {', '.join(waited)}, which comes no later" if waited else ""
    return Placement(
        issue=candidate.issue,
        team=slot.team,
        sprint=sprint.id if sprint else None,
        points=candidate.points,
        why=f"{_team_reason(candidate, seat)}; {slot.sprint_name} is the next sprint with room, "
        f"{seat.left:g} of {slot.limit:g} points are left after it{after}.",
    )


def _team_reason(candidate: Candidate, seat: Seat) -> str:
    team, teams = seat.slot.team, sorted({slot.team for slot in candidate.slots})
    if len(teams) == 1:
        return f"{team} is the team that takes it"
    if len(set(seat.choice)) == 1:
        return f"Of {', '.join(teams)} only {team} has room"
    return f"Of {', '.join(sorted(set(seat.choice)))} {team} is the least loaded"


def excluded(issue: Issue, verdict: Verdict | None, backlog: Backlog, slots: Sequence[Slot]) -> LeftOut | None:
    """Why an issue cannot be placed whatever else is planned, `None` if it can. `slots` are those that may take it."""
    checks = (_already_planned(issue, backlog.snapshot), _container(issue), _not_ready(verdict), _unestimated(issue))
    for found in checks:
        if found is not None:
            return LeftOut(issue=issue, code=found[0], why=found[1])
    found = _nobodys(issue, backlog, slots) or _too_big(issue, slots) or _taken_out(issue, slots)
    return LeftOut(issue=issue, code=found[0], why=found[1]) if found else None


_Reason = tuple[str, str] | None


def _already_planned(issue: Issue, snapshot: Snapshot) -> _Reason:
    if issue.sprint is None:
        return None
    sprint = snapshot.sprint_by_id.get(issue.sprint)
    name = f'"{sprint.name}"' if sprint else f"sprint {issue.sprint}"
    return ("ALREADY_PLANNED", f"Sits in {name} already, and stays there.")


def _container(issue: Issue) -> _Reason:
    if issue.kind is Kind.EPIC:
        return ("EPIC", "An epic is not placed itself; the issues in it are.")
    if issue.kind is Kind.SUBTASK:
        return ("SUBTASK", f"Goes where its parent {issue.parent or ''} goes.".replace("  ", " "))
    return None


def _not_ready(verdict: Verdict | None) -> _Reason:
    if verdict is None:
        return ("NOT_READY", "Not judged.")
    if verdict.ready:
        return None
    rules = [finding.rule.removeprefix("ready.") for finding in verdict.missing]
    rules += [due.rule.removeprefix("ready.") for due in verdict.due]
    hint = f" Smallest step: {verdict.missing[0].hint}" if verdict.missing else ""
    return ("NOT_READY", f"Not ready: {', '.join(dict.fromkeys(rules))}.{hint}")


def _unestimated(issue: Issue) -> _Reason:
    if issue.points is None or issue.points < 0:
        return ("UNESTIMATED", "Ready, but without an estimate nobody can say whether it fits.")
    return None


def _nobodys(issue: Issue, backlog: Backlog, slots: Sequence[Slot]) -> _Reason:
    teams = backlog.teams[issue.key]
    if not teams:
        carries = (
            f"Nobody takes component {' or '.join(map(repr, issue.components))}"
            if issue.components
            else "It carries no component"
        )
        return ("NO_TEAM", f"{carries}: set a component or label that a team takes{_taken(backlog.snapshot)}.")
    if not slots:
        names = ", ".join(team.name for team in teams)
        return ("NO_CAPACITY", f"How many points {names} can take is not known: no closed sprints, no points_per_day.")
    return None


def _taken(snapshot: Snapshot) -> str:
    """What teams recognise as theirs, so that nobody has to look it up."""
    takes = {name for team in snapshot.product.teams for name in (*team.takes.components, *team.takes.labels)}
    return f" ({', '.join(sorted(takes)[:8])})" if takes else ""


def _too_big(issue: Issue, slots: Sequence[Slot]) -> _Reason:
    largest = max(slots, key=lambda slot: (slot.limit, slot.team))
    if (issue.points or 0.0) <= largest.limit:
        return None
    return (
        "TOO_BIG",
        f"{issue.points:g} points; the largest sprint that may take it is {largest.limit:g} ({largest.team}).",
    )


def _taken_out(issue: Issue, slots: Sequence[Slot]) -> _Reason:
    if not all(was_refused(issue, slot) for slot in slots):
        return None
    return ("TAKEN_OUT", f"A person took it out of {' and '.join(slot.sprint_name for slot in slots)}.")


def lacking(candidate: Candidate, filling: Filling, above: Mapping[str, float]) -> LeftOut | None:
    """Why a candidate found no place, for want of room or of time; `None` where it waits for what nobody planned.

    `above` is, by team, the ready points ranked higher and those already in the sprint.
    """
    late = {slot.team: filling.late_blockers(candidate.issue.key, slot) for slot in candidate.slots}
    full = [slot for slot in candidate.slots if filling.left(slot) < candidate.points]
    far = len(full) == len(late) and all(above[slot.team] >= HORIZON * slot.limit for slot in full)
    if far:
        return LeftOut(issue=candidate.issue, code="BELOW_HORIZON", why=_horizon(candidate, filling, above))
    if not all(late.values()):
        why = _full([slot for slot in candidate.slots if not late[slot.team]], candidate, filling)
        return LeftOut(issue=candidate.issue, code="CAPACITY_HIGHER", why=why)
    slot = candidate.slots[0]
    blocker = late[slot.team][0]
    lands = _landing(blocker, filling)
    if not lands:
        return None
    why = f"Waits for {blocker}, which lands in {lands}: not before {slot.team}'s {slot.sprint_name}."
    return LeftOut(issue=candidate.issue, code="DEP_TIMING", why=why)


def blocked(candidate: Candidate, filling: Filling, others: Mapping[str, LeftOut]) -> LeftOut:
    """The chain of blockers nobody planned, down to its root with its own reason from `others`, or the circle."""
    chain = _chain(candidate.issue.key, candidate.slots[0], filling)
    if chain[-1] in chain[:-1]:
        why = f"Waits in a circle: {' → '.join(chain)}. Take one of the links away."
    else:
        root = others.get(chain[-1])
        why = f"Waits for {' → '.join(chain[1:])}{f': {root.why}' if root else ', which is not planned.'}"
    return LeftOut(issue=candidate.issue, code="BLOCKED", why=why)


def _horizon(candidate: Candidate, filling: Filling, above: Mapping[str, float]) -> str:
    nearest = min(candidate.slots, key=lambda slot: (above[slot.team] / slot.limit if slot.limit else 0.0, slot.team))
    away = filling.backlog.distances.get(candidate.issue.key)
    where = "" if away is None else f"{away:.1f} sprints away. "
    return (
        f"{where}{above[nearest.team]:g} ready points for {nearest.team} are ranked above; "
        f"{nearest.sprint_name} takes {nearest.limit:g}."
    )


def _full(slots: Sequence[Slot], candidate: Candidate, filling: Filling) -> str:
    """Per team what is left and what is missing."""
    parts = []
    for slot in slots:
        left = filling.left(slot)
        parts.append(
            f"{slot.team}: capacity {max(0.0, left):g} of {slot.limit:g} points left in {slot.sprint_name}, "
            f"lacks {round(candidate.points - left, 6):g}"
        )
    return f"Full of higher-ranked work. {'; '.join(parts)}."


def _landing(blocker: str, filling: Filling) -> str:
    """The team and sprint where a blocker will be done, "" where it is not planned at all."""
    seat = filling.seats.get(blocker)
    if seat is not None:
        return f"{seat.slot.team}'s {seat.slot.sprint_name}"
    sprint = filling.sprint_of(blocker)
    return f'"{sprint.name}"' if sprint else ""


def _chain(key: str, slot: Slot, filling: Filling) -> list[str]:
    """From an issue along blockers nobody planned to the last one, or to the first that comes twice."""
    chain = [key]
    while len(set(chain)) == len(chain):
        following = [blocker for blocker in filling.late_blockers(chain[-1], slot) if not _landing(blocker, filling)]
        if not following:
            break
        chain.append(following[0])
    return chain
