"""The values that planning yields: which ready issue goes into whose sprint, what stays out, and why."""

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
    """One issue that stays out, with the code of the first reason that holds and the sentence."""

    issue: Issue
    code: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintProposal:
    """Which ready issues go into which sprint, in rank order, and what was left out, in rank order.

    `capacities` are those planned with, and their warnings also tell what is wrong with the plan.
    """

    placements: tuple[Placement, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    capacities: tuple[TeamCapacity, ...] = ()
