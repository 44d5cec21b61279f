"""What a change of people or of the backlog does to the plan: what falls below a cut line, and which days move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rules.planning.part_one import PartOne
from rules.planning.team_part import Selected


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """An issue on one side of its team's cut line before, and on the other side after.

    `rank` is its place in the backlog, 1 for the highest. `serves` says how it serves the Sprint Goal, "" where it does
    not. `points` is `None` without an estimate. `left` is what the team has left with it: below 0 it does not fit.
    """

    key: str
    team: str
    rank: int
    points: float | None
    serves: str
    is_key: bool
    left: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDay:
    """The day to which ready work lasts at the usual pace, of a team or of the product (""); `None` is unknown."""

    team: str
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What changes: `assumed` has a sentence for each assumption.

    `falls` are the issues that fall below a cut line, those that serve the goal first; `rises` come above one.
    `moves` names issues that another team would take.
    """

    assumed: tuple[str, ...]
    falls: tuple[Shifted, ...]
    rises: tuple[Shifted, ...]
    moves: tuple[tuple[str, str, str], ...]
    days: tuple[MovedDay, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A plan as it is compared: part one of Sprint Planning, and by team ("" for all) the day ready work lasts to."""

    whole: PartOne
    lasts: Mapping[str, date | None]


def compare(before: Picture, after: Picture, *, assumed: Iterable[str], without: Iterable[str] = ()) -> WhatIf:
    """The differences of two plans; issues of `without` were taken out on purpose and do not count as fallen."""
    above, then, out = _above(before.whole), _above(after.whole), set(without)
    falls = [one for key, one in above.items() if key not in then and key not in out]
    return WhatIf(
        assumed=tuple(assumed),
        falls=_by_goal(_with_room(falls, after.whole)),
        rises=_by_goal(one for key, one in then.items() if key not in above),
        moves=tuple((key, one.team, then[key].team) for key, one in above.items() if _other(one, then.get(key))),
        days=tuple(_days(before.lasts, after.lasts)),
    )


def _other(one: Shifted, then: Shifted | None) -> bool:
    return then is not None and then.team != one.team


def _above(whole: PartOne) -> Mapping[str, Shifted]:
    """What fits, by key: selected issues up to the cut line of their team."""
    return {
        one.issue.key: _shifted(one, team.name)
        for team in whole.teams
        for one in team.selected
        if one.left is None or one.left >= -1e-9
    }


def _with_room(falls: Iterable[Shifted], after: PartOne) -> Iterable[Shifted]:
    """Those that fall, with what their team has left with them: from the sprint, or after the last issue that fits."""
    inside = {one.issue.key: one.left for team in after.teams for one in team.selected}
    rest = {team.name: team.left for team in after.teams}
    for one in falls:
        left = inside.get(one.key)
        if left is None:
            room = rest.get(one.team)
            left = None if room is None else round(room - (one.points or 0.0), 6)
        yield Shifted(
            key=one.key,
            team=one.team,
            rank=one.rank,
            points=one.points,
            serves=one.serves,
            is_key=one.is_key,
            left=left,
        )


def _shifted(one: Selected, team: str) -> Shifted:
    return Shifted(
        key=one.issue.key,
        team=team,
        rank=one.rank,
        points=one.points,
        serves=one.serves,
        is_key=one.is_key,
        left=one.left,
    )


def _by_goal(issues: Iterable[Shifted]) -> tuple[Shifted, ...]:
    """Key issues first, then those that serve the goal, then the others; each in rank order."""
    return tuple(sorted(issues, key=lambda one: (not one.is_key, not one.serves, one.rank)))


def _days(before: Mapping[str, date | None], after: Mapping[str, date | None]) -> Iterable[MovedDay]:
    for team, day in before.items():
        if day != after.get(team):
            yield MovedDay(team=team, before=day, after=after.get(team))
