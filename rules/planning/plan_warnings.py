"""Warnings about a proposal: sprints that are not filled, and kinds of work below their share (docs/planning.md)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from math import fsum

from rules.backlog.index import Backlog
from rules.capacity.model import (
    Level,
    Share,
    TeamCapacity,
    Warning,  # noqa: A004 - the word of the domain
    WarningCode,
    percent,
    pressing_first,
)
from rules.capacity.skills import skill_loads
from rules.model import Issue, Unit
from rules.planning.model import LeftOut, LeftOutCode, Placement
from rules.planning.skill_load import skill_warnings
from rules.wording import many

FILLED = 0.7
"""A sprint filled below this part of its points is under-committed."""
TOLERANCE = 0.10
"""A kind of work may fall short of its share by this part of the sprint."""
NAMED = 3
APART = frozenset(
    {
        LeftOutCode.ALREADY_PLANNED,
        LeftOutCode.EPIC,
        LeftOutCode.SUBTASK,
        LeftOutCode.WONT,
        LeftOutCode.TEAM_LEFT_OUT,
    }
)
IN_WORDS = {
    LeftOutCode.NOT_READY: "not ready",
    LeftOutCode.UNESTIMATED: "no estimate",
    LeftOutCode.NO_TEAM: "no team",
    LeftOutCode.NO_CAPACITY: "capacity unknown",
    LeftOutCode.TOO_BIG: "too big for a sprint",
    LeftOutCode.TAKEN_OUT: "taken out of the sprint",
    LeftOutCode.REJECTED: "rejected",
    LeftOutCode.RELEASED: "released",
    LeftOutCode.BELOW_HORIZON: "too far away by rank",
    LeftOutCode.CAPACITY_HIGHER: "does not fit",
    LeftOutCode.CAPACITY_SWAP: "does not fit",
    LeftOutCode.DEP_TIMING: "a dependency is too late",
    LeftOutCode.BLOCKED: "blocked",
}
"""Why an issue that could be below a cut line is not placed."""
UNREADY = frozenset({LeftOutCode.NOT_READY, LeftOutCode.UNESTIMATED})
KIND_NAMES = {
    "features": ("Features", "feature"),
    "bugs": ("Bugs", "bug"),
    "debt": ("Tech debt", "debt"),
    "support": ("Support", "support"),
}
"""The default kinds of work in a sentence: as a title, and before the word "issue"."""


def balanced(
    capacity: TeamCapacity, backlog: Backlog, placements: Sequence[Placement], left_out: Sequence[LeftOut]
) -> TeamCapacity:
    """The capacity, with the warnings about the plan added to its own."""
    sprint = capacity.sprint.id if capacity.sprint else None
    inside = [p.issue for p in placements if p.team == capacity.team.name]
    there = [left.issue for left in left_out if sprint is not None and left.issue.sprint == sprint]
    inside += backlog.snapshot.on_board_of(capacity.team, there)
    loads = skill_loads(capacity.skills, inside, capacity.points.p50 if capacity.points is not None else None)
    filled = capacity.load + fsum(p.points for p in placements if p.team == capacity.team.name)
    warnings = [*capacity.warnings, *skill_warnings(capacity, loads, filled)]
    if capacity.points is not None and capacity.points.p50 > 0:
        name, teams = capacity.team.name, backlog.teams
        outside = [
            left
            for left in left_out
            if left.code not in APART and any(team.name == name for team in teams[left.issue.key])
        ]
        warnings += [*_filled(capacity, filled, outside), *_mix(capacity, inside, outside)]
    return replace(capacity, warnings=pressing_first(warnings), skill_loads=loads)


def _filled(capacity: TeamCapacity, filled: float, outside: Sequence[LeftOut]) -> Iterator[Warning]:
    """UNDER-COMMITTED where ready issues remain that cannot be placed, STARVED where none remain."""
    assert capacity.points is not None
    filled = round(filled, 1)
    if filled >= FILLED * capacity.points.p50:
        return
    name = f'"{capacity.sprint.name}"' if capacity.sprint else "The next sprint"
    text = f"{name} of {capacity.team.name} is filled to {filled:g} of {many(capacity.points.p50, capacity.unit.one)}"
    text += f" ({percent(filled / capacity.points.p50)})"
    ready = [left for left in outside if left.code not in UNREADY]
    if ready:
        yield Warning(WarningCode.UNDER_COMMITTED, Level.INFO, f"{text}. Ready but not placed: {_reasons(ready)}.")
        return
    unready = f" Next in rank: {_reasons(outside)}. Refine these first." if outside else ""
    yield Warning(WarningCode.STARVED, Level.AMBER, f"{text}. No ready issue is left for it.{unready}")


def _reasons(left: Sequence[LeftOut]) -> str:
    return ", ".join(f"{one.issue.key} ({IN_WORDS[one.code]})" for one in left[:NAMED])


def _mix(capacity: TeamCapacity, inside: Sequence[Issue], outside: Sequence[LeftOut]) -> Iterator[Warning]:
    """Each kind of work that gets clearly less than its share, and the ready issues that would help."""
    if not inside:
        return
    for share in capacity.split.shares:
        planned = fsum(issue.points or 0.0 for issue in inside if capacity.split.share_of(issue) == share)
        gap = round(share.amount - planned, 1)
        if gap > TOLERANCE * capacity.split.total:
            ready = _next_ready(share, capacity, outside)
            title, kind = KIND_NAMES.get(share.name, (share.name, share.name))
            action = f"next in rank and ready: {ready}" if ready else f"no ready {kind} issue to add"
            text = f"{title}: {planned:g} of {many(share.amount, f'reserved {capacity.unit.one}')} planned; {action}."
            yield Warning(WarningCode.WORK_MIX, Level.INFO, text)


def _next_ready(share: Share, capacity: TeamCapacity, outside: Sequence[LeftOut]) -> str:
    ready = (
        left.issue for left in outside if left.code not in UNREADY and capacity.split.share_of(left.issue) == share
    )
    return ", ".join(f"{issue.key}{_size(issue, capacity.unit)}" for issue in islice(ready, NAMED))


def _size(issue: Issue, unit: Unit) -> str:
    """` (3 points)`; "" where issues are counted."""
    return "" if unit is Unit.ISSUES else f" ({many(issue.points or 0.0, unit.one)})"
