"""How good a plan is: what it is worth, minus what it changes, scatters and leaves short (docs/planning.md)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from operator import mul

from rules.planning.planners.model import TOP_WORTH, BoxName, Item, Problem, Seats

TEAM_CHANGE, SPRINT_CHANGE, FURTHER_CHANGE, EPIC_TEAM, HAND_OFF = 10, 8, 100, 2, 2
"""How many penalties: an item leaves its team or the plan, it moves to another sprint, each change beyond the easy
ones, a team joins an epic, an item needs another team's. What is pinned needs nothing of others here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a plan is worth, and what is subtracted from that.

    `team_changes` are items that were planned before and are not in the same team now, or not planned; `sprint_changes`
    are in the same team, in another sprint. `epic_teams` are pairs of an epic and a team that joins it, `hand_offs`
    needs that are met in another team. `short` is what kinds of work lack, in the unit of the boxes.
    """

    value: int
    team_changes: int
    sprint_changes: int
    epic_teams: int
    hand_offs: int
    short: float
    total: float


def score(problem: Problem, seats: Seats) -> Score:
    """The score of a plan. Planners compare plans of the same problem by `total`, which is higher for a better one."""
    worth = sum(gain(problem, problem.item[key], box) for key, box in seats.items())
    moved = [_moved(item, seats.get(item.key)) for item in problem.items if item.prior is not None]
    epics = {(problem.item[key].epic, box.team) for key, box in seats.items() if problem.item[key].epic}
    crossing = sum(1 for _ in _hand_offs(problem, seats))
    short = dict(shortfalls(problem, seats))
    lacks = sum(amount * shortfall_penalty(problem, box) for (box, _), amount in short.items())
    changes = (moved.count(TEAM_CHANGE), moved.count(SPRINT_CHANGE), len(epics - problem.engaged), crossing)
    further = max(0, changes[0] + changes[1] - problem.changes)
    weights = (TEAM_CHANGE, SPRINT_CHANGE, EPIC_TEAM, HAND_OFF, FURTHER_CHANGE)
    subtracted = problem.penalty * sum(map(mul, weights, (*changes, further)))
    return Score(
        value=round(worth),
        team_changes=changes[0],
        sprint_changes=changes[1],
        epic_teams=changes[2],
        hand_offs=changes[3],
        short=round(sum(short.values()), 6),
        total=round(worth - subtracted - lacks, 6),
    )


def gain(problem: Problem, item: Item, box: BoxName) -> float:
    """What an item is worth in a box: its points, by rank, and more the earlier: 4, 3, 2 for three sprints."""
    return item.worth * item.size * _earliness(problem, box)


def shortfall_penalty(problem: Problem, box: BoxName) -> float:
    """What a missing point of a kind of work weighs: as much as a point of the most important item is worth there."""
    return TOP_WORTH * _earliness(problem, box)


def shortfalls(problem: Problem, seats: Seats) -> Iterator[tuple[tuple[BoxName, str], float]]:
    """By box and kind of work, what is missing of what it should have at least."""
    inside: defaultdict[tuple[BoxName, str], float] = defaultdict(float)
    for key, box in seats.items():
        inside[box, problem.item[key].kind] += problem.item[key].size
    for one in problem.boxes:
        for kind, floor in one.floors.items():
            if (missing := floor - inside[one.name, kind]) > 0:
                yield (one.name, kind), missing


def _earliness(problem: Problem, box: BoxName) -> int:
    return problem.sprints + 1 - box.depth


def _moved(item: Item, now: BoxName | None) -> int:
    if now == item.prior:
        return 0
    return SPRINT_CHANGE if now is not None and item.prior is not None and now.team == item.prior.team else TEAM_CHANGE


def _hand_offs(problem: Problem, seats: Seats) -> Iterator[tuple[str, str]]:
    for key, box in seats.items():
        item = problem.item[key]
        for need in item.needs if item.pin is None else ():
            if need in seats and seats[need].team != box.team:
                yield need, key
