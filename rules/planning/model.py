"""The values of planning: which ready issue goes into which sprint, which stays out, and why."""

from dataclasses import dataclass

from rules.capacity.model import TeamCapacity
from rules.model import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One issue proposed for one team's sprint (its id; `None` where the board has no future sprint yet)."""

    issue: Issue
    team: str
    sprint: str | None
    points: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One issue that is not placed, with the code of the first reason that applies and its sentence."""

    issue: Issue
    code: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintProposal:
    """Which ready issues go into which sprint, and which are left out, both in rank order.

    `capacities` are those planned with; their warnings include those about the plan.
    """

    placements: tuple[Placement, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    capacities: tuple[TeamCapacity, ...] = ()
