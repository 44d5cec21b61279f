"""Why an issue is placed where it is, and why every other one is not: the first reason that applies, with numbers.

The reasons use only the plan and the data, not how the plan was computed. So they are right for any planner.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from rules.backlog.index import Backlog
from rules.capacity.time_boxes import SPRINTS, TimeBoxes
from rules.causes import firsts
from rules.lazy_regex import regex
from rules.model import Issue, Kind, Snapshot, Unit
from rules.planning.model import LeftOut, LeftOutCode, Placement, as_is
from rules.planning.next_sprint import Candidate, Filled, Seat
from rules.planning.slots import Slot, was_refused
from rules.release import Stay
from rules.verdict import Verdict
from rules.wording import Value, Wording, many, sentences, worded

_WONT = regex(r"(?:moscow(?:-|_|::?))?won['’]?t(?:[-_ ]?(?:have|do))?")
"""The labels of MoSCoW's W, in small letters, in the spellings that the measure `deep.must` reads and a few more."""
HORIZON = 1.3
"""Sprints of higher-ranked ready work from which on an issue is below the horizon (docs/planning.md)."""


def placed(candidate: Candidate, seat: Seat, filled: Filled) -> Placement:
    """An issue's sprint, why this team and why this sprint."""
    slot, sprint = seat.slot, seat.slot.sprint
    blockers = filled.blockers(candidate.issue.key)
    after = f" Its blockers are planned in time: {', '.join(blockers)}." if blockers and not candidate.though else ""
    though = f"{candidate.though}. " if candidate.though else ""
    return Placement(
        issue=candidate.issue,
        team=slot.team,
        sprint=sprint.id if sprint else None,
        points=candidate.points,
        though=candidate.though,
        why=f"{though}{_team_reason(candidate, seat, blockers)} Fits {slot.sprint_name}: {seat.left:g} of "
        f"{many(slot.limit, slot.capacity.unit.one)} left after it.{after}",
    )


def _team_reason(candidate: Candidate, seat: Seat, blockers: Sequence[str]) -> str:
    team, teams = seat.slot.team, sorted({slot.team for slot in candidate.slots})
    if len(teams) == 1:
        return f"Its team is {team}."
    if len(set(seat.choice)) == 1:
        if blockers and not candidate.though:
            return f"Only {team} can take it in time (of {', '.join(teams)})."
        return f"Only {team} has room (of {', '.join(teams)})."
    return f"{team} has the lowest load (of {', '.join(sorted(set(seat.choice)))})."


def accepted_though(verdict: Verdict) -> str:
    """`Accepted though not ready: no estimate`, "" for an issue that is ready and estimated."""
    missing = verdict.reasons or (("no estimate",) if verdict.issue.points is None else ())
    return Wording("Accepted though not ready: {reasons}", reasons=_worded(missing)) if missing else ""


def _worded(texts: Iterable[str]) -> tuple[Wording, ...]:
    return tuple(map(worded, dict.fromkeys(texts)))


def excluded(
    issue: Issue, verdict: Verdict | None, backlog: Backlog, slots: Sequence[Slot], *, accepted: bool
) -> LeftOut | None:
    """Why an issue cannot be placed in any plan, `None` if it can. `slots` are those of its teams.

    For an issue that a team `accepted` it does not matter what is missing.
    """
    reason = (
        _stopped(issue, backlog.snapshot)
        or _already_planned(issue, backlog.snapshot)
        or _container(issue, backlog)
        or _wont(issue)
        or (None if accepted else _not_ready(verdict) or _unestimated(issue))
        or _no_team(issue, backlog, slots)
        or _too_big(issue, slots)
        or _taken_out(issue, slots)
    )
    return LeftOut(issue=issue, code=reason[0], say=reason[1]) if reason else None


_Reason = tuple[LeftOutCode, Callable[[], str]] | None
"""The code, and what makes the sentence."""


def _says(code: LeftOutCode, template: str, **values: Value) -> _Reason:
    return code, partial(Wording, template, **values)


def _already_planned(issue: Issue, snapshot: Snapshot) -> _Reason:
    if issue.sprint is None:
        return None
    sprint = snapshot.sprint_by_id.get(issue.sprint)
    if sprint is None:
        return _says(LeftOutCode.ALREADY_PLANNED, "Already in sprint {id}.", id=issue.sprint)
    return _says(LeftOutCode.ALREADY_PLANNED, "Already in {sprint!q}.", sprint=sprint.name)


def _container(issue: Issue, backlog: Backlog) -> _Reason:
    if issue.kind is Kind.EPIC:
        return _says(LeftOutCode.EPIC, "Epics are not planned themselves; their issues are.")
    if issue.is_counted:
        return None
    if issue.counted_elsewhere and issue.key in backlog.children:
        return _says(LeftOutCode.EPIC, "Not planned itself; the issues below it are.")
    if not issue.parent:
        return _says(LeftOutCode.SUBTASK, "Planned with its parent.")
    return _says(LeftOutCode.SUBTASK, "Planned with its parent {issue}.", issue=issue.parent)


def _wont(issue: Issue) -> _Reason:
    label = next((label for label in sorted(issue.labels) if _WONT.fullmatch(label.lower())), None)
    if label is None:
        return None
    template = "The label {label!q} says that it will not be done this time. Remove it to plan it."
    return _says(LeftOutCode.WONT, template, label=label)


def _stopped(issue: Issue, snapshot: Snapshot) -> _Reason:
    why = snapshot.why_stopped(issue)
    return (LeftOutCode.TEAM_LEFT_OUT, as_is(f"{why[:1].upper()}{why[1:]}.")) if why else None


def _not_ready(verdict: Verdict | None) -> _Reason:
    if verdict is None:
        return _says(LeftOutCode.NOT_READY, "Not evaluated.")
    return None if verdict.ready else (LeftOutCode.NOT_READY, partial(_what_is_missing, verdict))


def _what_is_missing(verdict: Verdict) -> str:
    missing = firsts(verdict.missing) or firsts(one.finding for one in verdict.due)
    hint = Wording("Smallest fix: {hint}", hint=worded(missing[0].hint)) if missing else ""
    template = "Not ready: {reasons}." if verdict.missing else "Not due yet: {reasons}."
    return sentences(Wording(template, reasons=_worded(verdict.reasons)), hint)


def _unestimated(issue: Issue) -> _Reason:
    if issue.points is None or issue.points < 0:
        return _says(LeftOutCode.UNESTIMATED, "Ready, but no estimate: it cannot be compared with the capacity.")
    return None


def _no_team(issue: Issue, backlog: Backlog, slots: Sequence[Slot]) -> _Reason:
    teams = backlog.teams[issue.key]
    if not teams and not slots:
        return (LeftOutCode.NO_TEAM, lambda: sentences(_no_team_cause(issue), _no_team_fix(backlog.snapshot)))
    if not slots:
        template = "The points of {teams} are unknown: no closed sprints, no points_per_day."
        if backlog.snapshot.unit is not Unit.POINTS:
            template = "The velocity of {teams} is unknown: no closed sprints."
        return _says(LeftOutCode.NO_CAPACITY, template, teams=tuple(team.name for team in teams))
    return None


def _no_team_cause(issue: Issue) -> str:
    if not issue.components:
        return "No team yet: it has no component."
    return Wording("No team yet: no team takes {components!q: and }.", components=issue.components)


def _no_team_fix(snapshot: Snapshot) -> str:
    takes = {name for team in snapshot.product.teams for name in (*team.takes.components, *team.takes.labels)}
    if not takes:
        return "Set a component or label that a team takes."
    return Wording("Set a component or label that a team takes ({names}).", names=tuple(sorted(takes)[:8]))


def _too_big(issue: Issue, slots: Sequence[Slot]) -> _Reason:
    largest = max(slots, key=lambda slot: (slot.limit, slot.team))
    points = issue.points or 0.0
    if points <= largest.limit or not largest.limit:  # where nobody works, no size would fit
        return None
    template = "Too big: {size}; the largest sprint of its teams has {limit} ({team})."
    size = _amount(points, largest.capacity.unit)
    return _says(LeftOutCode.TOO_BIG, template, size=size, limit=largest.limit, team=largest.team)


def _amount(size: float, unit: Unit) -> Wording:
    """`3 points`."""
    match unit:
        case Unit.HOURS:
            return Wording("{count:hour|hours}", count=size)
        case Unit.ISSUES:
            return Wording("{count:issue|issues}", count=size)
    return Wording("{count:point|points}", count=size)


def _ready_amount(size: float, unit: Unit) -> Wording:
    """`3 ready points`."""
    match unit:
        case Unit.HOURS:
            return Wording("{count:ready hour|ready hours}", count=size)
        case Unit.ISSUES:
            return Wording("{count:ready issue|ready issues}", count=size)
    return Wording("{count:ready point|ready points}", count=size)


def _taken_out(issue: Issue, slots: Sequence[Slot]) -> _Reason:
    if not all(was_refused(issue, slot) for slot in slots):
        return None
    template = "A person took it out of {sprints: and }."
    return _says(LeftOutCode.TAKEN_OUT, template, sprints=tuple(slot.sprint_name for slot in slots))


def rejections(answers: Mapping[str, str]) -> str:
    """What the teams said that do not take an issue into their next sprint."""
    return sentences(*map(worded, answers.values()))


def released(stay: Stay) -> str:
    """Why an issue that the Product Owner released is not proposed."""
    return Wording("The Product Owner released it: {reason}.", reason=stay.because.rstrip("."))


def lacking(candidate: Candidate, filled: Filled, above: Mapping[str, float]) -> LeftOut | None:
    """Why a candidate is not placed: no room, or a blocker too late; `None` where a blocker is not planned at all.

    `above` is, by team, the ready points ranked higher.
    """
    late = {slot.team: filled.late_blockers_of(candidate, slot) for slot in candidate.slots}
    full = [slot for slot in candidate.slots if filled.left(slot) < candidate.points]
    far = len(full) == len(late) and all(_is_far(above[slot.team], slot) for slot in full)
    if far:
        nearest = min(candidate.slots, key=lambda slot: (_fullness(above[slot.team], slot), slot.team))
        say: Callable[[], str] = partial(_horizon, candidate.issue, filled.backlog, nearest, above[nearest.team])
        return LeftOut(issue=candidate.issue, code=LeftOutCode.BELOW_HORIZON, say=say)
    if not all(late.values()):
        say = partial(_full, [slot for slot in candidate.slots if not late[slot.team]], candidate, filled)
        return LeftOut(issue=candidate.issue, code=LeftOutCode.CAPACITY_HIGHER, say=say)
    slot = candidate.slots[0]
    blocker = late[slot.team][0]
    planned = _planned_in(blocker, filled)
    if not planned:
        return None
    template = "Depends on {issue}, planned in {planned}: not done before {sprint} ({team})."
    say = partial(Wording, template, issue=blocker, planned=planned, sprint=slot.sprint_name, team=slot.team)
    return LeftOut(issue=candidate.issue, code=LeftOutCode.DEP_TIMING, say=say)


def _is_far(above: float, slot: Slot) -> bool:
    """Whether the work ranked above is enough for a sprint and more, next to what is in the sprint already."""
    return above > 0 and above >= HORIZON * slot.limit - slot.load


def blocked(candidate: Candidate, filled: Filled, others: Mapping[str, LeftOut]) -> LeftOut:
    """The chain of unplanned blockers, down to its root with the reason of that one from `others`, or the cycle."""
    chain = _chain(candidate.issue.key, candidate.slots[0], filled)
    if chain[-1] in chain[:-1]:
        why = Wording("Circular dependency: {chain}. Remove or reverse one link.", chain=" → ".join(chain))
    elif root := others.get(chain[-1]):
        why = Wording("Depends on {chain}: {why}", chain=" → ".join(chain[1:]), why=worded(root.why))
    else:
        why = Wording("Depends on {chain}, which is not planned yet.", chain=" → ".join(chain[1:]))
    return LeftOut(issue=candidate.issue, code=LeftOutCode.BLOCKED, say=as_is(why))


def _away(sprints: float, boxes: TimeBoxes) -> Wording:
    template = "{count:sprint|sprints} away." if boxes == SPRINTS else "{count:week|weeks} away."
    return Wording(template, count=round(boxes.figure(sprints), 1))


def _horizon(issue: Issue, backlog: Backlog, nearest: Slot, above: float) -> str:
    """How far away an issue is, and the ready points `above` it of the team of the `nearest` sprint."""
    away = backlog.distances.get(issue.key)
    where = "" if away is None else _away(away, backlog.boxes)
    template = "Ranked above it for {team}: {ready}; {sprint} takes {limit}."
    if nearest.load:
        template = "Ranked above it for {team}: {ready}; {sprint} takes {limit}, and has {load} already."
    why = Wording(
        template,
        load=nearest.load,
        ready=_ready_amount(above, nearest.capacity.unit),
        team=nearest.team,
        sprint=nearest.sprint_name,
        limit=nearest.limit,
    )
    return sentences(where, why)


def _fullness(above: float, slot: Slot) -> float:
    """What is in a sprint and ranked above, in sprints."""
    return (above + slot.load) / slot.limit if slot.limit else 0.0


def _full(slots: Sequence[Slot], candidate: Candidate, filled: Filled) -> str:
    """The points it needs, those left, by team where several have it in common, and those missing.

    Fewer than none are left where people planned more than the team finishes: they are missing, too.
    """
    left = {slot.team: filled.left(slot) for slot in slots}
    missing = candidate.points - max(left.values())
    if len(left) == 1:
        template = "Does not fit: needs {needed}, {left} left, {missing} missing."
        room = _amount(left[slots[0].team], slots[0].capacity.unit)
        return Wording(template, needed=candidate.points, left=room, missing=missing)
    template = "Does not fit: needs {needed}, left: {parts}; at least {missing} missing."
    rooms = {slot.team: _amount(left[slot.team], slot.capacity.unit) for slot in slots}
    parts = tuple(Wording("{amount} in {team}", amount=room, team=team) for team, room in rooms.items())
    return Wording(template, needed=candidate.points, parts=parts, missing=missing)


def _planned_in(blocker: str, filled: Filled) -> str:
    """The sprint and team in which a blocker is planned, "" where it is not planned."""
    seat = filled.seats.get(blocker)
    if seat is not None:
        return Wording("{sprint} ({team})", sprint=seat.slot.sprint_name, team=seat.slot.team)
    sprint = filled.sprint_of(blocker)
    return Wording("{sprint!q}", sprint=sprint.name) if sprint else ""


def _chain(key: str, slot: Slot, filled: Filled) -> list[str]:
    """From an issue along unplanned blockers to the last one, or to the first that appears twice."""
    chain = [key]
    while len(set(chain)) == len(chain):
        following = [blocker for blocker in filled.late_blockers(chain[-1], slot) if not _planned_in(blocker, filled)]
        if not following:
            break
        chain.append(following[0])
    return chain
