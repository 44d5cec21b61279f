"""Apply one batch of changes on a Redmine; applying it twice equals applying it once.

Every issue is read before and after: Redmine answers with success to what a role or workflow does not allow. A comment
is found by our account and our hidden field, never by its text or its number alone: any account with the right may edit
any journal, and Redmine may give the number of a deleted one to another.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rules.model import NO_MARKS, OwnMarks, SprintState
from rules.plan.changes import (
    AddLabel,
    Change,
    DeleteComment,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    PutPage,
    RemoveLabel,
)
from rules.plan.marks import refused
from rules.plan.outcome import Outcome, Result
from sync.errors import NotFound
from sync.logs import get_logger
from sync.trackers.base import NO_PAGE
from sync.trackers.batches import (
    apply_each,
    failed,
    gone,
    is_placed,
    label_outcomes,
    labels_due,
    move_not_made,
    written,
)
from sync.trackers.redmine.api import RedmineApi
from sync.trackers.redmine.journals import OwnNotes, own_notes, with_sign
from sync.trackers.redmine.payloads import RawIssue
from sync.trackers.redmine.record import Record, with_marks, write_record
from sync.trackers.redmine.site import Site, labels_of
from sync.trackers.redmine.texts import write_note
from sync.trackers.redmine.versions import read_sprints
from sync.trackers.signed_comments import DELETED, EDITED, OTHERS, fingerprint

log = get_logger()

IGNORED = "Redmine accepted it and changed nothing: the role or workflow of this account does not allow it"


@dataclass(slots=True)
class Writer:
    """Writes through one API to the issues of one site."""

    api: RedmineApi
    site: Site

    def apply(self, batch: Sequence[Change], marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:
        """Apply one batch. Raises `LoggedOut` and `Unreachable`; everything else is a failed outcome."""
        return apply_each(batch, lambda part: self._apply(part, marks))

    def _apply(self, batch: Sequence[Change], marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:
        first = batch[0]
        raw = self._read(first.issue)
        if raw is None:
            return gone(batch)
        own = marks.get(first.issue, NO_MARKS)
        match first:
            case AddLabel() | RemoveLabel():
                return self._labels(batch, raw, own)
            case PutComment():
                return (self._put_comment(first, raw, own),)
            case DeleteComment():
                return (self._delete_comment(first, raw, own),)
            case PutPage():
                return (failed(first, NO_PAGE),)
            case MoveToSprint() | MoveToBacklog():
                return (self._move(first, raw, marks.get(first.issue)),)

    def _read(self, issue: str) -> RawIssue | None:
        raw = self.api.issue(issue)
        return None if raw is None else RawIssue.model_validate(raw)

    def _done(self, change: Change, comment: str | None = None) -> Outcome:
        return Outcome(change=change, result=Result.DONE, comment=comment, status=self.api.transport.write_status)

    # labels

    def _labels(self, batch: Sequence[Change], raw: RawIssue, marks: OwnMarks) -> tuple[Outcome, ...]:
        """All labels of an issue in one request with our record, then a look at what became of it."""
        fields, present = self.site.fields.of_labels, labels_of(raw, self.site)
        due = labels_due(batch, present.__contains__)
        missing = {label: _no_field(label) for label in due if label not in fields}
        values = [{"id": int(fields[one]), "value": "1" if on else "0"} for one, on in due.items() if one in fields]
        if len(missing) < len(batch):
            self._keep(raw, with_marks(own_notes(raw, self.site).record, marks), *values)
        after = self._read(raw.id) if values else raw
        labels = labels_of(after, self.site) if after else present
        status = self.api.transport.write_status
        return label_outcomes(batch, due, labels.__contains__, status=status, ignored=IGNORED, refused=missing)

    # comments

    def _put_comment(self, change: PutComment, raw: RawIssue, marks: OwnMarks) -> Outcome:
        notes = own_notes(raw, self.site)
        record, ours = with_marks(notes.record, marks), notes.first
        if notes.emptied or (change.comment is not None and ours is None):
            return self._leave(change, raw, record, DELETED)
        if notes.edited:
            return self._leave(change, raw, record, EDITED)
        text = write_note(change.note, self.site.settings)
        if ours is None:
            return self._create_comment(change, raw, record, text)
        self.empty(notes, but=ours.id)
        if notes.digest == change.note.digest:
            self._keep(raw, record)
            reason = "the comment is up to date"
            return Outcome(change=change, result=Result.ALREADY_SO, comment=ours.id, reason=reason)
        self._keep(raw, _saying(record, change, ours.id, text, before=fingerprint(ours.notes)))
        self.api.edit_note(ours.id, text)
        return self._done(change, ours.id)

    def _leave(self, change: PutComment | DeleteComment, raw: RawIssue, record: Record, reason: str) -> Outcome:
        """Skip a comment that is not ours, or no longer there, and remember that.

        One that a person edited stays in the record: else the next write would take their text for ours.
        """
        known = next((one for one in raw.journals if one.id == change.comment), None)
        theirs = known is not None and known.user.id != self.site.account
        marks = refused(record.marks, change)
        left = replace(record, marks=marks, text="", before="")
        self._keep(raw, with_marks(record, marks) if reason == EDITED else left)
        return Outcome(change=change, result=Result.SKIPPED, reason=OTHERS if theirs else reason)

    def _create_comment(self, change: PutComment, raw: RawIssue, record: Record, text: str) -> Outcome:
        """Make a journal with a change of our field, which mails nobody, and put the text onto it.

        A run that stopped in between goes on with its journal.
        """
        sign = record.writing or secrets.token_hex(8)
        self._keep(raw, replace(record, writing=sign))
        after = self._read(raw.id)
        journal = with_sign(after, self.site, sign) if after else None
        if journal is None:
            return failed(change, f'{IGNORED}; it must be able to edit the field "{self.site.settings.fields.mark}"')
        self.api.edit_note(journal.id, text)
        outcome = self._done(change, journal.id)
        self._keep(after or raw, _saying(record, change, journal.id, text))
        return outcome

    def _delete_comment(self, change: DeleteComment, raw: RawIssue, marks: OwnMarks) -> Outcome:
        notes = own_notes(raw, self.site)
        record = with_marks(notes.record, marks)
        known = next((one for one in raw.journals if one.id == change.comment), None)
        if known is not None and known.user.id != self.site.account:
            return self._leave(change, raw, record, OTHERS)
        if notes.edited:
            return self._leave(change, raw, record, EDITED)
        if change.comment not in {one.id for one in notes.written}:
            if notes.emptied:
                self._keep(raw, replace(record, marks=refused(record.marks, change), text="", before=""))
            reason = "the comment is already deleted"
            return Outcome(change=change, result=Result.ALREADY_SO, reason=reason)
        self.api.edit_note(change.comment, "")
        outcome = self._done(change)
        self._keep(raw, Record(marks=replace(record.marks, comment=None, comment_digest="")))
        return outcome

    def empty(self, notes: OwnNotes, but: str) -> tuple[str, ...]:
        """Take away the texts of our other comments, which a second worker wrote; returns their numbers."""
        others = tuple(one.id for one in notes.written if one.id != but)
        for comment in others:
            self.api.edit_note(comment, "")
        if others:
            why = "another worker with a store of its own writes with this account; let only one run"
            log.warning("tracker.second_worker", account=self.site.account_name, deleted=list(others), why=why)
        return others

    # sprints

    def _move(self, change: MoveToSprint | MoveToBacklog, raw: RawIssue, marks: OwnMarks | None) -> Outcome:
        there = raw.fixed_version.id
        open_sprint = self.site.open_sprint(there)
        if (outcome := move_not_made(change, self._state_of(change.sprint), there, open_sprint)) is not None:
            return outcome
        self.api.edit(raw.id, fixed_version_id=change.sprint if isinstance(change, MoveToSprint) else "")
        status, after = self.api.transport.write_status, self._read(raw.id)
        is_so = after is not None and is_placed(change, after.fixed_version.id)
        if is_so and after is not None and marks is not None:
            self._keep(after, with_marks(own_notes(after, self.site).record, marks))
        return written(change, is_so=is_so, status=status, ignored=IGNORED)

    def _state_of(self, version: str) -> SprintState | None:
        """The state of a version now, `None` if it is deleted."""
        known = self.site.sprints.get(version)
        if known is not None and known.state is not SprintState.FUTURE:
            return known.state
        try:
            raw = self.api.version(version)
        except NotFound:
            return None
        [sprint] = read_sprints([raw], 0, self.site.settings, self.api.transport.server_now().date())
        return sprint.state

    # our record

    def _keep(self, raw: RawIssue, record: Record, *values: Mapping[str, object]) -> None:
        """Write our record and other fields in one request, none if nothing changes: it would look like activity."""
        content, mark = write_record(record), raw.values.get(self.site.fields.mark)
        is_new = mark is not None and mark.text != content
        fields = [*values, *([{"id": int(mark.id), "value": content}] if mark is not None and is_new else [])]
        if fields:
            self.api.edit(raw.id, custom_fields=fields)


def _saying(record: Record, change: PutComment, comment: str, text: str, before: str = "") -> Record:
    """The record of an issue on which this comment says this text."""
    marks = replace(record.marks, comment=comment, comment_digest=change.note.digest)
    return Record(marks=marks, text=fingerprint(text), before=before)


def _no_field(label: str) -> str:
    missing = f'the label "{label}" has no field of its own'
    return f"{missing}: name a yes/no field for it in [tracker.label_fields]"
