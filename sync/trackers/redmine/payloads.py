"""Redmine's JSON, read tolerantly: missing values are empty, unknown keys are ignored, nothing is trusted."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Json = dict[str, Any]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _word(value: object) -> object:
    return "" if value is None or isinstance(value, dict | list) else str(value)


def _moment(value: object) -> object:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def read_day(value: object) -> date | None:
    """A day such as 2026-12-01, `None` for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _number(value: object) -> object:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _object(value: object) -> object:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> object:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


Word = Annotated[str, BeforeValidator(_word)]
Moment = Annotated[datetime | None, BeforeValidator(_moment)]
Day = Annotated[date | None, BeforeValidator(read_day)]
Number = Annotated[float | None, BeforeValidator(_number)]


class Payload(BaseModel):
    """A value from Redmine."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Named(Payload):
    """Anything with a number and a name."""

    id: Word = ""
    name: Word = ""


Reference = Annotated[Named, BeforeValidator(_object)]
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
    details: Annotated[list[Detail], BeforeValidator(_objects)] = Field(default_factory=list)


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
    custom_fields: Annotated[list[CustomValue], BeforeValidator(_objects)] = Field(default_factory=list)
    relations: Annotated[list[Relation], BeforeValidator(_objects)] = Field(default_factory=list)
    attachments: Annotated[list[File], BeforeValidator(_objects)] = Field(default_factory=list)
    children: Annotated[list[Named], BeforeValidator(_objects)] = Field(default_factory=list)
    watchers: Annotated[list[Named], BeforeValidator(_objects)] = Field(default_factory=list)
    journals: Annotated[list[Journal], BeforeValidator(_objects)] = Field(default_factory=list)

    @property
    def values(self) -> dict[str, CustomValue]:
        """The custom fields by their numbers."""
        return {field.id: field for field in self.custom_fields}
