"""E, emergent: the backlog changes steadily, is looked after everywhere, and does not grow without end."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import mean

from rules.deep.churn import GROWTH_SPRINTS, sprint_length
from rules.deep.model import BacklogState, Letter, Measure
from rules.deep.scoring import band, clip, letter_score, share, when
from rules.deep.view import FAR, NEAR, View
from rules.model import Issue, Kind, SprintState
from rules.workdays import is_worked, working_days_before

FRESH_NEAR = timedelta(days=45)
FRESH_MID = timedelta(days=120)  # also where no pace tells how far away an issue is
FRESH_FAR = timedelta(days=365)
FROZEN = timedelta(days=30)
CHURNING = 0.40  # share of the top 20 replaced within a week
DEAD = 12.0  # sprints away; an old issue beyond may never come
MONTH = 365.25 / 12
NAMED = 10
LATE_DAYS = 3  # working days before planning in which the next sprint's work should be settled


def emergent(view: View) -> Letter:
    """Em = 100 (0.25 churn + 0.15 s_late + 0.30 (1 - stale) + 0.20 depth + 0.10 growth), after B.3 of the note.

    Churn and late churn need what earlier passes saw; without them they are dropped. Staleness goes by the tracker's
    date of the last change, the only one it gives for free.
    """
    moves = view.past.windows
    churn = mean(window.share for window in moves) if moves else None
    late, latecomers = late_churn(view)
    old = stale(view)
    aged = share(len(old), len(view.issues))
    depth = _depth(view)
    growth = growth_of(view)
    score = letter_score(
        (
            (0.25, when(churn, lambda part: band(part, (0.0, 0.05, 0.30, 0.80), floor=0.3))),
            (0.15, when(late, lambda part: 1.0 - clip(part / 0.3))),
            (0.30, when(aged, lambda part: 1.0 - part)),
            (0.20, when(depth, lambda sprints: band(sprints, (0.0, 2.0, 12.0, 52.0), floor=0.0))),
            (0.10, when(growth, lambda pace: 1.0 - clip((abs(pace) - 0.25) / 0.75))),
        )
    )
    measures = (
        _churn_measure(churn, len(moves)),
        _frozen_measure(view),
        _churning_measure(view),
        _late_measure(late, latecomers),
        _stale_measure(view, old, aged),
        _fresh_measure(view),
        _depth_measure(view, depth),
        _dead_measure(view, old),
        _growth_measure(growth),
    )
    return Letter("Emergent", score, measures)


def stale(view: View) -> list[Issue]:
    """The issues untouched for longer than their place allows: 45 days near, 120 in the middle, 365 far (B.3, 3)."""
    return [issue for issue in view.issues if view.now - issue.last_human_edit > _allowed(view.away.get(issue.key))]


def dead_weight(view: View, old: Sequence[Issue]) -> list[Issue]:
    """Stale issues more than twelve sprints away, the longest untouched first (B.3, 4)."""
    return sorted((i for i in old if view.away.get(i.key, 0.0) > DEAD), key=lambda i: (i.last_human_edit, i.key))


def _allowed(away: float | None) -> timedelta:
    if away is None:
        return FRESH_MID
    if away < NEAR:
        return FRESH_NEAR
    return FRESH_MID if away < FAR else FRESH_FAR


def _depth(view: View) -> float | None:
    return None if view.velocity is None else sum(size.points for size in view.size.values()) / view.velocity


def late_churn(view: View) -> tuple[float | None, list[str]]:
    """Share of the next sprint's points that came up in the last three working days before planning, and their keys.

    Planning is at the next sprint's start. `None` before those three days, and where no run saw the backlog then.
    """
    cutoff = _cutoff(view)
    before = view.past.last_before(cutoff) if cutoff is not None and cutoff < view.now else None
    if before is None or view.velocity is None:
        return None, []
    then = _next_sprint_then(view, before)
    zone = view.within(0.0, 1.0)
    came = [issue.key for issue in zone if issue.key not in then]
    points = sum(view.size[issue.key].points for issue in zone)
    return share(sum(view.size[key].points for key in came), points), came


def _cutoff(view: View) -> datetime | None:
    """The moment of the earliest coming planning, so many working days of that team earlier."""
    planned = [(c.sprint.start, c.team) for c in view.capacities if c.sprint is not None and c.sprint.start is not None]
    start, team = min(
        (one for one in planned if one[0] >= view.now), key=lambda one: (one[0], one[1].name), default=(None, None)
    )
    if start is None or team is None:
        return None
    day = working_days_before(start.date(), LATE_DAYS, lambda day: is_worked(team, day, {}))
    return datetime.combine(day, start.timetz())


def _next_sprint_then(view: View, state: BacklogState) -> set[str]:
    """What was less than one sprint away then, without what was worked off since."""
    zone: set[str] = set()
    above = 0.0
    for key, points, _ in state.items:
        if key in view.past.worked_off or (key not in view.size and key in view.snapshot.by_key):
            continue  # started, finished, or without a size of its own
        if view.velocity is None or above / view.velocity >= 1.0:
            break
        zone.add(key)
        above += view.size[key].points if key in view.size else (view.usual_size if points is None else points)
    return zone


def growth_of(view: View) -> float | None:
    """Net growth: points created less points finished or removed, per sprint, over velocity; up to six sprints back.

    Counted from the first closed sprint the snapshot knows, `None` where that is less than a sprint ago. What was
    removed is known only from earlier runs.
    """
    starts = [s.start for s in view.snapshot.sprints if s.state is SprintState.CLOSED and s.start is not None]
    if view.velocity is None or not starts or not view.backlog.finished:
        return None
    length = timedelta(days=sprint_length(view.snapshot.product.teams))
    since = max(min(starts), view.now - GROWTH_SPRINTS * length)
    if view.now - since < length:
        return None
    known = [issue for issue in view.snapshot.by_key.values() if issue.kind is not Kind.EPIC]
    points = view.backlog.sizes
    created = sum(points[issue.key].points for issue in known if issue.created >= since)
    closed = sum(points[i.key].points for i in known if not i.is_open and (i.resolved or i.updated) >= since)
    return (created - closed - _removed(view, since)) / view.velocity / ((view.now - since) / length)


def _removed(view: View, since: datetime) -> float:
    """Points of the issues that a run since then saw and that are gone now."""
    gone = view.past.gone.values()
    return sum(view.usual_size if points is None else points for at, points in gone if at >= since)


def _churn_measure(churn: float | None, seen: int) -> Measure:
    if churn is None:
        return Measure("churn", None, "%", "No pass is a sprint old yet, so churn cannot be told.")
    what = "steady" if 0.05 <= churn <= 0.30 else "hardly any" if churn < 0.05 else "too much to plan with"
    text = f"{100 * churn:.0f} % of the backlog changed in a sprint (over {seen}): {what}."
    return Measure("churn", 100 * churn, "%", text)


def _frozen_measure(view: View) -> Measure:
    if not view.issues:
        return Measure("last change", None, "days", "The backlog is empty.")
    last = max(max(issue.last_human_edit, issue.created) for issue in view.issues).date()
    days = max(0, (view.now.date() - last).days)
    if days > FROZEN.days and not view.past.moved_lately:
        told = f"The backlog is frozen: no addition or change for {days} days."
    else:
        told = f"The last change to any issue was on {last.isoformat()}."
    return Measure("last change", float(days), "days", told)


def _churning_measure(view: View) -> Measure:
    part = view.past.top_replaced
    if part is None:
        return Measure("top replaced", None, "%", "No pass is a week old yet, so the top's changes cannot be told.")
    verdict = "the backlog is churning" if part > CHURNING else "the top is steady enough"
    return Measure(
        "top replaced", 100 * part, "%", f"{100 * part:.0f} % of last week's top 20 were replaced: {verdict}."
    )


def _late_measure(late: float | None, latecomers: Sequence[str]) -> Measure:
    if late is None:
        return Measure(
            "late churn", None, "%", "Told in the last three working days before planning, from earlier passes."
        )
    text = f"{100 * late:.0f} % of the next sprint's work came up in the last three working days before planning."
    return Measure("late churn", 100 * late, "%", text, tuple(latecomers[:NAMED]))


def _stale_measure(view: View, old: Sequence[Issue], aged: float | None) -> Measure:
    if aged is None:
        return Measure("stale", None, "%", "The backlog is empty.")
    text = f"{len(old)} of {len(view.issues)} issues were not touched for longer than their place allows."
    return Measure("stale", 100 * aged, "%", text, tuple(issue.key for issue in old[:NAMED]))


def _fresh_measure(view: View) -> Measure:
    horizon = view.within(0.0, 3.0)
    if not horizon:
        return Measure("fresh", None, "%", "No issue is known to be within three sprints.")
    fresh = sum(view.now - issue.last_human_edit <= FRESH_NEAR for issue in horizon)
    text = f"{fresh} of {len(horizon)} issues within three sprints changed in the last 45 days."
    return Measure("fresh", 100 * fresh / len(horizon), "%", text)


def _depth_measure(view: View, depth: float | None) -> Measure:
    if depth is None:
        return Measure("depth", None, "sprints", "No pace is known, so how long the backlog would last cannot be told.")
    months = depth * sprint_length(view.snapshot.product.teams) / MONTH
    verdict = ": more than can be looked after" if months > 12 else ""
    text = f"The whole backlog is {depth:.1f} sprints of work, about {months:.0f} months{verdict}."
    return Measure("depth", depth, "sprints", text)


def _dead_measure(view: View, old: Sequence[Issue]) -> Measure:
    dead = dead_weight(view, old)
    if not dead:
        return Measure("dead weight", 0.0, "issues", "No stale issue is more than twelve sprints away.")
    oldest = dead[0]
    text = (
        f"{len(dead)} stale issues are more than twelve sprints away: keep or remove? Longest untouched is "
        f"{oldest.key}, since {oldest.last_human_edit.date().isoformat()}, "
        f"with {oldest.watchers} watchers and {len(oldest.links)} links."
    )
    return Measure("dead weight", float(len(dead)), "issues", text, tuple(issue.key for issue in dead[:NAMED]))


def _growth_measure(growth: float | None) -> Measure:
    if growth is None:
        return Measure("growth", None, "sprints", "No pace or no finished sprint, so growth cannot be told.")
    verdict = (
        "it is steady" if abs(growth) <= 0.25 else "it grows without end" if growth > 0.5 else "it is changing size"
    )
    text = f"The backlog grows by {growth:+.2f} sprints of work in each sprint: {verdict}."
    return Measure("growth", growth, "sprints", text)
