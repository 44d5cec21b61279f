"""What an issue was at an earlier moment: what it is today, with every later edit reversed.

Our own edits are not among the edits. They change labels and the sprint only, so these two may differ where we wrote.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from rules.model import Edit, EditField, Issue, Snapshot

Edits = Sequence[Edit]
"""The past changes of one issue, in time order."""


def points_at(issue: Issue, edits: Edits, moment: datetime) -> float | None:
    """The estimate at that moment, `None` without one."""
    for edit in edits:
        if edit.field is EditField.ESTIMATE and edit.at > moment:
            return _number(edit.before)
    return issue.points


def size_from(issue: Issue, edits: Edits, moment: datetime) -> float | None:
    """The estimate at that moment, or where there was none yet, the first one after it."""
    later = (_number(edit.after) for edit in edits_after(edits, EditField.ESTIMATE, moment))
    estimates = (points_at(issue, edits, moment), *later)
    return next((points for points in estimates if points is not None), None)


def sprint_members(snapshot: Snapshot) -> Mapping[str, Sequence[Issue]]:
    """By sprint id the issues that are in it or were, as far as their past is known."""
    members: dict[str, list[Issue]] = {}
    for issue in snapshot.by_id.values():
        edits = snapshot.edits.get(issue.id, ())
        if not edits and not issue.sprints:
            continue
        ids = set(issue.sprints)
        for edit in edits:
            if edit.field is EditField.SPRINT:
                ids.update(_ids(edit.before), _ids(edit.after))
        for sprint in ids:
            members.setdefault(sprint, []).append(issue)
    return members


def sprints_at(issue: Issue, edits: Edits, moment: datetime) -> frozenset[str]:
    """The ids of the sprints the issue was in up to that moment."""
    edit = next(edits_after(edits, EditField.SPRINT, moment), None)
    return frozenset(issue.sprints if edit is None else _ids(edit.before))


def joined_at(issue: Issue, edits: Edits, sprint: str, moment: datetime) -> datetime:
    """When the issue came into the sprint, but not before the moment; the moment where that is not known."""
    if sprint in sprints_at(issue, edits, moment):
        return moment
    later = edits_after(edits, EditField.SPRINT, moment)
    return next((edit.at for edit in later if sprint in _ids(edit.after)), moment)


def was_open(issue: Issue, moment: datetime) -> bool:
    """Whether the issue was there and not done. One that was opened again counts as never done."""
    return issue.created <= moment and (issue.is_open or issue.finished_at > moment)


def estimated_at(issue: Issue, edits: Edits) -> datetime:
    """When the present estimate was given: at the last edit of it, or when the issue was created."""
    return max((edit.at for edit in edits if edit.field is EditField.ESTIMATE), default=issue.created)


def edits_after(edits: Edits, field: EditField, moment: datetime) -> Iterator[Edit]:
    """The edits of one field after the moment."""
    return (edit for edit in edits if edit.field is field and edit.at > moment)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _ids(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
