"""Who changed what on an issue, as far as its timeline says. It says nothing about the fields of a Project."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from rules.model import OwnMarks
from rules.plan.changes import COMMENT, SPRINT
from rules.plan.marks import COMMENT_REASON
from sync.trackers.github.payloads import RawIssue, Remark
from sync.trackers.signed_comments import Remark as Comment
from sync.trackers.signed_comments import Signed, edited_among, ours_among

_LABELS = {"LabeledEvent", "UnlabeledEvent"}
_MILESTONES = {"MilestonedEvent", "DemilestonedEvent"}


def signed_comments(raw: RawIssue) -> tuple[Signed, ...]:
    """Our comments on an issue, the oldest first."""
    return ours_among(remarks_of(raw))


def remarks_of(raw: RawIssue) -> Sequence[Comment]:
    """The comments of an issue as `sync.trackers.signed_comments` reads them."""
    return [Comment(one.full_database_id, one.viewer_did_author, one.body) for one in raw.comments.nodes]


def by_people(raw: RawIssue) -> list[Remark]:
    """The comments of people: all that are not ours, in time order."""
    ours = {one.id for one in signed_comments(raw)}
    return [one for one in raw.comments.nodes if one.full_database_id not in ours]


def changed_by(raw: RawIssue, login: str) -> dict[str, str]:
    """Who but our account last changed a label or the milestone, or edited our comment."""
    changed: dict[str, str] = {}
    for event in raw.timeline_items:
        mark = event.label.name if event.kind in _LABELS else SPRINT if event.kind in _MILESTONES else ""
        changed.pop(mark, None)
        if mark and event.actor.login != login:
            changed[mark] = f"{event.actor.login or 'a person'} changed it"
    return changed | edited_among(remarks_of(raw))


def marks_of(raw: RawIssue, login: str) -> OwnMarks:
    """What our account has left on an issue, and what people took away, as far as comments and timeline say it.

    A comment of ours that a person deleted counts as refused until another one is there. The labels are those that we
    added and did not take away again, there or not.
    """
    ours = signed_comments(raw)
    first = ours[0] if ours else Signed("", "")
    deleted = any(
        event.kind == "CommentDeletedEvent" and event.deleted_comment_author.login == login != event.actor.login
        for event in raw.timeline_items
    )
    last = {
        event.label.name: event.kind for event in raw.timeline_items if event.label.name and event.actor.login == login
    }
    return OwnMarks(
        labels=frozenset(label for label, kind in last.items() if kind == "LabeledEvent"),
        comment=first.id or None,
        comment_digest=first.digest,
        refused=((COMMENT, COMMENT_REASON),) if deleted and not ours else (),
    )


def last_change_by_people(raw: RawIssue, login: str) -> datetime | None:
    """When somebody but our account last changed or commented on an issue, its creation if nobody did."""
    return max(_moments(raw, login), default=raw.created_at)


def _moments(raw: RawIssue, login: str) -> Iterator[datetime]:
    events = [(event.created_at, event.actor.login) for event in raw.timeline_items]
    edits = [(raw.created_at, ""), (raw.last_edited_at, raw.editor.login)]
    comments = [(one.created_at, "") for one in by_people(raw)]
    yield from (moment for moment, who in (*events, *edits, *comments) if moment is not None and who != login)
