"""When work on an issue began, and since when it is in its status, whatever the statuses are called."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from rules.history.replay import Edits
from rules.model import Category, EditField, Issue, Snapshot


def status_categories(snapshot: Snapshot) -> Mapping[str, Category]:
    """The category of each status by its id, as far as an issue that came into the status is still in it."""
    counts: dict[str, Counter[Category]] = {}
    for issue in snapshot.by_id.values():
        moves = [edit for edit in snapshot.edits.get(issue.id, ()) if edit.field is EditField.STATUS]
        if moves:
            counts.setdefault(moves[-1].after, Counter())[issue.category] += 1
    return {status: votes.most_common(1)[0][0] for status, votes in counts.items()}


def work_began(edits: Edits, categories: Mapping[str, Category]) -> datetime | None:
    """When the issue first came into a status of work in progress; `None` where that is not known."""
    moves = (edit for edit in edits if edit.field is EditField.STATUS)
    return next((edit.at for edit in moves if categories.get(edit.after) is Category.DOING), None)


def in_status_since(issue: Issue, edits: Edits) -> datetime:
    """When the issue came into its present status."""
    return max((edit.at for edit in edits if edit.field is EditField.STATUS), default=issue.created)
