"""The write loop guard: where another tool keeps undoing what readyline writes, readyline stops."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from rules.plan.changes import ChangePlan

MOST = 3
WINDOW = timedelta(hours=24)


def hold_contested(
    plan: ChangePlan, written: Mapping[tuple[str, str], int], spared: Collection[str] = ()
) -> ChangePlan:
    """The plan without issues on which one of our marks was written more than three times in a day.

    `written` counts, by issue id and mark, the writes of the last 24 hours. `spared` are the ids of issues with the
    hands-off label, from which our marks are removed all the same. Once enough writes are older than a day, the issue
    is written to again, so two tools that undo each other cost at most four writes a day.
    """
    contested = {issue: (mark, times) for (issue, mark), times in sorted(written.items()) if times > MOST}
    return plan.holding(
        {
            change: _why(*contested[change.issue])
            for change in plan.changes
            if change.issue in contested and change.issue not in spared
        }
    )


def _why(mark: str, times: int) -> str:
    return (
        f"paused: {mark} was written {times} times within 24 hours, so another tool keeps changing it; "
        "find that tool, or add the hands-off label"
    )
