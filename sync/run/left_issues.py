"""Issues that carry our labels and that a pull no longer brings: done, moved, or out of the backlog's query.

An issue whose only label of ours is that of released issues is not among them: this label stays where it is.
"""

from collections.abc import Mapping
from dataclasses import replace

from rules.model import Issue, OwnMarks, Snapshot
from sync.errors import Forbidden
from sync.logs import get_logger
from sync.trackers.base import Tracker

log = get_logger()


def with_left(snapshot: Snapshot, memory: Mapping[str, OwnMarks], tracker: Tracker, *, stays: str) -> Snapshot:
    """The snapshot with the issues that left it and may still carry our labels, read one by one.

    `memory` is what we know to be ours, by issue id; `stays` is the label of released issues. An issue that is deleted
    or hidden is left out.
    """
    read = (_read(tracker, issue_id) for issue_id in sorted(_missing(snapshot, memory, stays)))
    return replace(snapshot, left=(*snapshot.left, *(issue for issue in read if issue is not None)))


def without_lost(snapshot: Snapshot, memory: Mapping[str, OwnMarks], *, stays: str) -> dict[str, OwnMarks]:
    """What to remember of issues with our labels that are deleted or hidden: that no label of ours is known there."""
    return {
        issue_id: replace(marks, labels=frozenset(), reasons=())
        for issue_id, marks in _missing(snapshot, memory, stays).items()
    }


def _missing(snapshot: Snapshot, memory: Mapping[str, OwnMarks], stays: str) -> Mapping[str, OwnMarks]:
    """What is ours on issues with our labels that the snapshot does not hold.

    Empty where the pull brought nothing: a slip in the query must not take every label away.
    """
    if not snapshot.issues:
        return {}
    return {issue: marks for issue, marks in memory.items() if marks.labels - {stays} and issue not in snapshot.by_id}


def _read(tracker: Tracker, issue: str) -> Issue | None:
    try:
        return tracker.read(issue)
    except Forbidden as error:
        log.warning("run.issue_not_read", issue=issue, why=str(error))
        return None
