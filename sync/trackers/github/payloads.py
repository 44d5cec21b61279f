"""GitHub's JSON: what we use of it."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from sync.trackers.tolerant import Day, Json, Moment, Payload, Word, read_object, read_objects


def nodes_of(value: object) -> object:
    """The objects of a connection; those that this account may not see are null, and left out."""
    return read_objects(value.get("nodes")) if isinstance(value, dict) else []


def _flag(value: object) -> object:
    return value is True


def _count(value: object) -> object:
    return value if isinstance(value, int) else 0


Flag = Annotated[bool, BeforeValidator(_flag)]
Count = Annotated[int, BeforeValidator(_count)]


class Camel(Payload):
    """A value whose keys are written like totalCount."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True)


def read_login(value: object) -> str:
    """An account's name; that of an app has "[bot]" at its end in some answers only."""
    return value.removesuffix("[bot]") if isinstance(value, str) else ""


class Actor(Camel):
    """The account that did something; empty where it is deleted."""

    login: Annotated[str, BeforeValidator(read_login)] = ""
    name: Word = ""


NOBODY = Actor()
Who = Annotated[Actor, BeforeValidator(read_object)]


class Repository(Camel):
    """The repository of an issue."""

    name_with_owner: Word = ""
    is_archived: Flag = False


class End(Camel):
    """Another issue, as seen from one that names it."""

    id: Word = ""
    number: Word = ""
    title: Word = ""
    state: Word = ""
    repository: Annotated[Repository, BeforeValidator(read_object)] = Repository()

    @property
    def key(self) -> str:
        """Its key, "" for none."""
        return f"{self.repository.name_with_owner}#{self.number}" if self.number else ""


class Titled(Camel):
    """Anything with an id and a name."""

    id: Word = ""
    name: Word = ""


NOTHING = Titled()
Ends = Annotated[list[End], BeforeValidator(nodes_of)]


class Remark(Camel):
    """A comment."""

    full_database_id: Word = ""
    body: Word = ""
    created_at: Moment = None
    viewer_did_author: Flag = False
    author: Who = NOBODY


class Event(Camel):
    """An event of an issue's timeline."""

    kind: Word = Field(default="", alias="__typename")
    created_at: Moment = None
    actor: Who = NOBODY
    label: Annotated[Titled, BeforeValidator(read_object)] = NOTHING
    deleted_comment_author: Who = NOBODY


class Thread(Camel):
    """The comments of an issue, the oldest first."""

    total_count: Count = 0
    nodes: Annotated[list[Remark], BeforeValidator(read_objects)] = Field(default_factory=list)


class RawIssue(Camel):
    """An issue with everything."""

    id: Word
    number: Word = ""
    title: Word = ""
    body: Word = ""
    state: Word = ""
    created_at: Moment = None
    updated_at: Moment = None
    closed_at: Moment = None
    last_edited_at: Moment = None
    repository: Annotated[Repository, BeforeValidator(read_object)] = Repository()
    editor: Who = NOBODY
    author: Who = NOBODY
    assignees: Annotated[list[Actor], BeforeValidator(nodes_of)] = Field(default_factory=list)
    labels: Annotated[list[Titled], BeforeValidator(nodes_of)] = Field(default_factory=list)
    milestone: Annotated[Titled, BeforeValidator(read_object)] = NOTHING
    issue_type: Annotated[Titled, BeforeValidator(read_object)] = NOTHING
    parent: Annotated[End, BeforeValidator(read_object)] = End()
    sub_issues: Ends = Field(default_factory=list)
    blocked_by: Ends = Field(default_factory=list)
    blocking: Ends = Field(default_factory=list)
    comments: Annotated[Thread, BeforeValidator(read_object)] = Thread()
    timeline_items: Annotated[list[Event], BeforeValidator(nodes_of)] = Field(default_factory=list)
    project_items: Annotated[list[Json], BeforeValidator(nodes_of)] = Field(default_factory=list)

    @property
    def key(self) -> str:
        """Its key, as people write it across repositories."""
        return f"{self.repository.name_with_owner}#{self.number}"

    @property
    def label_names(self) -> frozenset[str]:
        """The names of its labels."""
        return frozenset(label.name for label in self.labels)


class Item:
    """An item of the Project: its id, and the values of its fields by the role they have for us."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.id = str(raw.get("id") or "")
        self._raw = raw

    def number(self, role: str) -> float | None:
        """The number in a field."""
        value = self._value(role).get("number")
        return float(value) if isinstance(value, int | float) else None

    def text(self, role: str) -> str:
        """The text or option in a field, "" for none."""
        value = self._value(role)
        return str(value.get("text") or value.get("name") or "")

    @property
    def iteration(self) -> str:
        """The iteration it is in, "" for none."""
        return str(self._value("sprint").get("iterationId") or "")

    def _value(self, role: str) -> Mapping[str, Any]:
        value = self._raw.get(role)
        return value if isinstance(value, dict) else {}


NO_ITEM = Item({})


class Iteration(Camel):
    """An iteration of a Project."""

    id: Word = ""
    title: Word = ""
    start_date: Day = None
    duration: Count = 0


class Configuration(Camel):
    """The iterations of a field: present and future ones, and those that are over."""

    iterations: Annotated[list[Iteration], BeforeValidator(read_objects)] = Field(default_factory=list)
    completed_iterations: Annotated[list[Iteration], BeforeValidator(read_objects)] = Field(default_factory=list)


class ProjectField(Titled):
    """A field of a Project."""

    data_type: Word = ""
    options: Annotated[list[Titled], BeforeValidator(read_objects)] = Field(default_factory=list)
    configuration: Annotated[Configuration, BeforeValidator(read_object)] = Configuration()


class Project(Camel):
    """A Project with its fields."""

    id: Word = ""
    number: Count = 0
    title: Word = ""
    closed: Flag = False
    viewer_can_update: Flag = False
    fields: Annotated[list[ProjectField], BeforeValidator(nodes_of)] = Field(default_factory=list)

    def field(self, name: str) -> ProjectField | None:
        """The field with this name, in any case."""
        return next((one for one in self.fields if name and one.name.casefold() == name.casefold()), None)


class Milestone(Payload):
    """A milestone, from REST: `due_on` is its last day."""

    node_id: Word = ""
    number: Count = 0
    title: Word = ""
    description: Word = ""
    state: Word = ""
    due_on: Moment = None
