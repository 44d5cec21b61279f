"""The data of the simulated GitHub, and the actions of people on it."""

import base64
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

BOT, OWNER = "readyline-bot", "acme"
MODERN = frozenset(
    {"issueType", "parent", "subIssues", "subIssuesSummary", "blockedBy", "blocking", "issueDependenciesSummary"}
)
"""The newer parts of an issue; an older Enterprise Server lacks some."""


@dataclass
class Remark:
    """A comment."""

    id: int
    author: str
    body: str
    created: datetime
    updated: datetime


@dataclass
class Event:
    """An event of a timeline: its GraphQL type, who and when, and the label, or the author of a deleted comment."""

    kind: str
    actor: str
    at: datetime
    label: str = ""
    author: str = ""


@dataclass
class Record:
    """An issue; `home` is its repository, `parent` and `blockers` are keys of issues."""

    home: str
    number: int
    title: str
    author: str
    created: datetime
    updated: datetime
    body: str = ""
    type: str = ""
    closed: datetime | None = None
    labels: list[str] = field(default_factory=list)
    assignees: list[str] = field(default_factory=list)
    milestone: int | None = None
    parent: str = ""
    blockers: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Its key."""
        return f"{self.home}#{self.number}"

    @property
    def id(self) -> str:
        """Its node id, which is another one after a transfer."""
        return node_id("I", self.key)


@dataclass
class Milestone:
    """A milestone; `due` is its last day."""

    number: int
    title: str
    due: date | None
    closed: bool = False


@dataclass
class Home:
    """A repository: whether it is archived, its labels and milestones, and what the account of the token may do."""

    name: str
    archived: bool = False
    permission: str = "WRITE"
    labels: list[str] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)


@dataclass
class Iteration:
    """An iteration of the Project."""

    id: str
    title: str
    start: date
    days: int = 14


@dataclass
class Item:
    """An item of the Project: its issue by key, and the values of its fields by their names."""

    id: str
    issue: str
    values: dict[str, Any] = field(default_factory=dict)
    hidden: bool = False
    archived: bool = False


@dataclass
class Board:
    """The Project: its fields by name with their types, the options of some, its iterations, its items in order."""

    number: int = 7
    title: str = "Shop"
    closed: bool = False
    may_update: bool = True
    fields: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    iterations: list[Iteration] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


class State:
    """Everything on the site, and what people do with it; `me` is the account of the token."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.me = BOT
        self.scopes: str | None = None  # of a classic token
        self.people: dict[str, str] = {BOT: "Readyline"}
        self.homes: dict[str, Home] = {}
        self.issues: dict[str, Record] = {}
        self.moved: dict[str, str] = {}
        self.board = Board()
        self.known = MODERN
        self.rejected_size: int | None = None  # a query for more issues at once fails
        self._next_comment = 3_000_000_000  # beyond what 32 bits hold, as on github.com

    def now(self) -> datetime:
        """The time in whole seconds, as GitHub shows it."""
        return self.clock().astimezone(UTC).replace(microsecond=0)

    def fresh_id(self) -> int:
        """The id of a new comment."""
        self._next_comment += 1
        return self._next_comment

    def by_id(self, node: str) -> Record | None:
        """The issue with this node id."""
        return next((record for record in self.issues.values() if record.id == node), None)

    def item_of(self, key: str) -> Item | None:
        """The item of the Project that holds an issue."""
        return next((item for item in self.board.items if item.issue == key), None)

    def create(
        self, home: str, title: str, *, by: str, values: Mapping[str, Any] | None = None, **fields: Any
    ) -> Record:
        """A person opens an issue; with `values` it is the last item of the Project."""
        number = 1 + max((one.number for one in self.issues.values() if one.home == home), default=0)
        moment = fields.pop("created", self.now())
        record = Record(home, number, title, by, moment, moment, **fields)
        self.issues[record.key] = record
        self.homes[home].labels += [label for label in record.labels if label not in self.homes[home].labels]
        if values is not None:
            self.board.items.append(Item(node_id("PVTI", record.key), record.key, dict(values)))
        return record

    def comment(self, key: str, body: str, *, by: str) -> Remark:
        """Somebody comments."""
        remark = Remark(self.fresh_id(), by, body, self.now(), self.now())
        self.issues[key].remarks.append(remark)
        self.issues[key].updated = self.now()
        return remark

    def label(self, key: str, label: str, *, by: str, on: bool = True) -> None:
        """Somebody adds or removes a label. Names of labels have no case."""
        record = self.issues[key]
        there = next((one for one in record.labels if one.casefold() == label.casefold()), None)
        if (there is not None) is on:
            return
        home = self.homes[record.home]
        known = next((one for one in home.labels if one.casefold() == label.casefold()), None)
        if known is None:
            home.labels.append(label)
        record.labels = [*record.labels, known or label] if on else [one for one in record.labels if one != there]
        self._happened(record, "LabeledEvent" if on else "UnlabeledEvent", by, there or known or label)

    def set_milestone(self, key: str, number: int | None, *, by: str) -> None:
        """Somebody puts an issue into a milestone, or out of it."""
        self.issues[key].milestone = number
        self._happened(self.issues[key], "MilestonedEvent" if number else "DemilestonedEvent", by)

    def delete(self, key: str) -> None:
        """An administrator deletes an issue; its item goes with it."""
        del self.issues[key]
        self.board.items = [item for item in self.board.items if item.issue != key]

    def transfer(self, key: str, home: str) -> Record:
        """Somebody transfers an issue to another repository, where it is a new one."""
        record = self.issues.pop(key)
        record.home = home
        record.number = 1 + max((one.number for one in self.issues.values() if one.home == home), default=0)
        self.issues[record.key], self.moved[key] = record, record.key
        for item in self.board.items:
            item.issue = record.key if item.issue == key else item.issue
        return record

    def delete_comment(self, comment: int, *, by: str) -> None:
        """Somebody deletes a comment: no date changes, and only the timeline says it."""
        for record in self.issues.values():
            for gone in [one for one in record.remarks if one.id == comment]:
                record.remarks.remove(gone)
                record.events.append(Event("CommentDeletedEvent", by, self.now(), author=gone.author))

    def _happened(self, record: Record, kind: str, by: str, label: str = "") -> None:
        record.updated = self.now()
        record.events.append(Event(kind, by, record.updated, label))


def node_id(prefix: str, name: object) -> str:
    """A node id: opaque, and the same for the same thing."""
    return f"{prefix}_{base64.urlsafe_b64encode(str(name).encode()).decode().rstrip('=')}"


def shown(moment: datetime | None) -> str | None:
    """A time as GitHub writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
