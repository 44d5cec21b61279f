"""How much sessions of refinement settle for the time they take, sprint by sprint. No session is too long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum

from rules.capacity.days import Window, window_of
from rules.model import Sprint
from rules.refinement.sessions import Session

FALLS = 3
"""So many sprints in a row with less than in the one before are worth a word."""


@dataclass(frozen=True, slots=True)
class Efficiency:
    """The sessions of one sprint: how many issues were settled by the next working day, and the planned hours."""

    sprint: str
    settled: int
    hours: float

    @property
    def per_hour(self) -> float:
        """Issues settled in an hour."""
        return round(self.settled / self.hours, 2)

    @property
    def minutes_each(self) -> float | None:
        """Minutes for each settled issue, `None` where none was."""
        return round(60 * self.hours / self.settled, 1) if self.settled else None


def efficiency(sessions: Sequence[Session], sprints: Iterable[Sprint]) -> tuple[Efficiency, ...]:
    """The sprints of a team in which it had sessions, the oldest first. Sprints without usable dates are left out."""
    dated = [(window, sprint.name) for sprint in sprints if (window := window_of(sprint)) is not None]
    dated.sort(key=lambda pair: pair[0].first)
    known = (_of_sprint(sessions, window, name) for window, name in dated)
    return tuple(one for one in known if one.hours)


def _of_sprint(sessions: Sequence[Session], window: Window, name: str) -> Efficiency:
    inside = [one for one in sessions if window.first <= one.at.date() <= window.last]
    hours = fsum(item.minutes for one in inside for item in one.items) / 60
    return Efficiency(name, sum(len(one.achieved) for one in inside), hours)


def is_falling(sprints: Sequence[Efficiency]) -> bool:
    """Whether each of the last sprints settled fewer issues in an hour than the one before."""
    latest = [one.per_hour for one in sprints[-FALLS - 1 :]]
    return len(latest) == FALLS + 1 and all(later < earlier for earlier, later in pairwise(latest))
