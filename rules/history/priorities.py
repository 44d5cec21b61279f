"""Whether somebody chose an issue's priority, or it still has the one that new issues get."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from rules.history.replay import edits_after
from rules.model import Edit, EditField, Issue, Priority, Snapshot, project_of

LEAST = 5
"""Fewer issues with a priority that nobody changed do not show which one new issues get."""


def usual_priorities(snapshot: Snapshot) -> Mapping[str, str]:
    """The priority that new issues get, by project: what more than half of those have whose priority nobody changed.

    Projects in which that is not known are missing.
    """
    names: dict[str, Counter[str]] = {}
    for issue in snapshot.by_key.values():
        edits = snapshot.edits.get(issue.id)
        if issue.priority is not None and edits is not None and not _changes(edits):
            names.setdefault(project_of(issue.key), Counter())[issue.priority.name] += 1
    common = {project: counts.most_common(1)[0] for project, counts in names.items() if counts.total() >= LEAST}
    return {project: name for project, (name, count) in common.items() if 2 * count > names[project].total()}


def was_chosen(issue: Issue, edits: Sequence[Edit], usual: Mapping[str, str]) -> bool:
    """Whether a person set the priority at any time, or it is not the usual one of the issue's project."""
    if any(edit.by_person for edit in _changes(edits)):
        return True
    return issue.priority is None or usual.get(project_of(issue.key)) != issue.priority.name


def priorities_by_id(snapshot: Snapshot) -> Mapping[str, Priority | None]:
    """What the ids in edits mean, learned from the issues that have them now; "" means none."""
    known: dict[str, Priority | None] = {"": None}
    for issue in snapshot.by_id.values():
        if changes := _changes(snapshot.edits.get(issue.id, ())):
            known[changes[-1].after] = issue.priority
    return known


def priority_id_at(edits: Sequence[Edit], moment: datetime) -> str | None:
    """The id of the priority at that moment, "" for none; `None` where it is still the one of today."""
    return next((edit.before for edit in edits_after(edits, EditField.PRIORITY, moment)), None)


def _changes(edits: Sequence[Edit]) -> list[Edit]:
    return [edit for edit in edits if edit.field is EditField.PRIORITY]
