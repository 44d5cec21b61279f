"""The links of an issue at an earlier moment, and the issues at their other end as they were then."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rules.history.replay import edits_after, sprints_at, was_open
from rules.model import Category, Edit, EditField, Issue, Link, Snapshot


def links_at(issue: Issue, edits: Sequence[Edit], moment: datetime) -> tuple[Link, ...]:
    """The links of today that were there at that moment."""
    added = {edit.after for edit in edits_after(edits, EditField.LINKS, moment)}
    return tuple(link for link in issue.links if link.key not in added)


def lost_a_link(edits: Sequence[Edit], moment: datetime) -> bool:
    """Whether a link was removed since, of which only the key is known."""
    return any(edit.before for edit in edits_after(edits, EditField.LINKS, moment))


def linked_at(links: Sequence[Link], moment: datetime, snapshot: Snapshot) -> tuple[Issue, ...] | None:
    """The linked issues of the snapshot as they were then, open or done and in their sprint; without links of theirs.

    `None` where that is not known of one. An issue that the snapshot does not hold was open if it still is.
    """
    known: list[Issue] = []
    for link in links:
        issue = snapshot.by_key.get(link.key)
        then = None if issue is None else _then(issue, moment, snapshot)
        if then is not None:
            known.append(then)
        elif issue is not None or link.category is Category.DONE:
            return None
    return tuple(known)


def _then(issue: Issue, moment: datetime, snapshot: Snapshot) -> Issue | None:
    """An issue as it was, as far as that matters to those that depend on it; `None` where its past is not known."""
    if not was_open(issue, moment):
        return replace(issue, category=Category.DONE, links=())
    edits = snapshot.edits.get(issue.id)
    if edits is None:
        return None
    boxes = {number: snapshot.sprint_by_id.get(number) for number in sorted(sprints_at(issue, edits, moment))}
    inside = (number for number, box in boxes.items() if box is None or box.completed is None or box.completed > moment)
    return replace(issue, category=Category.TODO, sprint=next(inside, None), links=())
