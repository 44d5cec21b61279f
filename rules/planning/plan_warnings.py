"""What a finished proposal still lacks: sprints that are not filled, and kinds of work that come off short."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import fsum

from rules.backlog.index import Backlog
from rules.capacity.model import Level, Share, TeamCapacity, Warning, pressing_first  # noqa: A004 - the core's own word
from rules.model import Issue
from rules.planning.model import LeftOut, Placement

FILLED = 0.7
"""Below this part of its points a sprint is called under-committed."""
TOLERANCE = 0.10
"""A kind of work may miss its share by this part of the sprint (planning note, C.6)."""
NAMED = 3
APART = frozenset({"ALREADY_PLANNED", "EPIC", "SUBTASK"})


def balanced(
    capacity: TeamCapacity, backlog: Backlog, placements: Sequence[Placement], left_out: Sequence[LeftOut]
) -> TeamCapacity:
    """The capacity with what is to be said about the plan made with it."""
    if capacity.points is None or capacity.points.p50 <= 0:
        return capacity
    sprint = capacity.sprint.id if capacity.sprint else None
    inside = [p.issue for p in placements if p.team == capacity.team.name]
    inside += [left.issue for left in left_out if sprint is not None and left.issue.sprint == sprint]
    outside = [left for left in left_out if left.code not in APART and capacity.team in backlog.teams[left.issue.key]]
    found = [*capacity.warnings, *_filled(capacity, placements, outside), *_mix(capacity, inside, outside)]
    return replace(capacity, warnings=pressing_first(found))


def _filled(capacity: TeamCapacity, placements: Sequence[Placement], outside: Sequence[LeftOut]) -> Iterator[Warning]:
    """Under-committed where ready work is left that cannot come in, starved where none is."""
    assert capacity.points is not None
    filled = round(capacity.load + fsum(p.points for p in placements if p.team == capacity.team.name), 1)
    if filled >= FILLED * capacity.points.p50:
        return
    name = f'"{capacity.sprint.name}"' if capacity.sprint else "The next sprint"
    said = f"{name} of {capacity.team.name} is filled to {filled:g} of {capacity.points.p50:g} points"
    said += f" ({filled / capacity.points.p50:.0%})"
    ready = [left for left in outside if left.code not in {"NOT_READY", "UNESTIMATED"}]
    if ready:
        yield Warning("UNDER-COMMITTED", Level.INFO, f"{said}. Ready but not placed: {_reasons(ready)}.")
        return
    unready = f"; next in rank: {_reasons(outside)}" if outside else ""
    yield Warning("STARVED", Level.AMBER, f"{said} and no ready issue is left for it{unready}. Refine those first.")


def _reasons(left: Sequence[LeftOut]) -> str:
    return ", ".join(f"{one.issue.key} ({one.code})" for one in left[:NAMED])


def _mix(capacity: TeamCapacity, inside: Sequence[Issue], outside: Sequence[LeftOut]) -> Iterator[Warning]:
    """Each kind of work that gets clearly less than is kept for it, and the issues that would help."""
    if not inside:
        return
    for share in capacity.split.shares:
        planned = fsum(issue.points or 0.0 for issue in inside if capacity.split.share_of(issue) == share)
        gap = round(share.amount - planned, 1)
        if gap > TOLERANCE * capacity.split.total:
            waiting = _waiting(share, capacity, outside)
            hint = f"Next in rank and ready: {waiting}." if waiting else "No ready issue of that kind waits."
            said = f"{planned:g} of the {share.amount:g} points kept for it are planned, {gap:g} are missing"
            yield Warning("WORK-MIX", Level.INFO, f"{share.name}: {said}. {hint}")


def _waiting(share: Share, capacity: TeamCapacity, outside: Sequence[LeftOut]) -> str:
    kind = [
        left.issue
        for left in outside
        if left.code not in {"NOT_READY", "UNESTIMATED"} and capacity.split.share_of(left.issue) == share
    ]
    return ", ".join(f"{issue.key} ({issue.points:g} points)" for issue in kind[:NAMED])
