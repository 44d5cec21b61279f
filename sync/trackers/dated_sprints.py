"""Versions and milestones as sprints: time boxes that end on a day, and whose first day may follow from the one before.

Such a box runs from its first day until somebody closes it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from rules.model import Sprint, SprintState

BEGIN, END = time(10, tzinfo=UTC), time(14, tzinfo=UTC)
"""Days have no time: that of the first day is on it in nearly every time zone.

The last day belongs to the sprint. A sprint with times says so by ending later in the day than it began, and by enough
where a change from summer time is in between.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeBox:
    """A version or milestone. `has_begun` is whether the tracker itself says that it runs, whatever its first day."""

    id: str
    name: str
    first: date | None = None
    last: date | None = None
    is_closed: bool = False
    has_begun: bool = False
    goal: str = ""


def read_sprints(boxes: Iterable[TimeBox], board: int, today: date, usual_days: int) -> list[Sprint]:
    """The boxes of a board as sprints, in the order of their last days; those without one come last.

    A box without a first day begins the day after the one before it, and is `usual_days` calendar days long at most.
    """
    ordered = sorted(boxes, key=lambda box: (box.last or date.max, int(box.id) if box.id.isdigit() else 0))
    return list(_sprints(ordered, board, today, usual_days))


def _sprints(boxes: Iterable[TimeBox], board: int, today: date, usual_days: int) -> Iterator[Sprint]:
    before: date | None = None
    for box in boxes:
        first = _first_day(box, before, usual_days)
        before = box.last or before
        state = _state(box, first, today)
        yield Sprint(
            id=box.id,
            name=box.name,
            state=state,
            board=board,
            start=_at(first, BEGIN),
            end=_at(box.last, END),
            completed=_at(box.last, END) if state is SprintState.CLOSED else None,
            goal=box.goal,
        )


def _first_day(box: TimeBox, before: date | None, usual_days: int) -> date | None:
    if box.first is not None or box.last is None:
        return box.first
    usual = box.last - timedelta(days=usual_days - 1)
    return usual if before is None or before >= box.last else max(before + timedelta(days=1), usual)


def _state(box: TimeBox, first: date | None, today: date) -> SprintState:
    if box.is_closed:
        return SprintState.CLOSED
    runs = box.has_begun or (first is not None and first <= today)
    return SprintState.ACTIVE if runs else SprintState.FUTURE


def _at(day: date | None, hour: time) -> datetime | None:
    return datetime.combine(day, hour) if day else None


def recent(sprints: Iterable[Sprint], closed: int) -> list[Sprint]:
    """The last closed sprints, at most so many, and all others."""
    known = list(sprints)
    over = [sprint for sprint in known if sprint.state is SprintState.CLOSED]
    dropped = {sprint.id for sprint in (over[:-closed] if closed else over)}
    return [sprint for sprint in known if sprint.id not in dropped]
