"""How the backlog changed since earlier runs: issues added, removed, estimated again or moved."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from rules.deep.model import BacklogState
from rules.model import Category, Snapshot, SprintState, Team

FAR_MOVE = 0.10
"""Part of the backlog's length; smaller moves are the ordinary shuffling of neighbours."""
TOLERANCE = 0.25
"""Part of a sprint: runs are not exactly a sprint apart."""
DAYS_A_WEEK = 7 / 5
"""Calendar days for each working day of a sprint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookback:
    """How far back each measure looks; their options say so.

    `sprints` is the number of sprints that churn is averaged over. A move by `far_move` of the list counts. `top`
    issues are compared with those of `top_days` ago. Nothing moved for `frozen_days` means frozen, and growth covers
    `growth_sprints`.
    """

    sprints: int = 3
    far_move: float = FAR_MOVE
    top: int = 20
    top_days: int = 7
    frozen_days: int = 30
    growth_sprints: int = 6


USUAL = Lookback()


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What changed between two runs, as numbers of issues; `size` is the backlog's length at the first."""

    size: int
    added: int
    removed: int
    resized: int
    moved: int

    @property
    def share(self) -> float:
        """Churn: changes over the length."""
        return (self.added + self.removed + self.resized + self.moved) / max(1, self.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklogHistory:
    """What earlier runs show about a snapshot, worked out once.

    `states` are sorted, oldest first. `worked_off` holds the keys that were finished or started, `windows` the
    movements of the last sprints, newest first, `top_replaced` the share of the top that was replaced (`None` where no
    run saw it), `moved_lately` whether anything moved in the days after which a backlog is frozen. `gone` has the key
    of each issue that left the backlog, with the moment it was last seen and its points then.
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


def remember(snapshot: Snapshot, earlier: Sequence[BacklogState], back: Lookback = USUAL) -> BacklogHistory:
    """What the earlier states, in any order, show about this snapshot."""
    states = tuple(sorted((s for s in earlier if s.at < snapshot.taken_at), key=lambda state: state.at))
    now, done = state_of(snapshot), worked_off(snapshot)
    length = timedelta(days=sprint_length(snapshot.product.teams))
    recent = [state for state in states if now.at - state.at <= timedelta(days=back.frozen_days)]
    return BacklogHistory(
        states=states,
        worked_off=done,
        windows=tuple(
            movement(before, after, done, far_move=back.far_move)
            for before, after in _windows(states, now, length, back.sprints)
        ),
        top_replaced=_top_replaced(_last_before(states, now.at - timedelta(days=back.top_days)), now, done, back.top),
        # Trackers do not count a new rank as a change to the issue.
        moved_lately=bool(recent) and movement(recent[0], now, done, far_move=back.far_move).share > 0,
        gone=_gone([state for state in states if now.at - state.at <= back.growth_sprints * length], snapshot),
    )


def sprint_length(teams: Iterable[Team]) -> float:
    """Calendar days from one sprint to the next: the median team's working days, five to a week."""
    return median([team.sprint_days for team in teams] or [10]) * DAYS_A_WEEK


def state_of(snapshot: Snapshot) -> BacklogState:
    """The backlog of a snapshot in the form that is stored for later runs: every open issue in order."""
    opened = (issue for issue in snapshot.issues if issue.is_open)
    return BacklogState(snapshot.taken_at, tuple((i.key, i.points, place) for place, i in enumerate(opened)))


def worked_off(snapshot: Snapshot) -> frozenset[str]:
    """Keys of issues that left the backlog by being done or started in a sprint, which is not churn."""
    active = {sprint.id for sprint in snapshot.sprints if sprint.state is SprintState.ACTIVE}
    issues = (*snapshot.history, *snapshot.issues)
    return frozenset(i.key for i in issues if i.category is Category.DONE or i.sprint in active)


def movement(
    before: BacklogState, after: BacklogState, done: frozenset[str] = frozenset(), *, far_move: float = FAR_MOVE
) -> Movement:
    """The differences of two states; issues in `done` are left out, since working a backlog off is not churn.

    A first estimate is not a re-estimate. Places are compared among the issues that were in both.
    """
    then = {key: points for key, points, _ in before.items if key not in done}
    now = {key: points for key, points, _ in after.items if key not in done}
    moved = _moved([key for key in then if key in now], [key for key in now if key in then], far_move)
    return Movement(
        size=len(before.items),
        added=len(now.keys() - then.keys()),
        removed=len(then.keys() - now.keys()),
        resized=sum(then[key] is not None and then[key] != now[key] for key in then.keys() & now.keys()),
        moved=moved,
    )


def _moved(then: Sequence[str], now: Sequence[str], far_move: float) -> int:
    """Issues whose place changed by this part of the list or more."""
    was = {key: place for place, key in enumerate(then)}
    far = max(2.0, far_move * len(then))  # in a short list every place shifts when one issue moves
    return sum(abs(place - was[key]) >= far for place, key in enumerate(now))


def _windows(
    states: Sequence[BacklogState], now: BacklogState, length: timedelta, sprints: int
) -> Iterator[tuple[BacklogState, BacklogState]]:
    """The states at both ends of the last sprint lengths, as far back as there are some."""
    after = now
    for back in range(1, sprints + 1):
        before = _closest(states, now.at - back * length, TOLERANCE * length)
        if before is None:
            return
        yield before, after
        after = before


def _top_replaced(before: BacklogState | None, now: BacklogState, done: frozenset[str], top: int) -> float | None:
    """Share of the earlier top that is not there any more, finished and started work left out."""
    then, today = (_top(state, done, top) if state else set() for state in (before, now))
    return len(then - today) / len(then) if then else None


def _top(state: BacklogState, done: frozenset[str], top: int) -> set[str]:
    return set([key for key, _, _ in state.items if key not in done][:top])


def _gone(states: Sequence[BacklogState], snapshot: Snapshot) -> Mapping[str, tuple[datetime, float | None]]:
    present = snapshot.by_key
    return {key: (state.at, points) for state in states for key, points, _ in state.items if key not in present}


def _last_before(states: Sequence[BacklogState], moment: datetime) -> BacklogState | None:
    return next((state for state in reversed(states) if state.at <= moment), None)


def _closest(states: Iterable[BacklogState], moment: datetime, tolerance: timedelta) -> BacklogState | None:
    near = (state for state in states if abs(state.at - moment) <= tolerance)
    return min(near, key=lambda state: (abs(state.at - moment), state.at), default=None)
