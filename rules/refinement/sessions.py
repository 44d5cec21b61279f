"""Past sessions of refinement: what was planned, what was settled by the next working day, and what that teaches.

An issue of an agenda is settled once its layer has nothing more to settle about it, or once it is not open any more.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import fsum
from statistics import median

from rules.model import WORKWEEK
from rules.refinement.layers import Layer

LEAST_SESSIONS, LATEST = 3, 5
SLOWEST, FASTEST = 3.0, 0.5
ENOUGH = 0.9
"""All was settled in the time: the next session plans a tenth less for each issue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedItem:
    """One issue (its id and key) on the agenda of a session at a moment.

    `team` is "" for sessions of several teams. `base` are the minutes by its findings, `minutes` those on the agenda.
    `settled` is when a run first saw that nothing is left to settle.
    """

    at: datetime
    layer: Layer
    team: str
    issue: str
    key: str
    base: float
    minutes: float
    points: float
    settled: datetime | None = None

    @property
    def is_achieved(self) -> bool:
        """Whether it was settled by the end of the next working day."""
        return self.settled is not None and self.settled.date() <= next_working_day(self.at.date())


@dataclass(frozen=True, slots=True)
class Session:
    """One session with its agenda in order."""

    at: datetime
    items: tuple[PlannedItem, ...]

    @property
    def achieved(self) -> tuple[PlannedItem, ...]:
        """What was settled by the next working day."""
        return tuple(item for item in self.items if item.is_achieved)

    @property
    def open(self) -> tuple[PlannedItem, ...]:
        """What is not settled yet."""
        return tuple(item for item in self.items if item.settled is None)


@dataclass(frozen=True, slots=True)
class Carried:
    """An issue that earlier sessions left open: how many, and since when."""

    sessions: int
    since: date


def next_working_day(day: date) -> date:
    """The next day from Monday to Friday."""
    following = day + timedelta(days=1)
    while following.weekday() not in WORKWEEK:
        following += timedelta(days=1)
    return following


def sessions_of(items: Iterable[PlannedItem], layer: Layer, team: str, before: datetime) -> tuple[Session, ...]:
    """The sessions of a layer and team that began before a moment, the oldest first."""
    by_moment: dict[datetime, list[PlannedItem]] = {}
    for item in items:
        if (item.layer, item.team) == (layer, team) and item.at < before:
            by_moment.setdefault(item.at, []).append(item)
    return tuple(Session(at, tuple(planned)) for at, planned in sorted(by_moment.items()))


def carried(sessions: Sequence[Session]) -> Mapping[str, Carried]:
    """By issue id, what sessions left open that is not settled since, also where the latest one had no room for it."""
    left: dict[str, list[date]] = {}
    for session in sessions:
        for item in session.open:
            left.setdefault(item.issue, []).append(session.at.date())
    return {issue: Carried(len(days), days[0]) for issue, days in left.items()}


def learned_factor(sessions: Sequence[Session]) -> float:
    """By how much the minutes of findings are multiplied for the next agenda; 1 before the third session.

    For each of the latest sessions, the minutes that were planned are divided by those of what was settled. The median
    counts. A session that settled all counts as a tenth faster than planned.
    """
    latest = [_ratio(session) for session in sessions[-LATEST:] if session.items]
    return median(latest) if len(latest) >= LEAST_SESSIONS else 1.0


def _ratio(session: Session) -> float:
    planned = fsum(item.minutes for item in session.items)
    settled = fsum(item.base for item in session.achieved)
    if not settled:
        return SLOWEST
    all_of_it = ENOUGH if len(session.achieved) == len(session.items) else 1.0
    return min(SLOWEST, max(FASTEST, all_of_it * planned / settled))


def settle(
    items: Iterable[PlannedItem], unsettled: Collection[tuple[Layer, str]], now: datetime
) -> tuple[PlannedItem, ...]:
    """The items that are settled as of now and were not before; `unsettled` has layer and issue id of what is not."""
    return tuple(
        replace(item, settled=now)
        for item in items
        if item.settled is None and (item.layer, item.issue) not in unsettled
    )
