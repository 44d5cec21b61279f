"""DEEP: detailed appropriately, estimated, emergent, prioritised; one letter a file, put together here."""

from collections.abc import Sequence

from rules.capacity.model import TeamCapacity
from rules.deep.actions import best_actions
from rules.deep.model import BacklogState, Deep
from rules.deep.runway import TARGET
from rules.deep.scorecard import grade, picture
from rules.deep.view import View, build_view
from rules.model import Snapshot
from rules.verdict import Judgement

__all__ = ["judge_backlog"]

SPRINTS = 3  # a pace from fewer says little
IMPUTED = 0.30  # of the sizes; more and the distances are mostly guessed


def judge_backlog(
    snapshot: Snapshot,
    judgement: Judgement,
    capacities: Sequence[TeamCapacity],
    earlier: Sequence[BacklogState] = (),
    *,
    target: float = TARGET,
) -> Deep:
    """The DEEP picture of a snapshot, after section B of the planning note.

    `capacities` hold each team's range of points a sprint, `earlier` what former passes saw of the backlog (in any
    order), `target` the ready horizon in sprints. Pure: the same input gives the same picture.
    """
    view = build_view(snapshot, judgement, capacities, earlier)
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
    if view.pace is None:
        reasons.append("no pace is known")
    used = [capacity.used_sprints for capacity in view.capacities if capacity.team.name in view.paces]
    if used and min(used) < SPRINTS:
        reasons.append(f"the pace rests on {min(used)} closed sprints")
    unknown = [capacity.team.name for capacity in view.capacities if capacity.team.name not in view.paces]
    if view.pace is not None and unknown:
        reasons.append(f"no pace is known for {', '.join(unknown)}")
    imputed = sum(size.imputed for size in view.size.values())
    if view.size and imputed > IMPUTED * len(view.size):
        reasons.append(f"{imputed} of {len(view.size)} sizes are guessed")
    return f"low: {'; '.join(reasons)}" if reasons else "good"
