"""When people last changed an issue, as its past shows: an app is not a person, and a new rank is a change as well."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rules.model import Edit, Issue, Snapshot

SLACK = timedelta(seconds=2)
"""How far the date of an issue's last change and that of its entry in the history may be apart."""


def with_touches(snapshot: Snapshot) -> Snapshot:
    """The snapshot with `human_updated` on issues that an app changed last, or that somebody moved later.

    Issues whose past is not known stay as they are.
    """

    def seen(issue: Issue) -> Issue:
        touched = _touched(issue, snapshot.edits.get(issue.id, ()))
        return issue if touched == issue.last_human_edit else replace(issue, human_updated=touched)

    return replace(snapshot, issues=tuple(map(seen, snapshot.issues)), history=tuple(map(seen, snapshot.history)))


def _touched(issue: Issue, edits: Sequence[Edit]) -> datetime:
    if not edits:
        return issue.last_human_edit
    by_people = [edit.at for edit in edits if edit.by_person]
    last = edits[-1]
    if issue.human_updated is None and not last.by_person and abs(issue.updated - last.at) <= SLACK:
        return max((issue.created, *by_people, *(comment.created for comment in issue.comments)))
    return max((issue.last_human_edit, *by_people))
