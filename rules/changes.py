"""The kinds of change, the plan that holds them, and the plan's power to refuse itself.

A plan is the difference between what a tracker bears and what it should bear, held as a value: it can be shown,
compared by its digest, refused, and only then carried out.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rules.note import Note

MOVES_A_REQUEST = 50  # POST /rest/agile/1.0/sprint/{id}/issue takes at most 50 issues


@dataclass(frozen=True, slots=True, kw_only=True)
class AddLabel:
    """Put one of our labels on an issue."""

    issue: str
    key: str
    label: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLabel:
    """Take one of our labels off an issue."""

    issue: str
    key: str
    label: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutComment:
    """Write our one comment, or change what it says; `comment` is its id where it is known."""

    issue: str
    key: str
    note: Note
    why: str
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteComment:
    """Take our comment away."""

    issue: str
    key: str
    comment: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToSprint:
    """Put an issue that is in no sprint into a future one."""

    issue: str
    key: str
    sprint: str
    why: str


Change = AddLabel | RemoveLabel | PutComment | DeleteComment | MoveToSprint

KINDS: dict[type[Change], str] = {
    AddLabel: "add-label",
    RemoveLabel: "remove-label",
    PutComment: "put-comment",
    DeleteComment: "delete-comment",
    MoveToSprint: "move-to-sprint",
}


def kind_of(change: Change) -> str:
    """The change's kind as it is written in every output."""
    return KINDS[type(change)]


def value_of(change: Change) -> str:
    """What the change writes, as plain data: a label, the digest of a note, a comment's id, a sprint's id."""
    match change:
        case AddLabel(label=label) | RemoveLabel(label=label):
            return label
        case PutComment(note=note):
            return note.digest
        case DeleteComment(comment=comment):
            return comment
        case MoveToSprint(sprint=sprint):
            return sprint


def as_data(change: Change) -> dict[str, str]:
    """The change as plain data, as every JSON output holds it."""
    return {"kind": kind_of(change), "issue": change.key, "value": value_of(change), "why": change.why}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Something a person decided against us: said in the report, and left as it is."""

    key: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlan:
    """The ordered changes of one pass. `in_scope` is the number of issues that were looked at."""

    changes: tuple[Change, ...] = ()
    standing: tuple[Standing, ...] = ()
    in_scope: int = 0

    @property
    def digest(self) -> str:
        """A name for exactly these changes; what was reviewed under it is what may be applied."""
        rows = [[kind_of(change), change.issue, value_of(change)] for change in self.changes]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]

    @property
    def touched(self) -> frozenset[str]:
        """The keys of the issues it would write to."""
        return frozenset(change.key for change in self.changes)


def batches(plan: ChangePlan) -> Iterator[tuple[Change, ...]]:
    """The plan cut into what goes to the tracker in one request each, in order.

    All labels of one issue go together (two calls raced inside Jira and brought a removed label back), a
    comment goes alone, and moves into one sprint go fifty at a time.
    """
    for _, group in groupby(plan.changes, key=_request):
        together = tuple(group)
        for first in range(0, len(together), MOVES_A_REQUEST):
            yield together[first : first + MOVES_A_REQUEST]


def _request(change: Change) -> tuple[str, str]:
    match change:
        case AddLabel() | RemoveLabel():
            return ("labels", change.issue)
        case PutComment() | DeleteComment():
            return ("comment", change.issue)
        case MoveToSprint():
            return ("sprint", change.sprint)
