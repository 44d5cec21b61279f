"""The sprints after the next one: what each team could take there, by what is known today (docs/planning.md).

The next sprint is the proposal and stays as it is. Issues that are not ready yet, or not estimated, are planned for
later sprints too: refinement has to prepare them until then.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import fsum

from rules.backlog.index import Backlog
from rules.model import Issue
from rules.planning.ahead_reasons import left_out, when_and_where
from rules.planning.model import LeftOut, LeftOutCode, SprintProposal
from rules.planning.options import PlanningOptions
from rules.planning.plan_warnings import TOLERANCE
from rules.planning.planners.filling import Filling
from rules.planning.planners.model import BoxName, Item, Problem, with_worths
from rules.planning.planners.program import Solve
from rules.planning.planners.table import PLANNERS
from rules.planning.slots import Slot, in_time_for, later_slots, slots_of, sprint_of, was_refused
from rules.verdict import Judgement

LATER = frozenset(
    {
        LeftOutCode.NOT_READY,
        LeftOutCode.UNESTIMATED,
        LeftOutCode.TOO_BIG,
        LeftOutCode.TAKEN_OUT,
        LeftOutCode.REJECTED,
        LeftOutCode.BELOW_HORIZON,
        LeftOutCode.CAPACITY_HIGHER,
        LeftOutCode.DEP_TIMING,
        LeftOutCode.BLOCKED,
    }
)
"""Why an issue is not in the next sprint, where a later one may take it."""


@dataclass(frozen=True, slots=True)
class PlannedBefore:
    """Where an earlier look-ahead had an issue (its id): a team's sprint with this first day."""

    issue: str
    team: str
    first: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadIssue:
    """One issue planned for a later sprint. Without an estimate its `points` are `assumed`; `why` may be ""."""

    issue: Issue
    points: float
    assumed: bool
    is_ready: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadSprint:
    """A later sprint of a team: what people put into it is in its slot, `issues` are planned here, in rank order."""

    slot: Slot
    issues: tuple[AheadIssue, ...]

    @property
    def points(self) -> float:
        """The points of what is planned here."""
        return round(fsum(one.points for one in self.issues), 6)

    @property
    def taken(self) -> float:
        """The points of all that is in it: what people put there, and what is planned here."""
        return round(self.slot.load + self.points, 6)

    @property
    def left(self) -> float:
        """The points left after all that."""
        return round(self.slot.room - self.points, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAhead:
    """The later sprints of all teams, sprint by sprint; `count` is how many are planned, with the next one.

    `left_out` are issues that are in no sprint though ranked above one that is, in rank order. `planner` made the plan,
    `asked` is the one that should have. `gap` is how far the plan is at most from the best one, as a part of it; `None`
    where that is not known.
    """

    count: int
    planner: str
    asked: str
    gap: float | None
    sprints: tuple[AheadSprint, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def planned(self) -> tuple[PlannedBefore, ...]:
        """What a later look-ahead should stay close to."""
        return tuple(
            PlannedBefore(inside.issue.id, one.slot.team, one.slot.first)
            for one in self.sprints
            for inside in one.issues
            if one.slot.first is not None
        )


def look_ahead(
    backlog: Backlog,
    judgement: Judgement,
    proposal: SprintProposal,
    options: PlanningOptions,
    solve: Solve | None,
    before: Sequence[PlannedBefore] = (),
) -> LookAhead:
    """What each team could take in its sprints after the next one, which is the proposal.

    `solve` is the solver for the planners that need one, `None` where none is installed. The plan stays close to the
    one `before`.
    """
    count = options.sprints_ahead
    later = [slot for one in backlog.capacities for slot in later_slots(one, backlog.snapshot, count)]
    slots = {slot.name: slot for slot in (*slots_of(backlog.capacities), *later)}
    problem = _close_to(before, _problem(backlog, proposal, slots), backlog, slots)
    problem = with_worths(problem, options.half_life)
    plan = PLANNERS[options.planner](problem, solve)
    filling = Filling(problem, plan.seats)
    ready = {verdict.issue.key for verdict in judgement.ready}
    sprints = (_sprint(slot, filling, backlog, ready) for slot in sorted(later, key=lambda one: one.depth))
    return LookAhead(
        count=count,
        planner=plan.planner,
        asked=options.planner,
        gap=plan.gap,
        sprints=tuple(sprints),
        left_out=tuple(left_out(filling, slots, backlog)),
    )


def _problem(backlog: Backlog, proposal: SprintProposal, slots: Mapping[BoxName, Slot]) -> Problem:
    placed = {one.issue.key: one for one in proposal.placements}
    waiting = {left.issue.key for left in proposal.left_out if left.code in LATER}
    items: list[Item] = []
    for issue in backlog.snapshot.issues:
        if issue.key in placed:
            items.append(_item(issue, placed[issue.key].points, BoxName(placed[issue.key].team, 0), backlog, slots))
        elif issue.key in waiting:
            items.append(_item(issue, backlog.sizes[issue.key].points, None, backlog, slots))
    return Problem(
        boxes=tuple(replace(slot.box, floors=dict(_floors(slot, backlog))) for slot in slots.values()),
        items=tuple(items),
        engaged=frozenset(_engaged(backlog)),
    )


def _item(issue: Issue, points: float, pin: BoxName | None, backlog: Backlog, slots: Mapping[BoxName, Slot]) -> Item:
    """One issue with the later sprints it may go to: none if it is blocked by itself."""
    teams = {team.name for team in backlog.teams[issue.key]}
    later = [slot for slot in slots.values() if slot.depth and slot.team in teams and not was_refused(issue, slot)]
    blockers = [one.key for one in backlog.blockers_of(issue.key)]
    planned = [key for key in blockers if sprint_of(key, backlog.snapshot) is not None]
    free = [] if pin or issue.key in backlog.cycles else later
    return Item(
        key=issue.key,
        size=points,
        boxes=tuple(slot.name for slot in free if in_time_for(planned, slot, backlog.snapshot)),
        needs=tuple(key for key in blockers if key not in planned),
        pin=pin,
        epic=issue.parent or "",
        kind=_kind(issue, later[:1]),
    )


def _close_to(
    before: Iterable[PlannedBefore], problem: Problem, backlog: Backlog, slots: Mapping[BoxName, Slot]
) -> Problem:
    """The problem with where each item was planned before: sprints are found again by their first days."""
    known = {one.issue: one for one in before}
    items = []
    for item in problem.items:
        one = known.get(backlog.snapshot.by_key[item.key].id)
        prior = _sprint_then(one, slots) if one is not None and item.pin is None else None
        items.append(replace(item, prior=prior))
    return replace(problem, items=tuple(items))


def _sprint_then(one: PlannedBefore, slots: Mapping[BoxName, Slot]) -> BoxName | None:
    """The sprint of the team that has this day now; `None` where that is over or the team has left."""
    for name, slot in slots.items():
        if slot.team == one.team and slot.first and slot.last and slot.first <= one.first <= slot.last:
            return name
    return None


def _kind(issue: Issue, slots: Sequence[Slot]) -> str:
    """The kind of work of an issue; "" where it has no team or no share is reserved."""
    share = next((slot.capacity.split.share_of(issue) for slot in slots), None)
    return share.name if share is not None else ""


def _floors(slot: Slot, backlog: Backlog) -> Iterator[tuple[str, float]]:
    """What a later sprint should have at least of each reserved kind of work, beyond what people put into it.

    A kind may fall short of its share by as much as the warning about the mix of work allows.
    """
    split = slot.capacity.split
    if not slot.depth or split.total <= 0:
        return
    inside = backlog.snapshot.open_in(slot.sprint, slot.capacity.team)
    for share in split.shares:
        there = fsum(issue.points or 0.0 for issue in inside if split.share_of(issue) == share)
        floor = (share.amount / split.total - TOLERANCE) * slot.limit - there
        if (share.kinds or share.labels) and floor > 0:
            yield share.name, round(floor, 6)


def _engaged(backlog: Backlog) -> Iterator[tuple[str, str]]:
    """Each epic with the teams that have open issues of it in a sprint."""
    snapshot = backlog.snapshot
    inside: defaultdict[int, list[Issue]] = defaultdict(list)
    for issue in snapshot.by_key.values():
        sprint = sprint_of(issue.key, snapshot)
        if issue.parent and issue.is_open and sprint is not None:
            inside[sprint.board].append(issue)
    for team in snapshot.product.teams:
        yield from ((issue.parent or "", team.name) for issue in snapshot.on_board_of(team, inside[team.board]))


def _sprint(slot: Slot, filling: Filling, backlog: Backlog, ready: Iterable[str]) -> AheadSprint:
    keys = [item.key for item in filling.problem.items if filling.seats.get(item.key) == slot.name]
    issues = (
        AheadIssue(
            issue=backlog.snapshot.by_key[key],
            points=filling.problem.item[key].size,
            assumed=backlog.sizes[key].imputed,
            is_ready=key in ready,
            why=when_and_where(filling, key),
        )
        for key in keys
    )
    return AheadSprint(slot=slot, issues=tuple(issues))
