"""How the backlog changed: issues added, removed, estimated again or moved.

Earlier runs saw it. What was before them is worked out from the past of the issues, as far as that is known.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from statistics import median

from rules.backlog.distance import active_sprints
from rules.deep.model import BacklogState
from rules.history.replay import points_at, was_open
from rules.model import Category, EditField, Snapshot, Team, Unit

FAR_MOVE = 0.10
"""Part of the backlog's length; smaller moves are the ordinary shuffling of neighbours."""
TOLERANCE = 0.25
"""Part of a sprint: runs are not exactly a sprint apart."""
DAYS_A_WEEK = 7 / 5
"""Calendar days for each working day of a sprint."""

Moved = tuple[str, datetime]
"""The key of an issue, and the moment at which it got a new rank."""


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
    """What earlier runs and the past of the issues show about a snapshot, worked out once.

    `states` are those that runs saw, oldest first. `worked_off` holds the keys that were finished or started, `windows`
    the movements of the last sprints, newest first, `top_replaced` the share of the top that was replaced (`None` where
    that is not known), `moved_lately` whether anything moved in the days after which a backlog is frozen. `gone` has
    the key of each issue that left the backlog, with the moment it was last seen and its points then. `moved_at` says
    when each issue was last moved, where the past of every open issue is known; `None` where it is not.
    """

    states: tuple[BacklogState, ...] = ()
    worked_off: frozenset[str] = frozenset()
    windows: tuple[Movement, ...] = ()
    top_replaced: float | None = None
    moved_lately: bool = False
    gone: Mapping[str, tuple[datetime, float | None]] = field(default_factory=dict)
    moved_at: Mapping[str, datetime] | None = None

    def last_before(self, moment: datetime) -> BacklogState | None:
        """The latest state that is not after the moment."""
        return _last_before(self.states, moment)


NOTHING = BacklogHistory()


def remember(snapshot: Snapshot, earlier: Sequence[BacklogState], back: Lookback = USUAL) -> BacklogHistory:
    """What the earlier states, in any order, and the past of the issues show about this snapshot."""
    before = (_in_unit(state, snapshot.unit) for state in earlier if state.at < snapshot.taken_at)
    states = tuple(sorted(before, key=lambda state: state.at))
    now, done = state_of(snapshot), worked_off(snapshot)
    length = timedelta(days=sprint_length(snapshot.product.teams))
    recent = [state for state in states if now.at - state.at <= timedelta(days=back.frozen_days)]
    moves = tuple(_moves(snapshot)) if _knows_past(snapshot) else None
    replay = partial(_replayed, snapshot) if moves is not None else _not_known
    windows = _windows(replay, states, now, length, back.sprints)
    return BacklogHistory(
        states=states,
        worked_off=done,
        windows=tuple(_movement_in(moves or (), before, after, done, back.far_move) for before, after in windows),
        top_replaced=_top_replaced(snapshot, states, now, done, back, moves),
        # Trackers do not count a new rank as a change to the issue.
        moved_lately=bool(recent) and movement(recent[0], now, done, far_move=back.far_move).share > 0,
        gone=_gone([state for state in states if now.at - state.at <= back.growth_sprints * length], snapshot),
        moved_at=None if moves is None else dict(sorted(moves, key=lambda move: move[1])),
    )


def _in_unit(state: BacklogState, unit: Unit) -> BacklogState:
    """An earlier state with the sizes of today's unit: where issues are counted, each has counted one all along."""
    if unit is not Unit.ISSUES:
        return state
    return replace(state, items=tuple((key, 1.0, place) for key, _, place in state.items))


def replayed(snapshot: Snapshot, moment: datetime) -> BacklogState | None:
    """The backlog at a moment that no run saw; `None` where the past of an open issue is not known, or it was empty."""
    return _replayed(snapshot, moment) if _knows_past(snapshot) else None


def _replayed(snapshot: Snapshot, moment: datetime) -> BacklogState | None:
    finished = [issue for issue in snapshot.history if not issue.is_open]
    there = [issue for issue in (*finished, *snapshot.issues) if was_open(issue, moment)]
    edits = snapshot.edits
    then = [points_at(issue, past, moment) if (past := edits.get(issue.id)) else issue.points for issue in there]
    items = tuple([(issue.key, points, n) for n, (issue, points) in enumerate(zip(there, then, strict=True))])
    return BacklogState(moment, items, replayed=True) if items else None


def _knows_past(snapshot: Snapshot) -> bool:
    edits = snapshot.edits
    return all(issue.id in edits for issue in snapshot.issues if issue.is_open)


def _moves(snapshot: Snapshot) -> Iterator[Moved]:
    """Every new rank that an open issue got."""
    for issue in snapshot.issues:
        for edit in snapshot.edits.get(issue.id, ()):
            if edit.field is EditField.RANK:
                yield issue.key, edit.at


def _movement_in(
    moves: Sequence[Moved], before: BacklogState, after: BacklogState, done: frozenset[str], far_move: float
) -> Movement:
    """The differences of two states; with a replayed one every move counts: how far it went is not known."""
    changes = movement(before, after, done, far_move=far_move)
    if not (before.replayed or after.replayed):
        return changes
    moved = {key for key, at in moves if before.at < at <= after.at} - done
    there = moved.intersection(key for key, _, _ in before.items).intersection(key for key, _, _ in after.items)
    return replace(changes, moved=len(there))


def sprint_length(teams: Iterable[Team]) -> float:
    """Calendar days from one sprint to the next: the median team's working days, five to a week."""
    return median([team.sprint_days for team in teams] or [10]) * DAYS_A_WEEK


def state_of(snapshot: Snapshot) -> BacklogState:
    """The backlog of a snapshot in the form that is stored for later runs: every open issue in order."""
    opened = [issue for issue in snapshot.issues if issue.is_open]
    return BacklogState(snapshot.taken_at, tuple([(i.key, i.points, place) for place, i in enumerate(opened)]))


def worked_off(snapshot: Snapshot) -> frozenset[str]:
    """Keys of issues that left the backlog by being done or started in a sprint, which is not churn."""
    issues, done, active = (*snapshot.history, *snapshot.issues), Category.DONE, active_sprints(snapshot)
    return frozenset([issue.key for issue in issues if issue.category is done or issue.sprint in active])


def movement(
    before: BacklogState, after: BacklogState, done: frozenset[str] = frozenset(), *, far_move: float = FAR_MOVE
) -> Movement:
    """The differences of two states; issues in `done` are left out, since working a backlog off is not churn.

    A first estimate is not a re-estimate. Places are compared among the issues that were in both.
    """
    then = {key: points for key, points, _ in before.items if key not in done}
    now = {key: points for key, points, _ in after.items if key not in done}
    stayed = [key for key in then if key in now]
    return Movement(
        size=len(before.items),
        added=len(now) - len(stayed),
        removed=len(then) - len(stayed),
        resized=len([key for key in stayed if then[key] != now[key] and then[key] is not None]),
        moved=_moved(stayed, [key for key in now if key in then], far_move),
    )


def _moved(then: Sequence[str], now: Sequence[str], far_move: float) -> int:
    """Issues whose place changed by this part of the list or more."""
    if then == now:
        return 0
    was = {key: place for place, key in enumerate(then)}
    far = max(2.0, far_move * len(then))  # in a short list every place shifts when one issue moves
    return sum(abs(place - was[key]) >= far for place, key in enumerate(now))


def _not_known(_: datetime) -> None:
    """What is replayed where the past of an open issue is not known."""


def _windows(
    replay: Callable[[datetime], BacklogState | None],
    states: Sequence[BacklogState],
    now: BacklogState,
    length: timedelta,
    sprints: int,
) -> Iterator[tuple[BacklogState, BacklogState]]:
    """The states at both ends of the last sprint lengths, as far back as there are some."""
    after = now
    for back in range(1, sprints + 1):
        moment = now.at - back * length
        before = _closest(states, moment, TOLERANCE * length) or replay(moment)
        if before is None:
            return
        yield before, after
        after = before


def _top_replaced(
    snapshot: Snapshot,
    states: Sequence[BacklogState],
    now: BacklogState,
    done: frozenset[str],
    back: Lookback,
    moves: Sequence[Moved] | None,
) -> float | None:
    """Share of the earlier top that is not there any more, finished and started work left out.

    Where no run saw the earlier top, it is the share of today's top that was created or moved since.
    """
    moment, today = now.at - timedelta(days=back.top_days), _top(now, done, back.top)
    before = _last_before(states, moment)
    if before is not None:
        then = _top(before, done, back.top)
        return len(then - today) / len(then) if then else None
    if not today or moves is None:
        return None
    came = {key for key, at in moves if at > moment}
    came |= {issue.key for issue in snapshot.issues if issue.created > moment}
    return len(today & came) / len(today)


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
