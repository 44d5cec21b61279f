"""How the backlog moved since earlier passes: what came, went, was sized again or put elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from rules.deep.model import BacklogState
from rules.model import Category, Snapshot, SprintState, Team

FAR_MOVE = 0.10  # of the backlog's length: less is the ordinary shuffling of neighbours
TOLERANCE = 0.25  # of a window: passes do not come exactly a sprint apart
WINDOWS = 3  # sprints that churn is averaged over
GROWTH_SPRINTS = 6  # the last so many tell whether the backlog grows
TOP = 20
WEEK = timedelta(days=7)
MONTH = timedelta(days=30)
DAYS_A_WEEK = 7 / 5  # calendar days for each working day of a sprint


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


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklogHistory:
    """What earlier passes tell about a snapshot, worked out once.

    `states` stand oldest first. `worked_off` holds the keys that were finished or started, `windows` the movements of
    the last sprints, newest first. `gone` says of each issue that vanished in the last six sprints when it was last
    seen and with which points.
    """

    states: tuple[BacklogState, ...] = ()
    worked_off: frozenset[str] = frozenset()
    windows: tuple[Movement, ...] = ()
    top_replaced: float | None = None
    moved_lately: bool = False
    gone: Mapping[str, tuple[datetime, float | None]] = field(default_factory=dict)

    def last_before(self, moment: datetime) -> BacklogState | None:
        """The latest state that is not after the moment."""
        return _last_before(self.states, moment)


NOTHING = BacklogHistory()


def remember(snapshot: Snapshot, earlier: Sequence[BacklogState]) -> BacklogHistory:
    """What the earlier states, in any order, tell about this snapshot."""
    states = tuple(sorted((s for s in earlier if s.at < snapshot.taken_at), key=lambda state: state.at))
    now, done = state_of(snapshot), worked_off(snapshot)
    length = timedelta(days=sprint_length(snapshot.product.teams))
    return BacklogHistory(
        states=states,
        worked_off=done,
        windows=_windows(states, now, done, length),
        top_replaced=_top_replaced(states, now, done),
        moved_lately=_moved_lately(states, now, done),
        gone=_gone([state for state in states if now.at - state.at <= GROWTH_SPRINTS * length], snapshot),
    )


def sprint_length(teams: Iterable[Team]) -> float:
    """Calendar days from one sprint to the next: the median team's working days, five to a week."""
    return median([team.sprint_days for team in teams] or [10]) * DAYS_A_WEEK


def state_of(snapshot: Snapshot) -> BacklogState:
    """The backlog of a snapshot in the form in which it is remembered for later passes: every open issue in order."""
    opened = (issue for issue in snapshot.issues if issue.is_open)
    return BacklogState(snapshot.taken_at, tuple((i.key, i.points, place) for place, i in enumerate(opened)))


def worked_off(snapshot: Snapshot) -> frozenset[str]:
    """Keys of issues that left the backlog by being done or started in a sprint, which is no churn."""
    active = {sprint.id for sprint in snapshot.sprints if sprint.state is SprintState.ACTIVE}
    known = (*snapshot.history, *snapshot.issues)
    return frozenset(i.key for i in known if i.category is Category.DONE or i.sprint in active)


def movement(before: BacklogState, after: BacklogState, done: frozenset[str] = frozenset()) -> Movement:
    """The differences of two states; issues in `done` are left out, for working a backlog off does not churn it.

    A first estimate is no re-estimate. Places are compared among the issues that were there both times.
    """
    then = {key: points for key, points, _ in before.items if key not in done}
    now = {key: points for key, points, _ in after.items if key not in done}
    return Movement(
        size=len(before.items),
        added=len(now.keys() - then.keys()),
        removed=len(then.keys() - now.keys()),
        resized=sum(then[key] is not None and then[key] != now[key] for key in then.keys() & now.keys()),
        moved=_moved([key for key in then if key in now], [key for key in now if key in then]),
    )


def _moved(then: Sequence[str], now: Sequence[str]) -> int:
    """Issues whose place changed by a tenth of the list or more."""
    was = {key: place for place, key in enumerate(then)}
    far = max(2.0, FAR_MOVE * len(then))  # in a short list every place shifts when one issue moves
    return sum(abs(place - was[key]) >= far for place, key in enumerate(now))


def _windows(
    states: Sequence[BacklogState], now: BacklogState, done: frozenset[str], length: timedelta
) -> tuple[Movement, ...]:
    """The movements of the last sprint lengths, as far back as there is a state at both ends."""
    found: list[Movement] = []
    after = now
    for back in range(1, WINDOWS + 1):
        before = _closest(states, now.at - back * length, TOLERANCE * length)
        if before is None:
            break
        found.append(movement(before, after, done))
        after = before
    return tuple(found)


def _top_replaced(states: Sequence[BacklogState], now: BacklogState, done: frozenset[str]) -> float | None:
    """Share of last week's top 20 that stands there no more, those worked off aside; `None` where no pass saw it."""
    before = _last_before(states, now.at - WEEK)
    if before is None:
        return None
    then, today = _top(before, done), _top(now, done)
    return len(then - today) / len(then) if then else None


def _top(state: BacklogState, done: frozenset[str]) -> set[str]:
    return set([key for key, _, _ in state.items if key not in done][:TOP])


def _moved_lately(states: Sequence[BacklogState], now: BacklogState, done: frozenset[str]) -> bool:
    """Whether anything moved in 30 days: trackers do not count a new rank as a change to the issue."""
    recent = [state for state in states if now.at - state.at <= MONTH]
    return bool(recent) and movement(recent[0], now, done).share > 0


def _gone(states: Sequence[BacklogState], snapshot: Snapshot) -> Mapping[str, tuple[datetime, float | None]]:
    known = snapshot.by_key
    return {key: (state.at, points) for state in states for key, points, _ in state.items if key not in known}


def _last_before(states: Sequence[BacklogState], moment: datetime) -> BacklogState | None:
    return next((state for state in reversed(states) if state.at <= moment), None)


def _closest(states: Iterable[BacklogState], moment: datetime, tolerance: timedelta) -> BacklogState | None:
    near = (state for state in states if abs(state.at - moment) <= tolerance)
    return min(near, key=lambda state: (abs(state.at - moment), state.at), default=None)
