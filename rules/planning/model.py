"""The values of planning: which ready issue goes into which sprint, which stays out, and why."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from rules.capacity.model import TeamCapacity
from rules.model import Issue
from rules.release import Stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One issue proposed for one team's sprint (its id; `None` where the board has no future sprint yet).

    `though` is "" for a ready issue; else it says that a team accepted it all the same, and what is missing.
    """

    issue: Issue
    team: str
    sprint: str | None
    points: float
    why: str
    though: str = ""


class LeftOutCode(StrEnum):
    """Why an issue is not in the proposal; the values are part of the JSON and CSV outputs."""

    TEAM_LEFT_OUT = "TEAM_LEFT_OUT"
    ALREADY_PLANNED = "ALREADY_PLANNED"
    EPIC = "EPIC"
    SUBTASK = "SUBTASK"
    WONT = "WONT"
    NOT_READY = "NOT_READY"
    UNESTIMATED = "UNESTIMATED"
    NO_TEAM = "NO_TEAM"
    NO_CAPACITY = "NO_CAPACITY"
    TOO_BIG = "TOO_BIG"
    TAKEN_OUT = "TAKEN_OUT"
    REJECTED = "REJECTED"
    RELEASED = "RELEASED"
    BELOW_HORIZON = "BELOW_HORIZON"
    CAPACITY_HIGHER = "CAPACITY_HIGHER"
    CAPACITY_SWAP = "CAPACITY_SWAP"
    DEP_TIMING = "DEP_TIMING"
    BLOCKED = "BLOCKED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What people decided about a proposal, by the ids of issues.

    `accepted` are placed though not ready. `rejected` has, by team, the sentence of those who do not take it into their
    next sprint. `released` are the Product Owner's releases of issues.
    """

    accepted: AbstractSet[str] = frozenset()
    rejected: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    released: Mapping[str, Stay] = field(default_factory=dict)


NO_CHOICES = Choices()


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """One issue that is not placed, with the code of the first reason that applies and its sentence.

    `say` makes the sentence, once somebody reads it: most issues of a large backlog are left out.
    """

    issue: Issue
    code: LeftOutCode
    say: Callable[[], str] = field(repr=False, compare=False)

    @cached_property
    def why(self) -> str:
        """The sentence."""
        return self.say()


def as_is(sentence: str) -> Callable[[], str]:
    """What says a sentence that is known already."""
    return lambda: sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintProposal:
    """Which ready issues go into which sprint, and which are left out, both in rank order.

    `capacities` are those planned with; their warnings include those about the plan.
    """

    placements: tuple[Placement, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    capacities: tuple[TeamCapacity, ...] = ()
