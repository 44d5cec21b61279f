"""Redmine's JSON: what we use of it."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from sync.trackers.tolerant import Day, Moment, Named, Payload, Word, read_object, read_objects


def _number(value: object) -> object:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


Number = Annotated[float | None, BeforeValidator(_number)]
Reference = Annotated[Named, BeforeValidator(read_object)]
NOTHING = Named()


class CustomValue(Named):
    """A custom field with its value: a text, several, or none."""

    value: Any = None

    @property
    def values(self) -> tuple[str, ...]:
        """Its values as text, empty ones left out."""
        several = self.value if isinstance(self.value, list) else [self.value]
        return tuple(str(one) for one in several if one not in {None, ""})

    @property
    def text(self) -> str:
        """Its values as one text."""
        return ", ".join(self.values)


class Detail(Payload):
    """One change within a journal."""

    property: Word = ""
    name: Word = ""
    old_value: Word = ""
    new_value: Word = ""


class Journal(Payload):
    """A comment, a change, or both."""

    id: Word = ""
    user: Reference = NOTHING
    notes: Word = ""
    created_on: Moment = None
    details: Annotated[list[Detail], BeforeValidator(read_objects)] = Field(default_factory=list)


class Relation(Payload):
    """A relation between two issues, as it is stored."""

    issue_id: Word = ""
    issue_to_id: Word = ""
    relation_type: Word = ""


class File(Payload):
    """An attachment."""

    filename: Word = ""


class RawIssue(Payload):
    """An issue; journals, watchers and children are only in the answer for a single one."""

    id: Word
    tracker: Reference = NOTHING
    status: Reference = NOTHING
    priority: Reference = NOTHING
    author: Reference = NOTHING
    assigned_to: Reference = NOTHING
    category: Reference = NOTHING
    fixed_version: Reference = NOTHING
    parent: Reference = NOTHING
    subject: Word = ""
    description: Word = ""
    due_date: Day = None
    estimated_hours: Number = None
    total_estimated_hours: Number = None
    spent_hours: Number = None
    is_private: bool = False
    created_on: Moment = None
    updated_on: Moment = None
    closed_on: Moment = None
    custom_fields: Annotated[list[CustomValue], BeforeValidator(read_objects)] = Field(default_factory=list)
    relations: Annotated[list[Relation], BeforeValidator(read_objects)] = Field(default_factory=list)
    attachments: Annotated[list[File], BeforeValidator(read_objects)] = Field(default_factory=list)
    children: Annotated[list[Named], BeforeValidator(read_objects)] = Field(default_factory=list)
    watchers: Annotated[list[Named], BeforeValidator(read_objects)] = Field(default_factory=list)
    journals: Annotated[list[Journal], BeforeValidator(read_objects)] = Field(default_factory=list)

    @property
    def values(self) -> dict[str, CustomValue]:
        """The custom fields by their numbers."""
        return {field.id: field for field in self.custom_fields}
