"""Net growth: whether more work comes into the backlog than leaves it."""

from datetime import datetime, timedelta

from rules.backlog.distance import sizes
from rules.deep.churn import GROWTH_SPRINTS, sprint_length
from rules.deep.view import View, usual_size
from rules.model import Kind, SprintState


def growth_of(view: View) -> float | None:
    """Points created less points finished or taken out, per sprint and over the pace; up to six sprints back (B.3, 5).

    Counted from the first closed sprint the snapshot knows, `None` where that is less than a sprint ago. What was taken
    out is known only from earlier passes.
    """
    starts = [s.start for s in view.snapshot.sprints if s.state is SprintState.CLOSED and s.start is not None]
    if view.pace is None or not starts or not view.finished:
        return None
    length = timedelta(days=sprint_length(view.snapshot.product.teams))
    since = max(min(starts), view.now - GROWTH_SPRINTS * length)
    if view.now - since < length:
        return None
    known = [i for i in view.snapshot.by_key.values() if i.kind is not Kind.EPIC]
    points = {key: size.points for key, size in sizes(known, view.finished).items()}
    created = sum(points[issue.key] for issue in known if issue.created >= since)
    closed = sum(points[i.key] for i in known if not i.is_open and (i.resolved or i.updated) >= since)
    return (created - closed - _gone(view, since)) / view.pace / ((view.now - since) / length)


def _gone(view: View, since: datetime) -> float:
    """Points of the issues that a pass since then saw and nobody sees any more."""
    usual = usual_size(view)
    return sum(usual if points is None else points for at, points in view.past.gone.values() if at >= since)
