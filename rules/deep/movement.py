"""How the backlog moved between an earlier pass and now: what came, went, was sized again or put elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.deep.model import BacklogState
from rules.deep.runway import sprint_length
from rules.deep.view import View
from rules.model import Category, Snapshot, SprintState

FAR_MOVE = 0.10  # of the backlog's length: less is the ordinary shuffling of neighbours
TOLERANCE = 0.25  # of a window: passes do not come exactly a sprint apart
TOP = 20
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What changed between two looks at the backlog, as numbers of issues; `size` is its length at the first."""

    size: int
    added: int
    removed: int
    resized: int
    moved: int

    @property
    def share(self) -> float:
        """Churn of this window: changes over the length (B.3, 1)."""
        return (self.added + self.removed + self.resized + self.moved) / max(1, self.size)


def state_of(snapshot: Snapshot) -> BacklogState:
    """The backlog of a snapshot in the form in which it is remembered for later passes: every open issue in order."""
    opened = (issue for issue in snapshot.issues if issue.is_open)
    return BacklogState(snapshot.taken_at, tuple((i.key, i.points, place) for place, i in enumerate(opened)))


def worked_off(snapshot: Snapshot) -> frozenset[str]:
    """Keys of issues that left the backlog by being done or started in a sprint, which is no churn."""
    active = {sprint.id for sprint in snapshot.sprints if sprint.state is SprintState.ACTIVE}
    known = (*snapshot.history, *snapshot.issues)
    return frozenset(i.key for i in known if i.category is Category.DONE or i.sprint in active)


def movement(before: BacklogState, after: BacklogState, done: frozenset[str]) -> Movement:
    """The differences of two states; issues in `done` are left out, for working a backlog off does not churn it."""
    then = {key: points for key, points, _ in before.items if key not in done}
    now = {key: points for key, points, _ in after.items if key not in done}
    resized = sum(then[key] != now[key] and then[key] is not None for key in then.keys() & now.keys())
    return Movement(
        size=len(before.items),
        added=len(now.keys() - then.keys()),
        removed=len(then.keys() - now.keys()),
        resized=resized,
        moved=_moved(list(then), list(now)),
    )


def _moved(then: Iterable[str], now: Iterable[str]) -> int:
    """Issues that changed place by a tenth of the backlog or more, among those that were there both times."""
    first, second = list(then), list(now)
    both = set(first) & set(second)
    was = {key: place for place, key in enumerate(key for key in first if key in both)}
    far = max(2.0, FAR_MOVE * len(both))  # in a short list everybody's place shifts when one issue moves
    return sum(abs(place - was[key]) >= far for place, key in enumerate(key for key in second if key in both))


def windows(view: View, most: int = 3) -> list[Movement]:
    """The movements of the last `most` sprint lengths, the newest first; only windows with a state at both ends."""
    length = timedelta(days=sprint_length(view.snapshot.product.teams))
    done = worked_off(view.snapshot)
    found: list[Movement] = []
    after = state_of(view.snapshot)
    for back in range(1, most + 1):
        before = _closest(view.earlier, view.now - back * length, TOLERANCE * length)
        if before is None:
            break
        found.append(movement(before, after, done))
        after = before
    return found


def top_replaced(view: View) -> float | None:
    """Share of last week's top 20 that stands there no more, those worked off aside; `None` where no pass saw it."""
    before = last_before(view.earlier, view.now - WEEK)
    if before is None:
        return None
    done = worked_off(view.snapshot)
    then, now = (_top(state, done) for state in (before, state_of(view.snapshot)))
    return len(then - now) / len(then) if then else None


def _top(state: BacklogState, done: frozenset[str]) -> set[str]:
    return set([key for key, _, _ in state.items if key not in done][:TOP])


def last_before(states: Iterable[BacklogState], moment: datetime) -> BacklogState | None:
    """The latest of the states that is not after the moment."""
    return max((state for state in states if state.at <= moment), key=lambda state: state.at, default=None)


def _closest(states: Iterable[BacklogState], moment: datetime, tolerance: timedelta) -> BacklogState | None:
    near = (state for state in states if abs(state.at - moment) <= tolerance)
    return min(near, key=lambda state: (abs(state.at - moment), state.at), default=None)
