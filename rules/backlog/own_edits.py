"""When people last changed an issue that readyline has written to since: our own edits do not count as activity.

A tracker keeps one date of the last change, and our labels and comments move it. So when we write, a fingerprint of
what people can change of an issue is remembered. While it stays the same and the date is that of our write, the earlier
date holds.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rules.history.touches import with_touches
from rules.model import Issue, Snapshot

SLACK = timedelta(hours=1)
"""How far the tracker's clock may be from ours; a later date is somebody's change that we cannot see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastHumanEdit:
    """An issue at our last write: fingerprint of its content, time of the last change by people, time of our write."""

    content: str
    at: datetime
    wrote: datetime


def content_of(issue: Issue, prefix: str) -> str:
    """A fingerprint of an issue's content without labels that begin with `prefix` and the sprint, which may be ours."""
    parts = (
        *(issue.title, issue.type, issue.status, issue.document, issue.acceptance, issue.priority, issue.points),
        *(issue.assignee, issue.reporter, issue.components, issue.versions, issue.environment, issue.parent),
        *(issue.subtasks, issue.flagged, issue.restricted, issue.attachments, issue.comments),
        sorted(label for label in issue.labels if not label.startswith(prefix)),
        sorted(issue.fields.items()),
        [(link.kind, link.key) for link in issue.links],
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()[:16]


def last_human_edit(issue: Issue, prefix: str, now: datetime) -> LastHumanEdit:
    """What to remember of an issue that is about to be written to."""
    return LastHumanEdit(content=content_of(issue, prefix), at=issue.last_human_edit, wrote=now)


def without_own_edits(snapshot: Snapshot, edits: Mapping[str, LastHumanEdit], prefix: str) -> Snapshot:
    """The snapshot with `human_updated` on issues whose last change was ours, or an app's; `edits` is by issue id."""

    def seen(issue: Issue) -> Issue:
        last = edits.get(issue.id)
        if last is None or issue.updated > last.wrote + SLACK or content_of(issue, prefix) != last.content:
            return issue
        return replace(issue, human_updated=min(last.at, issue.updated))

    issues, history = tuple(map(seen, snapshot.issues)), tuple(map(seen, snapshot.history))
    return with_touches(replace(snapshot, issues=issues, history=history))
