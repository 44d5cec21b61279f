"""What a run would have read at an earlier moment, worked out from a later snapshot and the past of its issues.

Only what the past says is put back. Everything else is as in the later snapshot, and `unknown` names it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from rules.history.kept import labels_in
from rules.history.links import links_at, lost_a_link
from rules.history.priorities import priorities_by_id, priority_id_at
from rules.history.replay import Edits, points_at, sprints_at, was_open
from rules.history.texts import texts_at
from rules.history.touches import with_touches
from rules.model import (
    NO_MARKS,
    Category,
    Edit,
    EditField,
    Issue,
    Link,
    Priority,
    Snapshot,
    Sprint,
    SprintState,
)
from rules.wording import agreeing

ALWAYS = (
    "the order, in which issues that were finished since come first",
    "assignees, components and all other fields whose former values are not kept",
    "issues that were deleted since, or finished in none of the sprints that are read",
    "what people accepted or waived, and what readyline had written",
)
"""What no past says."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A snapshot of an earlier moment, and what is not known of it."""

    snapshot: Snapshot
    unknown: tuple[str, ...]


@dataclass(slots=True)
class _Names:
    """What the ids in edits mean, learned from the issues that have them now, and where that is not known."""

    statuses: dict[str, tuple[str, Category]] = field(default_factory=dict)
    priorities: Mapping[str, Priority | None] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)

    def miss(self, what: str) -> None:
        """Count an issue of which this is not known."""
        self.missing[what] = self.missing.get(what, 0) + 1


def rebuilt(later: Snapshot, moment: datetime) -> Rebuilt:
    """The snapshot at that moment, which is before that of `later`."""
    later = with_touches(later)
    names = _names(later)
    sprints = tuple(_sprint_at(sprint, moment) for sprint in later.sprints)
    states = {sprint.id: sprint.state for sprint in sprints}
    there = [issue for issue in later.by_id.values() if issue.created <= moment]
    then = {issue.id: _issue_at(issue, later.edits.get(issue.id), moment, states, names) for issue in there}
    finished = [issue for issue in later.history if not issue.is_open and was_open(issue, moment)]
    backlog = dict.fromkeys(issue.id for issue in (*finished, *later.issues) if issue.id in then)
    past = {number for number, state in states.items() if state is not SprintState.FUTURE}
    snapshot = replace(
        later,
        taken_at=moment,
        issues=tuple(then[number] for number in backlog),
        history=tuple(issue for issue in then.values() if past.intersection(issue.sprints)),
        left=(),
        sprints=sprints,
        edits={
            number: tuple(edit for edit in edits if edit.at <= moment)
            for number, edits in later.edits.items()
            if number in then
        },
    )
    missing = (f"{what} of {count} {agreeing(count, 'issue', 'issues')}" for what, count in names.missing.items())
    return Rebuilt(snapshot, (*ALWAYS, *missing))


def _names(later: Snapshot) -> _Names:
    keys = {issue.id: issue.key for issue in later.by_id.values()}
    names = _Names(keys=keys, priorities=priorities_by_id(later))
    for issue in later.by_id.values():
        last = {edit.field: edit.after for edit in later.edits.get(issue.id, ())}  # it gave what the issue has now
        if EditField.STATUS in last:
            names.statuses[last[EditField.STATUS]] = (issue.status, issue.category)
    return names


def _sprint_at(sprint: Sprint, moment: datetime) -> Sprint:
    end = sprint.completed or (sprint.end if sprint.state is SprintState.CLOSED else None)
    if end is not None and end <= moment:
        return sprint
    began = sprint.start is not None and sprint.start <= moment and sprint.state is not SprintState.FUTURE
    return replace(sprint, state=SprintState.ACTIVE if began else SprintState.FUTURE, completed=None)


def _issue_at(
    issue: Issue, edits: Edits | None, moment: datetime, states: Mapping[str, SprintState], names: _Names
) -> Issue:
    if edits is None:
        names.miss("the past")
        edits = ()
    issue = _text_at(issue, edits, moment, names)
    was = {edit.field: edit.before for edit in reversed(edits) if edit.at > moment}
    joined = sprints_at(issue, edits, moment)
    status, category = _status_at(issue, was, moment, names)
    touched = [edit for edit in edits if edit.at <= moment]
    return replace(
        issue,
        title=was.get(EditField.TITLE, issue.title),
        points=points_at(issue, edits, moment),
        labels=labels_in(was[EditField.LABELS]) if EditField.LABELS in was else issue.labels,
        parent=_parent_at(issue, was, names),
        sprints=tuple(sorted(joined)),
        sprint=next((number for number in sorted(joined) if states.get(number) is not SprintState.CLOSED), None),
        status=status,
        category=category,
        resolved=issue.resolved if issue.resolved is not None and issue.resolved <= moment else None,
        priority=_priority_at(issue, edits, moment, names),
        links=_links_at(issue, edits, moment, names),
        comments=tuple(comment for comment in issue.comments if comment.created <= moment),
        own_comments=(),
        marks=NO_MARKS,
        changed_by={},
        updated=max((issue.created, *(edit.at for edit in touched))),
        human_updated=max((issue.created, *(edit.at for edit in touched if edit.by_person))),
    )


def _text_at(issue: Issue, edits: Edits, moment: datetime, names: _Names) -> Issue:
    texts = texts_at(issue, edits, moment)
    if texts is None:
        names.miss("the text")
        return issue
    return replace(issue, document=texts[0], acceptance=texts[1])


def _status_at(issue: Issue, was: Mapping[EditField, str], moment: datetime, names: _Names) -> tuple[str, Category]:
    number = was.get(EditField.STATUS)
    if number is not None and number not in names.statuses:
        names.miss("the status")
    status, category = names.statuses.get(number or "", (issue.status, issue.category))
    return ("", Category.TODO) if category is Category.DONE and was_open(issue, moment) else (status, category)


def _priority_at(issue: Issue, edits: Edits, moment: datetime, names: _Names) -> Priority | None:
    number = priority_id_at(edits, moment)
    if number is not None and number not in names.priorities:
        names.miss("the priority")
    return issue.priority if number is None else names.priorities.get(number, issue.priority)


def _parent_at(issue: Issue, was: Mapping[EditField, str], names: _Names) -> str | None:
    number = was.get(EditField.PARENT)
    if number is None:
        return issue.parent
    if number and number not in names.keys:
        names.miss("the parent")
    return names.keys.get(number, number or None)


def _links_at(issue: Issue, edits: Sequence[Edit], moment: datetime, names: _Names) -> tuple[Link, ...]:
    if lost_a_link(edits, moment):
        names.miss("a removed link")
    return links_at(issue, edits, moment)
