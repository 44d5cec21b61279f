"""DEEP: detailed appropriately, estimated, emergent, prioritised; one letter a file, put together here."""

from collections.abc import Sequence

from rules.backlog.index import Backlog
from rules.deep.actions import best_actions
from rules.deep.model import BacklogState, Deep
from rules.deep.runway import TARGET
from rules.deep.scorecard import grade, picture
from rules.deep.view import Judge, View, build_view
from rules.verdict import Judgement

__all__ = ["score"]

SPRINTS = 3  # a pace from fewer says little
IMPUTED = 0.30  # of the sizes; more and the distances are mostly guessed


def score(
    backlog: Backlog,
    judgement: Judgement,
    judge: Judge,
    earlier: Sequence[BacklogState] = (),
    *,
    target: float = TARGET,
) -> Deep:
    """The DEEP picture of a snapshot, after section B of the planning note.

    `capacities` hold each team's range of points a sprint, `earlier` what former passes saw of the backlog (in any
    order), `target` the ready horizon in sprints. Pure: the same input gives the same picture.
    """
    view = build_view(backlog, judgement, judge, earlier)
    now = picture(view, target)
    return Deep(
        letters=now.letters,
        score=now.score,
        grade=grade(now.score),
        confidence=confidence(view),
        runways=now.runways,
        actions=best_actions(now, target),
    )


def confidence(view: View) -> str:
    """How much the score can be trusted: "good", or "low: " with every reason (B.5)."""
    reasons: list[str] = []
    if view.velocity is None:
        reasons.append("no velocity is known")
    velocities = view.backlog.velocities
    used = [capacity.used_sprints for capacity in view.capacities if capacity.team.name in velocities]
    if used and min(used) < SPRINTS:
        reasons.append(f"velocity rests on {min(used)} closed sprints")
    unknown = [capacity.team.name for capacity in view.capacities if capacity.team.name not in velocities]
    if view.velocity is not None and unknown:
        reasons.append(f"no velocity is known for {', '.join(unknown)}")
    imputed = sum(size.imputed for size in view.size.values())
    if view.size and imputed > IMPUTED * len(view.size):
        reasons.append(f"{imputed} of {len(view.size)} sizes are guessed")
    return f"low: {'; '.join(reasons)}" if reasons else "good"
