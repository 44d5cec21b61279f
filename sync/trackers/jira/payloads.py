"""Jira's JSON, read tolerantly: missing values are `None`, invalid ones are left out, nothing is trusted.

Models have only the fields we use; custom fields (estimate, sprint, rank) come from the `FieldMap`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from rules.model import NO_MARKS, Category, OwnMarks, Sprint, SprintState
from sync.trackers.tolerant import (
    EPOCH,
    Day,
    Moment,
    Named,
    Payload,
    Word,
    read_moment,
    read_object,
    read_objects,
)

PROPERTY = "readyline"
"""The key of our property on issues, and of our mark on comments."""
SECONDS_PER_HOUR = 3600
MOST_SECONDS = 10**9  # about thirty years of work: nothing is estimated longer
LATEST = 10**14  # milliseconds: the year 5138


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a sweep: an issue's id, and when it changed ("" where the sweep does not show it)."""

    id: str
    updated: str = ""


_SPRINT_ID = re.compile(r"\bid=(\d+)")
# Data Center's strings have no quotes: a name or goal may look like another key. Newer ones list the keys in
# alphabetical order, older ones begin with the id and the state.
_OLD_SPRINT = re.compile(r"\[id=(\d+),rapidViewId=[^,]*,state=(\w+),")
_OWN_ID = re.compile(r",id=(\d+),(?=(?:incompleteIssuesDestinationId|name)=)")
_OWN_STATE = re.compile(r",state=(\w+)(?=,synced=|\]$)")
_STATES = {"future": SprintState.FUTURE, "active": SprintState.ACTIVE, "closed": SprintState.CLOSED}


def _moment_or_milliseconds(value: object) -> datetime | None:
    """A time, or milliseconds since 1970: only histories of many issues at once have these."""
    if isinstance(value, int) and 0 <= value < LATEST:
        return EPOCH + timedelta(milliseconds=value)
    return read_moment(value)


def _hours(value: object) -> object:
    """Seconds as hours, `None` for anything else."""
    whole = isinstance(value, int | float) and not isinstance(value, bool)
    return value / SECONDS_PER_HOUR if whole and 0 <= value < MOST_SECONDS else None  # type: ignore[operator]


Hours = Annotated[float | None, BeforeValidator(_hours)]


class User(Payload):
    """An account: Cloud has ids, Data Center names and keys."""

    accountId: Word = ""  # noqa: N815 - Jira's spelling
    key: Word = ""
    name: Word = ""
    displayName: Word = ""  # noqa: N815 - Jira's spelling
    emailAddress: Word = ""  # noqa: N815 - Jira's spelling
    accountType: Word = ""  # noqa: N815 - Jira's spelling

    @property
    def account(self) -> str:
        """The unique id of the account."""
        return self.accountId or self.name or self.key

    @property
    def shown(self) -> str:
        """The name to show, "" where the account is hidden."""
        return self.displayName or self.account


class StatusCategory(Payload):
    """The part of a status that means the same everywhere."""

    key: Word = ""


class Status(Payload):
    """A status."""

    name: Word = ""
    statusCategory: Annotated[StatusCategory, BeforeValidator(read_object)] = StatusCategory()  # noqa: N815 - Jira's

    @property
    def category(self) -> Category:
        """By the category's key, never by a name; without one the issue is to do."""
        return {"done": Category.DONE, "indeterminate": Category.DOING}.get(self.statusCategory.key, Category.TODO)


class IssueType(Payload):
    """An issue type."""

    name: Word = ""
    subtask: bool | None = None
    hierarchyLevel: int | None = None  # noqa: N815 - Jira's spelling


class OtherFields(Payload):
    """The fields of the issue at the other end of a link or parent."""

    summary: Word = ""
    status: Annotated[Status | None, BeforeValidator(lambda value: value if isinstance(value, dict) else None)] = None


class Other(Payload):
    """The issue at the other end of a link, a parent, a sub-task."""

    id: Word = ""
    key: Word = ""
    fields: Annotated[OtherFields, BeforeValidator(read_object)] = OtherFields()


class LinkType(Payload):
    """A type of link with its two phrases."""

    name: Word = ""
    inward: Word = ""
    outward: Word = ""


class IssueLink(Payload):
    """A link; exactly one of the two ends is set."""

    type: Annotated[LinkType, BeforeValidator(read_object)] = LinkType()
    inwardIssue: Other | None = None  # noqa: N815 - Jira's spelling
    outwardIssue: Other | None = None  # noqa: N815 - Jira's spelling


def property_value(value: object) -> object:
    """The value of an entity property: JSON, or JSON as text, as some versions and clients send it."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


class RemarkProperty(Payload):
    """A property of a comment."""

    key: Word = ""
    value: Annotated[Any, BeforeValidator(property_value)] = None


class Remark(Payload):
    """A comment."""

    id: Word = ""
    author: Annotated[User, BeforeValidator(read_object)] = User()
    updateAuthor: Annotated[User, BeforeValidator(read_object)] = User()  # noqa: N815 - Jira's spelling
    body: Any = None
    created: Moment = None
    properties: Annotated[list[RemarkProperty], BeforeValidator(read_objects)] = Field(default_factory=list)

    @property
    def digest(self) -> str | None:
        """The content of our mark on it; `None` without our mark."""
        for entry in self.properties:
            if entry.key == PROPERTY:
                return str(entry.value.get("said", "")) if isinstance(entry.value, dict) else ""
        return None


class Remarks(Payload):
    """The comments embedded in an issue: not always all of them."""

    comments: Annotated[list[Remark], BeforeValidator(read_objects)] = Field(default_factory=list)
    total: int = 0


class Watches(Payload):
    """The number of watchers, and whether our account is one of them."""

    watchCount: int = 0  # noqa: N815 - Jira's spelling
    isWatching: bool = False  # noqa: N815 - Jira's spelling

    @property
    def others(self) -> int:
        """How many people watch: our account gets no mail about its own edits."""
        return self.watchCount - self.isWatching


class Votes(Payload):
    """The number of votes, and whether our account has one of them; `votes` is `None` where the site has no voting."""

    votes: int | None = None
    hasVoted: bool = False  # noqa: N815 - Jira's spelling

    @property
    def others(self) -> int | None:
        """How many other accounts voted."""
        return None if self.votes is None else self.votes - self.hasVoted


class Attachment(Payload):
    """An attached file."""

    filename: Word = ""


class Fields(Payload):
    """The system fields we read."""

    summary: Word = ""
    issuetype: Annotated[IssueType, BeforeValidator(read_object)] = IssueType()
    status: Annotated[Status, BeforeValidator(read_object)] = Status()
    created: Moment = None
    updated: Moment = None
    resolutiondate: Moment = None
    duedate: Day = None
    description: Any = None
    environment: Any = None
    priority: Annotated[Named, BeforeValidator(read_object)] = Named()
    assignee: Annotated[User, BeforeValidator(read_object)] = User()
    reporter: Annotated[User, BeforeValidator(read_object)] = User()
    labels: list[str] | None = None
    components: Annotated[list[Named], BeforeValidator(read_objects)] = Field(default_factory=list)
    versions: Annotated[list[Named], BeforeValidator(read_objects)] = Field(default_factory=list)
    parent: Annotated[Other, BeforeValidator(read_object)] = Other()
    subtasks: Annotated[list[Other], BeforeValidator(read_objects)] = Field(default_factory=list)
    issuelinks: Annotated[list[IssueLink], BeforeValidator(read_objects)] = Field(default_factory=list)
    security: Any = None
    watches: Annotated[Watches, BeforeValidator(read_object)] = Watches()
    votes: Annotated[Votes, BeforeValidator(read_object)] = Votes()
    attachment: Annotated[list[Attachment], BeforeValidator(read_objects)] = Field(default_factory=list)
    comment: Annotated[Remarks, BeforeValidator(read_object)] = Remarks()
    timeoriginalestimate: Hours = None
    timeestimate: Hours = None
    timespent: Hours = None
    aggregatetimeoriginalestimate: Hours = None
    aggregatetimeestimate: Hours = None


SYSTEM_FIELDS = tuple(Fields.model_fields)


class HistoryItem(Payload):
    """One field's change within an entry of a history. Only Cloud has `fieldId`, and not for every field."""

    field: Word = ""
    fieldtype: Word = ""
    fieldId: Word = ""  # noqa: N815 - Jira's spelling
    before: Word = Field(default="", alias="from")
    fromString: Word = ""  # noqa: N815 - Jira's spelling
    after: Word = Field(default="", alias="to")
    toString: Word = ""  # noqa: N815 - Jira's spelling


class HistoryEntry(Payload):
    """What one edit changed: who, when, which fields."""

    id: Word = ""
    author: Annotated[User, BeforeValidator(read_object)] = User()
    created: Annotated[datetime | None, BeforeValidator(_moment_or_milliseconds)] = None
    items: Annotated[list[HistoryItem], BeforeValidator(read_objects)] = Field(default_factory=list)


class RawIssue(Payload):
    """An issue with its fields and our property."""

    id: Word
    key: Word
    fields: Annotated[Fields, BeforeValidator(read_object)] = Fields()
    properties: Annotated[dict[str, Any], BeforeValidator(read_object)] = Field(default_factory=dict)


class _StoredMarks(Payload):
    labels: list[str] = Field(default_factory=list)
    comment: str | None = None
    said: str = ""
    sprint: str | None = None
    page: str = ""
    refused: list[tuple[str, str]] = Field(default_factory=list)
    reasons: list[tuple[str, str]] = Field(default_factory=list)


def marks_to_json(marks: OwnMarks) -> dict[str, Any]:
    """Our marks as stored in the issue property. Everybody who sees the issue can read them."""
    return {
        "labels": sorted(marks.labels),
        "comment": marks.comment,
        "said": marks.comment_digest,
        "sprint": marks.sprint,
        **({"page": marks.page} if marks.page else {}),
        "refused": [list(entry) for entry in marks.refused],
        "reasons": [list(entry) for entry in marks.reasons],
    }


def marks_from_json(value: object) -> OwnMarks:
    """Marks from the issue property; anybody can change it, so invalid content means no marks."""
    try:
        stored = _StoredMarks.model_validate(property_value(value))
    except ValidationError:
        return NO_MARKS
    return OwnMarks(
        labels=frozenset(stored.labels),
        comment=stored.comment,
        comment_digest=stored.said,
        sprint=stored.sprint,
        page=stored.page,
        refused=tuple(stored.refused),
        reasons=tuple(stored.reasons),
    )


def sprint_ids(value: object) -> tuple[str, ...]:
    """The ids in a sprint field, in any of its shapes: objects, Java-like strings, a number, nothing.

    A string may contain a name or goal with any character, so only the id and the state are read from it, where they
    are the sprint's own; everything else about a sprint is read from its board.
    """
    entries = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(number for entry in entries if (number := _sprint_id(entry))))


def _sprint_id(entry: object) -> str:
    match entry:
        case {"id": int() | str() as number}:
            return str(number)
        case str():
            return _own_id(entry)
        case int() if not isinstance(entry, bool):
            return str(entry)
        case _:
            return ""


def _own_id(text: str) -> str:
    if (old := _OLD_SPRINT.search(text)) is not None:
        return old[1]
    if own := _OWN_ID.findall(text):
        return str(own[-1])
    first = _SPRINT_ID.search(text)
    return first[1] if first else ""


def open_sprint(value: object) -> str | None:
    """The active or future sprint of this field, where the value shows the state; the last one counts."""
    entries = value if isinstance(value, list) else [value]
    for entry in reversed(entries):
        if _sprint_state(entry) in {"active", "future"}:
            return _sprint_id(entry) or None
    return None


def _sprint_state(entry: object) -> str:
    if isinstance(entry, dict):
        return str(entry.get("state", "")).lower()
    if not isinstance(entry, str):
        return ""
    if (old := _OLD_SPRINT.search(entry)) is not None:
        return old[2].lower()
    if own := _OWN_STATE.findall(entry):
        return str(own[-1]).lower()
    match = re.search(r"\bstate=(ACTIVE|FUTURE|CLOSED)\b", entry)
    return match[1].lower() if match else ""


def read_sprint(raw: Mapping[str, Any], board: int) -> Sprint | None:
    """A sprint of a board from the agile API; `None` without an id or a known state."""
    state = _STATES.get(str(raw.get("state", "")).lower())
    if state is None or not raw.get("id"):
        return None
    return Sprint(
        id=str(raw["id"]),
        name=str(raw.get("name") or ""),
        state=state,
        board=board,
        start=read_moment(raw.get("startDate")),
        end=read_moment(raw.get("endDate")),
        completed=read_moment(raw.get("completeDate")),
        goal=str(raw.get("goal") or ""),
    )
