"""The DEEP picture of a backlog, put together from the measures."""

from collections.abc import Sequence

from rules.backlog.index import Backlog
from rules.deep.actions import best_actions
from rules.deep.measure import Measures
from rules.deep.measures import DEFAULTS
from rules.deep.model import BacklogState, Deep
from rules.deep.scorecard import build_view, grade, picture
from rules.deep.view import HORIZON, Judge, View
from rules.verdict import Judgement
from rules.wording import agreeing_of, many

__all__ = ["score"]

SPRINTS = 3
"""A velocity from fewer closed sprints says little."""
IMPUTED = 0.30
"""Of the sizes; if more are imputed, the distances are mostly guessed."""


def score(
    backlog: Backlog,
    judgement: Judgement,
    judge: Judge,
    earlier: Sequence[BacklogState] = (),
    *,
    target: float = HORIZON,
    measures: Measures = DEFAULTS,
) -> Deep:
    """The DEEP picture of a backlog; the formulas are on the measures' pages and in docs/deep.md.

    `earlier` holds what former runs saw of the backlog, in any order. `target` is the ready horizon in sprints, and
    `measures` are the options to measure by. Pure: the same input gives the same picture.
    """
    view = build_view(backlog, judgement, judge, earlier, measures, target)
    now = picture(view)
    return Deep(
        letters=now.letters,
        score=now.score,
        grade=grade(now.score),
        confidence=confidence(view),
        runways=now.runways,
        actions=best_actions(now),
    )


def confidence(view: View) -> str:
    """How much the score can be trusted: "good", or "low: " with every reason."""
    reasons: list[str] = []
    if view.velocity is None:
        reasons.append("no velocity is known")
    velocities = view.backlog.velocities
    used = [capacity.used_sprints for capacity in view.capacities if capacity.team.name in velocities]
    if used and min(used) < SPRINTS:
        reasons.append(f"velocity rests on {many(min(used), 'closed sprint')}")
    unknown = [capacity.team.name for capacity in view.capacities if capacity.team.name not in velocities]
    if view.velocity is not None and unknown:
        reasons.append(f"no velocity is known for {', '.join(unknown)}")
    imputed = sum(size.imputed for size in view.size.values())
    if view.size and imputed > IMPUTED * len(view.size):
        are = agreeing_of(imputed, len(view.size), "is", "are")
        reasons.append(f"{imputed} of {many(len(view.size), 'size')} {are} guessed")
    return f"low: {'; '.join(reasons)}" if reasons else "good"
