"""The write loop guard: where somebody else keeps reversing what readyline writes, readyline stops."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.plan.changes import AddLabel, Change, ChangePlan, MoveToSprint, PutComment, RemoveLabel, mark_of
from rules.wording import many

MOST = 3
WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastWrite:
    """A write that succeeded: when, and whether it undid an earlier run."""

    at: datetime
    change: Change
    undoes: bool = False


def reversals(writes: Iterable[PastWrite], since: datetime) -> Counter[tuple[str, str]]:
    """How often each mark was written again after somebody else had reversed it, by issue id and mark.

    `writes` are in order. A write counts if it is later than `since` and sets what our last write of the same mark had
    set: in between somebody else took it back. That our own verdict changes, and a label with it, does not count.
    """
    left: dict[tuple[str, str], Change] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for write in writes:
        place = (write.change.issue, mark_of(write.change))
        before = left.get(place)
        if before is not None and write.at > since and not write.undoes and _is_again(write.change, before):
            counts[place] += 1
        left[place] = write.change
    return counts


def _is_again(change: Change, before: Change) -> bool:
    match change:
        case PutComment(comment=None):
            return isinstance(before, PutComment)
        case AddLabel() | RemoveLabel() | MoveToSprint():
            return type(change) is type(before)
        case _:
            return False  # an edit of our comment follows its findings


def hold_contested(
    plan: ChangePlan, reversed_marks: Mapping[tuple[str, str], int], spared: Collection[str] = ()
) -> ChangePlan:
    """The plan without issues on which somebody else reversed one of our marks more than three times in a day.

    `reversed_marks` counts, by issue id and mark, the writes of the last 24 hours that restored a reversed mark.
    `spared` are the ids of issues with the hands-off label, from which our marks are removed all the same. Once enough
    writes are older than a day, the issue is written to again, so two tools that undo each other cost few writes a day.
    """
    contested = {issue: (mark, times) for (issue, mark), times in sorted(reversed_marks.items()) if times > MOST}
    return plan.holding(
        {
            change: _why(*contested[change.issue])
            for change in plan.changes
            if change.issue in contested and change.issue not in spared
        }
    )


def _why(mark: str, times: int) -> str:
    return (
        f"paused: somebody other than readyline reversed {mark} {many(times, 'time')} within 24 hours; "
        "find who or which tool does so, or add the hands-off label"
    )
