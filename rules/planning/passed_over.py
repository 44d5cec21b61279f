"""Ready issues that a team does not take although it takes lower-ranked ones: with the reason, or as a question."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import fsum

from rules.model import Issue
from rules.planning.leaving import TOLERANCE, leaving
from rules.planning.model import LeftOutCode
from rules.planning.team_part import Below, Selected, TeamPart

_NOT_READY = frozenset({LeftOutCode.NOT_READY, LeftOutCode.UNESTIMATED, LeftOutCode.RELEASED})
_NO_ROOM = frozenset({LeftOutCode.CAPACITY_HIGHER, LeftOutCode.BELOW_HORIZON})


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A ready issue that its team does not take, though it takes issues ranked below it.

    `lower` are these. `why` is the reason of the proposal. Where it is room alone, `instead` are those of `lower` that
    people put into the sprint and that would have to leave; nothing where that would not do.
    """

    issue: Issue
    rank: int
    team: str
    lower: tuple[str, ...]
    why: str
    instead: tuple[str, ...] = ()


def passed_over(teams: Iterable[TeamPart]) -> tuple[PassedOver, ...]:
    """What the teams pass over, each team's in rank order."""
    return tuple(one for team in teams for one in _of(team))


def _of(team: TeamPart) -> Iterator[PassedOver]:
    for one in team.below:
        lower = tuple(other for other in team.selected if other.rank > one.rank)
        if lower and one.code not in _NOT_READY:
            yield PassedOver(
                issue=one.issue,
                rank=one.rank,
                team=team.name,
                lower=_keys(lower),
                why=one.why,
                instead=_instead(one, team.left, lower),
            )


def _instead(one: Below, left: float | None, lower: Sequence[Selected]) -> tuple[str, ...]:
    """What people put into the sprint below an issue and would have to leave for it; nothing where that does not do."""
    if left is None or one.code not in _NO_ROOM:
        return ()
    missing = (one.issue.points or 0.0) - left
    chosen = leaving((other for other in lower if not other.proposed), missing)
    return _keys(chosen) if fsum(other.points or 0.0 for other in chosen) >= missing - TOLERANCE else ()


def _keys(some: Iterable[Selected]) -> tuple[str, ...]:
    return tuple(one.issue.key for one in some)


def swaps(some: Iterable[PassedOver]) -> Iterator[PassedOver]:
    """Those that could be taken instead of what people put into the sprint: of several for the same one the first."""
    asked: set[str] = set()
    for one in some:
        if one.instead and asked.isdisjoint(one.instead):
            asked.update(one.instead)
            yield one
