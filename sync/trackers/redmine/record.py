"""What readyline keeps on an issue, in its hidden field: its marks, and the sign of its comment."""

from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from rules.model import NO_MARKS, OwnMarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Our marks, with the comment that is there now.

    `text` is the fingerprint of the comment's text as we write it, `before` that of the text it replaces: the record is
    written first, and a run may stop in between. `writing` is set between the steps that create a comment: the journal
    whose details have it is the comment to be.
    """

    marks: OwnMarks = NO_MARKS
    text: str = ""
    before: str = ""
    writing: str = ""


EMPTY_RECORD = Record()
_RECORD = TypeAdapter(Record)


def read_record(content: str) -> Record:
    """The record in a field; content that a person changed beyond recognition means no record."""
    try:
        return _RECORD.validate_json(content) if content else EMPTY_RECORD
    except ValidationError:
        return EMPTY_RECORD


def write_record(record: Record) -> str:
    """The record as the content of the field; equal records are equal texts."""
    return _RECORD.dump_json(record).decode()


def with_marks(record: Record, marks: OwnMarks) -> Record:
    """The record with new marks; which comment is there does not change."""
    there = record.marks
    return replace(record, marks=replace(marks, comment=there.comment, comment_digest=there.comment_digest))
