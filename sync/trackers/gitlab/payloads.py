"""GitLab's JSON: what we use of it."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from sync.trackers.tolerant import Day, Moment, Payload, Word, read_object, read_objects


def _words(value: object) -> object:
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def _number(value: object) -> object:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


Number = Annotated[float | None, BeforeValidator(_number)]


class User(Payload):
    """An account. Tokens of projects and groups have bots of their own."""

    id: Word = ""
    username: Word = ""
    name: Word = ""

    @property
    def is_bot(self) -> bool:
        """Whether it is the account of a project's or group's token."""
        return self.username.startswith(("project_", "group_")) and "_bot" in self.username


class Box(Payload):
    """A milestone or an iteration."""

    id: Word = ""
    title: Word = ""
    description: Word = ""
    state: Word = ""
    start_date: Day = None
    due_date: Day = None


class Label(Payload):
    """A label of an event; a deleted label has no name."""

    name: Word = ""


class Times(Payload):
    """The time tracking of an issue, in seconds."""

    time_estimate: Number = None
    total_time_spent: Number = None


class References(Payload):
    """How texts name an issue."""

    full: Word = ""


Account = Annotated[User, BeforeValidator(read_object)]
OfLabel = Annotated[Label, BeforeValidator(read_object)]
TimeBox = Annotated[Box, BeforeValidator(read_object)]


class Note(Payload):
    """A comment, or what GitLab itself says about a change."""

    id: Word = ""
    author: Account = User()
    body: Word = ""
    created_at: Moment = None
    system: bool = False


class Event(Payload):
    """A change of a label, the milestone, the iteration, the state or the weight."""

    user: Account = User()
    created_at: Moment = None
    action: Word = ""
    label: OfLabel = Label()
    milestone: TimeBox = Box()
    iteration: TimeBox = Box()
    state: Word = ""
    weight: Number = None


Notes = Annotated[list[Note], BeforeValidator(read_objects)]
Events = Annotated[list[Event], BeforeValidator(read_objects)]


class Other(Payload):
    """An issue that another one is linked to."""

    project_id: Word = ""
    iid: Word = ""
    title: Word = ""
    state: Word = ""
    references: Annotated[References, BeforeValidator(read_object)] = References()
    link_type: Word = ""

    @property
    def id(self) -> str:
        """Its name in requests: the number of its project, and its number there."""
        return f"{self.project_id}:{self.iid}"


class RawIssue(Other):
    """An issue, and what is asked for each one alone: notes, events and links."""

    description: Word = ""
    issue_type: Word = ""
    created_at: Moment = None
    updated_at: Moment = None
    closed_at: Moment = None
    due_date: Day = None
    labels: Annotated[list[str], BeforeValidator(_words)] = Field(default_factory=list)
    milestone: TimeBox = Box()
    iteration: TimeBox = Box()
    author: Account = User()
    assignee: Account = User()
    confidential: bool = False
    service_desk_reply_to: Any = None
    upvotes: int = 0
    weight: Number = None
    time_stats: Annotated[Times, BeforeValidator(read_object)] = Times()
    notes: Notes = Field(default_factory=list)
    label_events: Events = Field(default_factory=list)
    sprint_events: Events = Field(default_factory=list)
    state_events: Events = Field(default_factory=list)
    weight_events: Events = Field(default_factory=list)
    links: Annotated[list[Other], BeforeValidator(read_objects)] = Field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        """Whether it is closed."""
        return self.state == "closed"

    @property
    def is_from_outside(self) -> bool:
        """Whether the Service Desk made it of a mail: its sender gets every public note."""
        return bool(self.service_desk_reply_to)
