"""Issues that carry our labels and that a pull no longer brings: done, moved, or out of the backlog's query."""

from collections.abc import Mapping
from dataclasses import replace

import structlog

from rules.model import Issue, OwnMarks, Snapshot
from sync.errors import Forbidden
from sync.trackers.base import Tracker

log = structlog.get_logger()


def with_left(snapshot: Snapshot, memory: Mapping[str, OwnMarks], tracker: Tracker) -> Snapshot:
    """The snapshot with the issues that left it and may still carry our labels, read one by one.

    `memory` is what we know to be ours, by issue id. An issue that is deleted or hidden is left out.
    A pull that brings nothing changes nothing: a slip in the query must not take every label away.
    """
    if not snapshot.issues:
        return snapshot
    missing = sorted(issue for issue, marks in memory.items() if marks.labels and issue not in snapshot.by_id)
    issues = tuple(issue for issue_id in missing if (issue := _read(tracker, issue_id)) is not None)
    return replace(snapshot, left=(*snapshot.left, *issues))


def without_lost(snapshot: Snapshot, memory: Mapping[str, OwnMarks]) -> dict[str, OwnMarks]:
    """What to remember of issues with our labels that are deleted or hidden: that no label of ours is known there.

    A pull that brings nothing says nothing about them: what is known stays known.
    """
    if not snapshot.issues:
        return {}
    return {
        issue: replace(marks, labels=frozenset(), reasons=())
        for issue, marks in memory.items()
        if marks.labels and issue not in snapshot.by_id
    }


def _read(tracker: Tracker, issue: str) -> Issue | None:
    try:
        return tracker.read(issue)
    except Forbidden as error:
        log.warning("run.issue_not_read", issue=issue, why=str(error))
        return None
