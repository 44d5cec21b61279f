"""The loop guard: where something else keeps undoing what we write, we stop first (row F9)."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from rules.plan.changes import ChangePlan

MOST = 3
WINDOW = timedelta(hours=24)


def hold_contested(
    plan: ChangePlan, written: Mapping[tuple[str, str], int], spared: Collection[str] = ()
) -> ChangePlan:
    """The plan without the issues on which one mark of ours was written more than three times in a day.

    `written` counts, by issue id and mark, the writes of the last 24 hours. `spared` are the ids of issues that people
    want left alone: there our marks are taken off all the same. Once enough writes are older than a day, the issue is
    written to again, so two bots that fight cost at most four writes a day.
    """
    fought = {issue: (mark, times) for (issue, mark), times in sorted(written.items()) if times > MOST}
    return plan.holding(
        {
            change: _why(*fought[change.issue])
            for change in plan.changes
            if change.issue in fought and change.issue not in spared
        }
    )


def _why(mark: str, times: int) -> str:
    return (
        f"parked: {mark} was written {times} times within 24 hours, so something else keeps changing it; "
        "find out what, it is left alone until then"
    )
