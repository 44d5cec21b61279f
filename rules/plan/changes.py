"""The kinds of change, and the plan that holds them.

A plan is the difference between what is on the tracker and what should be there, as a value: it can be shown,
compared by its digest and refused before it is applied. Every change has a reason (`why`) and `grounds`, the rules
behind it. These are for the journal: two changes that write the same for the same reason are equal.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from rules.model import OwnMarks
from rules.plan.comment import CommentBody
from rules.plan.grounds import Ground
from rules.plan.page_body import PageBody

COMMENT, SPRINT, PAGE = "comment", "sprint", "page"  # the marks other than labels
MOVES_A_REQUEST = 50  # POST /rest/agile/1.0/sprint/{id}/issue takes at most 50 issues


@dataclass(frozen=True, slots=True, kw_only=True)
class AddLabel:
    """Add one of our labels to an issue; `reason` is the fingerprint of the findings behind it."""

    issue: str
    key: str
    label: str
    why: str
    reason: str = ""
    grounds: tuple[Ground, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLabel:
    """Remove one of our labels from an issue."""

    issue: str
    key: str
    label: str
    why: str
    grounds: tuple[Ground, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PutComment:
    """Write our comment on an issue, or edit it; `comment` is its id where it is known.

    `reason` is the level of its findings ("must"). A comment that a person deletes is not written again for it.
    """

    issue: str
    key: str
    note: CommentBody
    why: str
    comment: str | None = None
    reason: str = ""
    grounds: tuple[Ground, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteComment:
    """Delete our comment."""

    issue: str
    key: str
    comment: str
    why: str
    grounds: tuple[Ground, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToSprint:
    """Move an issue that is in no sprint into a future one."""

    issue: str
    key: str
    sprint: str
    why: str
    grounds: tuple[Ground, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToBacklog:
    """Move an issue out of the future sprint that readyline moved it into; only undo does this.

    `sprint` is the sprint it must still be in.
    """

    issue: str
    key: str
    sprint: str
    why: str
    grounds: tuple[Ground, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PutPage:
    """Write our part of the living page, or remove it: the description of the one issue that people named for that."""

    issue: str
    key: str
    page: PageBody
    why: str
    grounds: tuple[Ground, ...] = field(default=(), compare=False)


Change = AddLabel | RemoveLabel | PutComment | DeleteComment | MoveToSprint | MoveToBacklog | PutPage

KINDS: dict[type[Change], str] = {
    AddLabel: "add-label",
    RemoveLabel: "remove-label",
    PutComment: "put-comment",
    DeleteComment: "delete-comment",
    MoveToSprint: "move-to-sprint",
    MoveToBacklog: "move-to-backlog",
    PutPage: "put-page",
}


def kind_of(change: Change) -> str:
    """The kind of a change, as every output spells it."""
    return KINDS[type(change)]


def value_of(change: Change) -> str:
    """What a change writes, as plain data: a label, the digest of a comment or page, a comment's or sprint's id."""
    match change:
        case AddLabel(label=label) | RemoveLabel(label=label):
            return label
        case PutComment(note=note):
            return note.digest
        case DeleteComment(comment=comment):
            return comment
        case MoveToSprint(sprint=sprint) | MoveToBacklog(sprint=sprint):
            return sprint
        case PutPage(page=page):
            return page.digest


def mark_of(change: Change) -> str:
    """The mark that a change sets or removes: the label, "comment", "sprint" or "page"."""
    match change:
        case AddLabel(label=label) | RemoveLabel(label=label):
            return label
        case PutComment() | DeleteComment():
            return COMMENT
        case MoveToSprint() | MoveToBacklog():
            return SPRINT
        case PutPage():
            return PAGE


def identity_of(change: Change) -> tuple[str, str, str]:
    """Kind, issue and value: what makes two changes the same write."""
    return (kind_of(change), change.issue, value_of(change))


def as_data(change: Change) -> dict[str, str]:
    """A change as plain data, as in every JSON output."""
    return {"kind": kind_of(change), "issue": change.key, "value": value_of(change), "why": change.why}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAsIs:
    """Something that is not changed, because a person decided so or because it has to wait; shown in the report."""

    key: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlan:
    """The ordered changes of one run.

    `in_scope` is the number of evaluated issues. `marks` is, by issue id, what is known to be ours
    before the first change: what we last wrote, minus what people have removed since. `held` are changes that
    have to wait; `left_as_is` has the reasons, and everything else that is left as it is.
    `left_alone` says, by key, why an issue in the ready horizon gets no label, or why nothing at all is written to one.
    `unwanted` says, by key, why people want nothing to be written to an issue. `released` are the ids of those of which
    they said so on the issue: our marks leave them whatever it costs.
    """

    changes: tuple[Change, ...] = ()
    left_as_is: tuple[LeftAsIs, ...] = ()
    in_scope: int = 0
    marks: Mapping[str, OwnMarks] = field(default_factory=dict)
    held: tuple[Change, ...] = ()
    left_alone: Mapping[str, str] = field(default_factory=dict)
    unwanted: Mapping[str, str] = field(default_factory=dict)
    released: frozenset[str] = frozenset()

    def holding(self, held: Mapping[Change, str]) -> "ChangePlan":
        """The plan without the changes in `held`, which wait for the reason given with each."""
        waiting = tuple(change for change in self.changes if change in held)
        reasons = (LeftAsIs(key=change.key, what=mark_of(change), why=held[change]) for change in waiting)
        return replace(
            self,
            changes=tuple(change for change in self.changes if change not in held),
            left_as_is=(*self.left_as_is, *reasons),
            held=(*self.held, *waiting),
        )

    def leaving(self, left: Mapping[Change, str]) -> "ChangePlan":
        """The plan without the changes in `left`, which are not made for the reason given with each."""
        reasons = (LeftAsIs(key=one.key, what=mark_of(one), why=left[one]) for one in self.changes if one in left)
        return replace(
            self,
            changes=tuple(change for change in self.changes if change not in left),
            left_as_is=(*self.left_as_is, *reasons),
        )

    @property
    def digest(self) -> str:
        """Fingerprint of exactly these changes: `--expect DIGEST` applies only the plan that was reviewed."""
        rows = [[kind_of(change), change.issue, value_of(change)] for change in self.changes]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]

    @property
    def touched(self) -> frozenset[str]:
        """The keys of the issues the plan writes to."""
        return frozenset(change.key for change in self.changes)


def batches(plan: ChangePlan) -> Iterator[tuple[Change, ...]]:
    """The changes of a plan, grouped into one request each, in order.

    All labels of one issue go together (two calls can race inside Jira and restore a removed label), a
    comment goes alone, and moves into one sprint go in groups of fifty.
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
        case PutPage():
            return ("page", change.issue)
