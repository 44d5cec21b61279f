"""An issue's journals: its past changes, the sprints it was in, who touched our marks, and which comments are ours.

A journal is ours if our account made it and its details name our hidden field, which nobody else may write.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC

from rules.document import Document
from rules.history.kept import WITHOUT_VALUE, former_text, labels_text, number_text
from rules.model import Edit, EditField
from rules.plan.changes import SPRINT
from sync.trackers.redmine.payloads import Detail, Journal, RawIssue
from sync.trackers.redmine.record import Record, read_record
from sync.trackers.redmine.settings import HOURS
from sync.trackers.redmine.site import Site, labels_of
from sync.trackers.redmine.texts import read_text
from sync.trackers.signed_comments import EDITED, fingerprint
from sync.trackers.tolerant import EPOCH

_ATTRIBUTES = {
    "subject": EditField.TITLE,
    "description": EditField.DESCRIPTION,
    "priority_id": EditField.PRIORITY,
    "status_id": EditField.STATUS,
    "fixed_version_id": EditField.SPRINT,
    "parent_id": EditField.PARENT,
}


@dataclass(frozen=True, slots=True)
class OwnNotes:
    """Our comments on an issue, the oldest first, and the record in our field.

    `emptied` is whether the comment of the record is there without a text: a person took it away.
    """

    record: Record
    written: tuple[Journal, ...]
    emptied: bool

    @property
    def first(self) -> Journal | None:
        """Our comment: the one of the record, else the oldest one."""
        known = (one for one in self.written if one.id == self.record.marks.comment)
        return next(known, self.written[0] if self.written else None)

    @property
    def digest(self) -> str:
        """The digest of our comment, "" where its text is not the one we last meant to write."""
        is_known = self.first is not None and self.first.id == self.record.marks.comment
        is_written = self.first is not None and fingerprint(self.first.notes) == self.record.text
        return self.record.marks.comment_digest if is_known and is_written else ""

    @property
    def edited(self) -> bool:
        """Whether a person edited our comment: it says something that we did not write."""
        if self.first is None or self.first.id != self.record.marks.comment:
            return False
        return fingerprint(self.first.notes) not in {self.record.text, self.record.before}


def own_notes(raw: RawIssue, site: Site) -> OwnNotes:
    """Which comments of an issue are ours."""
    field = raw.values.get(site.fields.mark)
    record = read_record(field.text if field else "")
    ours = [one for one in raw.journals if is_ours(one, site)]
    known = next((one for one in ours if one.id == record.marks.comment), None)
    gone = record.marks.comment is not None and (known is None or not known.notes)
    return OwnNotes(record, tuple(one for one in ours if one.notes), gone)


def is_ours(journal: Journal, site: Site) -> bool:
    """Whether our account made this journal with a change of our hidden field."""
    return journal.user.id == site.account and any(_is_mark(detail, site) for detail in journal.details)


def with_sign(raw: RawIssue, site: Site, sign: str) -> Journal | None:
    """The journal in which the sign was written into our field."""
    for journal in raw.journals:
        if journal.user.id == site.account and any(
            _is_mark(detail, site) and read_record(detail.new_value).writing == sign for detail in journal.details
        ):
            return journal
    return None


def _is_mark(detail: Detail, site: Site) -> bool:
    return bool(site.fields.mark) and (detail.property, detail.name) == ("cf", site.fields.mark)


def changed_by(raw: RawIssue, site: Site) -> dict[str, str]:
    """Who but our account last changed a label or the sprint, or edited our comment."""
    changed: dict[str, str] = {}
    for journal in raw.journals:
        for mark in (mark for detail in journal.details for mark in _marks(detail, site)):
            changed.pop(mark, None)
            if journal.user.id != site.account:
                changed[mark] = f"{journal.user.name or 'a person'} changed it"
    notes = own_notes(raw, site)
    if notes.first is not None and notes.edited:
        changed[notes.first.id] = EDITED
    return changed


def _marks(detail: Detail, site: Site) -> frozenset[str]:
    if detail.property == "attr":
        return frozenset({SPRINT}) if detail.name == "fixed_version_id" else frozenset()
    removed, added = _labels_in(detail, site)
    return removed | added


def sprints_of(raw: RawIssue, site: Site) -> tuple[str, ...]:
    """The sprints the issue was in at their end, and the present one; one that it left earlier does not count."""
    ids = [
        detail.old_value
        for journal in raw.journals
        for detail in journal.details
        if (detail.property, detail.name) == ("attr", "fixed_version_id") and detail.old_value
        if _stayed(journal, detail.old_value, site)
    ]
    return tuple(dict.fromkeys((*ids, *filter(None, [raw.fixed_version.id]))))


def _stayed(journal: Journal, version: str, site: Site) -> bool:
    sprint = site.sprints.get(version)
    if sprint is None or sprint.end is None or journal.created_on is None:
        return sprint is None
    return journal.created_on.date() >= sprint.end.date()


def read_edits(raw: RawIssue, site: Site) -> list[Edit]:
    """The changes by anybody but our account, in time order."""
    journals = sorted(raw.journals, key=lambda one: one.created_on or EPOCH)
    labels = _label_changes(raw, journals, site)
    theirs = (one for one in journals if one.created_on is not None and one.user.id != site.account)
    return [edit for journal in theirs for edit in _edits(raw.id, journal, labels.get(journal.id), site)]


def _edits(issue: str, journal: Journal, labels: tuple[str, str] | None, site: Site) -> Iterator[Edit]:
    if labels is not None:
        yield _edit(issue, journal, EditField.LABELS, labels)
    for detail in journal.details:
        if (field := _field(detail, site)) is EditField.LABELS:
            continue
        former = former_text(field, detail.old_value)
        document = None if former is None else read_text(former, site.settings)
        yield _edit(issue, journal, field, _values(field, detail), document)


def _edit(
    issue: str, journal: Journal, field: EditField, values: tuple[str, str], former: Document | None = None
) -> Edit:
    before, after = values
    return Edit(
        issue=issue,
        at=(journal.created_on or EPOCH).astimezone(UTC),
        account=journal.user.id,
        name=journal.user.name,
        field=field,
        before=before,
        after=after,
        former=former,
    )


def _label_changes(raw: RawIssue, journals: Sequence[Journal], site: Site) -> dict[str, tuple[str, str]]:
    """All labels before and after each journal that changed some: replayed backwards, from what the issue has now."""
    changes: dict[str, tuple[str, str]] = {}
    now = labels_of(raw, site)
    for journal in reversed(journals):
        then = now
        for detail in reversed(journal.details):
            removed, added = _labels_in(detail, site)
            then = then - added | removed
        if then != now:
            changes[journal.id] = (labels_text(then), labels_text(now))
        now = then
    return changes


def _labels_in(detail: Detail, site: Site) -> tuple[frozenset[str], frozenset[str]]:
    """The labels that a detail removed and added: of a yes/no field its label, of people's fields the values."""
    if detail.property != "cf":
        return frozenset(), frozenset()
    if detail.name in site.fields.labels:
        label = frozenset({site.fields.labels[detail.name]})
        return label if detail.old_value == "1" else frozenset(), label if detail.new_value == "1" else frozenset()
    if detail.name in site.fields.read_labels:
        return frozenset({detail.old_value} - {""}), frozenset({detail.new_value} - {""})
    return frozenset(), frozenset()


def _field(detail: Detail, site: Site) -> EditField:
    fields = site.fields
    if detail.property == "relation":
        return EditField.LINKS
    if detail.property == "attr":
        is_estimate = detail.name == HOURS == site.settings.fields.points
        return EditField.ESTIMATE if is_estimate else _ATTRIBUTES.get(detail.name, EditField.OTHER)
    if detail.property != "cf":
        return EditField.OTHER
    custom = {fields.points: EditField.ESTIMATE, fields.rank: EditField.RANK, fields.acceptance: EditField.ACCEPTANCE}
    labels = dict.fromkeys((*fields.labels, *fields.read_labels), EditField.LABELS)
    return (custom | labels).get(detail.name, EditField.OTHER)


def _values(field: EditField, detail: Detail) -> tuple[str, str]:
    if field in WITHOUT_VALUE:
        return "", ""
    if field is EditField.ESTIMATE:
        return number_text(detail.old_value), number_text(detail.new_value)
    return detail.old_value, detail.new_value


def by_people(journals: Sequence[Journal], site: Site) -> list[Journal]:
    """The comments of people: journals with a text that are not ours."""
    return [one for one in journals if one.notes and not is_ours(one, site)]
