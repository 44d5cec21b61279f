"""The kinds of change, the plan that holds them, and the plan's power to refuse itself.

A plan is the difference between what a tracker bears and what it should bear, held as a value: it can be shown,
compared by its digest, refused, and only then carried out.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from rules.model import OwnMarks
from rules.plan.comment import CommentBody
from rules.plan.policy import Limits

COMMENT, SPRINT = "comment", "sprint"  # the marks that are no labels
MOVES_A_REQUEST = 50  # POST /rest/agile/1.0/sprint/{id}/issue takes at most 50 issues


@dataclass(frozen=True, slots=True, kw_only=True)
class AddLabel:
    """Put one of our labels on an issue; `reason` is the fingerprint of what it rests on."""

    issue: str
    key: str
    label: str
    why: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLabel:
    """Take one of our labels off an issue."""

    issue: str
    key: str
    label: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutComment:
    """Write our one comment, or change what it says; `comment` is its id where it is known.

    `reason` is how bad things are ("must"): a comment that a person deletes stays away while that is the same.
    """

    issue: str
    key: str
    note: CommentBody
    why: str
    comment: str | None = None
    reason: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToBacklog:
    """Take an issue out of the future sprint we put it into; only taking back a run asks for it.

    `sprint` is where it must still be for the change to hold.
    """

    issue: str
    key: str
    sprint: str
    why: str


Change = AddLabel | RemoveLabel | PutComment | DeleteComment | MoveToSprint | MoveToBacklog

KINDS: dict[type[Change], str] = {
    AddLabel: "add-label",
    RemoveLabel: "remove-label",
    PutComment: "put-comment",
    DeleteComment: "delete-comment",
    MoveToSprint: "move-to-sprint",
    MoveToBacklog: "move-to-backlog",
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
        case MoveToSprint(sprint=sprint) | MoveToBacklog(sprint=sprint):
            return sprint


def mark_of(change: Change) -> str:
    """Name the mark a change sets or takes away: the label, "comment" or "sprint"."""
    match change:
        case AddLabel(label=label) | RemoveLabel(label=label):
            return label
        case PutComment() | DeleteComment():
            return COMMENT
        case MoveToSprint() | MoveToBacklog():
            return SPRINT


def as_data(change: Change) -> dict[str, str]:
    """The change as plain data, as every JSON output holds it."""
    return {"kind": kind_of(change), "issue": change.key, "value": value_of(change), "why": change.why}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAsIs:
    """Something that is left as it is, because a person decided so or because it has to wait: said in the report."""

    key: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlan:
    """The ordered changes of one pass.

    `in_scope` is the number of issues that were looked at. `marks` is, by issue id, what is known to be ours
    before the first change: what we last wrote, less what people have taken away since. `held` are changes that
    should be made and have to wait; why is said in `standing`.
    """

    changes: tuple[Change, ...] = ()
    standing: tuple[LeftAsIs, ...] = ()
    in_scope: int = 0
    marks: Mapping[str, OwnMarks] = field(default_factory=dict)
    held: tuple[Change, ...] = ()

    def holding(self, held: Mapping[Change, str]) -> "ChangePlan":
        """The plan without these changes, each of which has to wait for the reason given with it."""
        waiting = tuple(change for change in self.changes if change in held)
        told = (LeftAsIs(key=change.key, what=mark_of(change), why=held[change]) for change in waiting)
        return replace(
            self,
            changes=tuple(change for change in self.changes if change not in held),
            standing=(*self.standing, *told),
            held=(*self.held, *waiting),
        )

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
        case MoveToBacklog():
            return ("backlog", change.sprint)


class UnsafePlan(Exception):
    """A plan that is too big to be carried out unseen; the sentence names the number, the limit and the option."""


def guard(plan: ChangePlan, limits: Limits) -> None:
    """Refuse the plan as a whole, before its first write, when it passes a limit.

    Raises `UnsafePlan`. A limit that is met exactly still passes.
    """
    count, touched = len(plan.changes), len(plan.touched)
    if count > limits.changes:
        raise UnsafePlan(
            f"the plan holds {count} changes and [write_back.limits] max_changes allows {limits.changes}: "
            "nothing was written; look at the plan, then raise the limit for this run if it is right"
        )
    if touched and touched > limits.share * plan.in_scope:
        raise UnsafePlan(
            f"the plan touches {touched} of {plan.in_scope} issues ({touched / max(plan.in_scope, 1):.0%}) and "
            f"[write_back.limits] max_share allows {limits.share:.0%}: nothing was written; look at the plan, "
            "then raise the limit for this run if it is right"
        )
