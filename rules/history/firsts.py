"""When an issue first got a place in the order that a person chose, and its first estimate."""

from collections.abc import Sequence
from datetime import datetime

from rules.model import Edit, EditField, Issue


def first_ranked(edits: Sequence[Edit]) -> datetime | None:
    """When a person first moved it in the order or put it into a sprint."""
    chosen = {EditField.RANK, EditField.SPRINT}
    return next((edit.at for edit in edits if edit.by_person and edit.field in chosen), None)


def first_estimated(issue: Issue, edits: Sequence[Edit]) -> datetime | None:
    """When it first had an estimate: one that no change gave was there from the beginning."""
    changes = [edit for edit in edits if edit.field is EditField.ESTIMATE]
    before = changes[0].before if changes else issue.points
    if before not in {None, ""}:
        return issue.created
    return next((edit.at for edit in changes if edit.after), None)
