"""The part of each issue that is a team's: all of what it alone may take, else in proportion to the velocities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from rules.deep.view import View, once_a_view
from rules.model import Issue


@dataclass(frozen=True, slots=True)
class Takers:
    """The teams with a part of an issue, with the part of each: 1 where it alone may take it, 0 is left out.

    `together` is the sum of the parts: below 1 where one is that of a team without a capacity, 0 where there are none.
    """

    parts: tuple[tuple[str, float], ...]
    together: float


@once_a_view
def takers_of(view: View) -> Mapping[str, Takers]:
    """By key who may take an issue; what a former view gives is not worked out again."""
    teams = view.backlog.teams
    known = takers_of(view.former) if view.former is not None else {}
    if teams.keys() == known.keys():
        return known
    of_names: dict[tuple[str, ...], Takers] = {}  # a large backlog has a few sets of teams

    def takers(names: tuple[str, ...]) -> Takers:
        if names not in of_names:
            parts = {name: part for name in names if (part := _part(view, name, names)) > 0}
            order = [capacity.team.name for capacity in view.capacities if capacity.team.name in parts]
            of_names[names] = Takers(
                tuple((name, part) for name, part in parts.items() if name in order),
                float(sum(parts[name] for name in order)),
            )
        return of_names[names]

    return {
        key: known[key] if key in known else takers(tuple([team.name for team in may_take]))
        for key, may_take in teams.items()
    }


def _part(view: View, team: str, takers: Sequence[str]) -> float:
    """The part of an issue that is the team's: 1 where it alone may take it."""
    if len(takers) == 1:
        return 1.0
    velocities = view.backlog.velocities
    together = fsum(velocities.get(name, 0.0) for name in takers)
    return velocities.get(team, 0.0) / together if together else 0.0


def queues_of(view: View) -> Mapping[str, list[tuple[Issue, float]]]:
    """The issues that each team may take, by its name, with the part of each that is the team's.

    Of those that are not ready only the first is there, which is the first gap.
    """
    queues: dict[str, list[tuple[Issue, float]]] = {capacity.team.name: [] for capacity in view.capacities}
    gapless, ready, takers = set(queues), view.ready, takers_of(view)
    for issue in view.issues:
        is_ready = issue.key in ready
        if not is_ready and not gapless:
            continue
        for name, part in takers[issue.key].parts:
            if is_ready or name in gapless:
                queues[name].append((issue, part))
                gapless -= set() if is_ready else {name}
    return queues
