"""When people last changed an issue, and since when it is done, as its past shows.

An app is not a person, and a new rank is a change as well.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rules.history.states import in_status_since
from rules.model import Edit, EditField, Issue, Snapshot

SLACK = timedelta(seconds=2)
"""How far the date of an issue's last change and that of its entry in the history may be apart."""


def with_touches(snapshot: Snapshot) -> Snapshot:
    """The snapshot with `human_updated` on issues that an app changed last, or that somebody moved later.

    Done issues without a date of resolution get `done_since`. Issues whose past is not known stay as they are.
    """

    def seen(issue: Issue) -> Issue:
        edits = snapshot.edits.get(issue.id)
        if not edits:
            return issue
        touched = _touched(issue, edits)
        if touched != issue.last_human_edit:
            issue = replace(issue, human_updated=touched)
        is_undated = not issue.is_open and issue.resolved is None
        return replace(issue, done_since=_done_since(issue, edits)) if is_undated else issue

    return replace(snapshot, issues=tuple(map(seen, snapshot.issues)), history=tuple(map(seen, snapshot.history)))


def _touched(issue: Issue, edits: Sequence[Edit]) -> datetime:
    by_people = [edit.at for edit in edits if edit.by_person]
    last = next((edit for edit in reversed(edits) if edit.field is not EditField.RANK), None)  # a rank moves no date
    is_by_app = last is not None and not last.by_person and abs(issue.updated - last.at) <= SLACK
    if issue.human_updated is None and is_by_app:
        return max((issue.created, *by_people, *(comment.created for comment in issue.comments)))
    return max((issue.last_human_edit, *by_people))


def _done_since(issue: Issue, edits: Sequence[Edit]) -> datetime | None:
    """When the issue came into its status; `None` where its past has no change of status."""
    since = in_status_since(issue, edits)
    return None if since == issue.created else since
