"""The data of the simulator: accounts, boards, sprints, issues, comments, changes. Plain mutable records, no JSON.

Independent of the dialect; `cloud.py` and `datacenter.py` define the HTTP format.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

CATEGORIES: Mapping[str, tuple[int, str, str]] = {
    "new": (2, "To Do", "blue-gray"),
    "indeterminate": (4, "In Progress", "yellow"),
    "done": (3, "Done", "green"),
}
"""Status category: key -> (id, name, colour), the same on every Jira."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who can log in, or an app. `id` is Cloud's account id, `name` Data Center's user name and key."""

    id: str
    name: str
    display: str
    email: str = ""
    zone: str = "UTC"
    active: bool = True
    is_app: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """A workflow status; `category` is a key of `CATEGORIES`."""

    id: str
    name: str
    category: str


@dataclass(frozen=True, slots=True)
class IssueType:
    """An issue type; `level` is 1 for epics, 0 for stories and bugs, -1 for sub-tasks."""

    id: str
    name: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Urgency:
    """A priority; `order` is its place in the site's list, 0 the most urgent."""

    id: str
    name: str
    order: int


@dataclass(frozen=True, slots=True)
class LinkType:
    """A kind of link: A `outward` B, B `inward` A (blocks, is blocked by)."""

    id: str
    name: str
    inward: str
    outward: str


@dataclass(frozen=True, slots=True)
class Bond:
    """One end of a link.

    `outward` says that the holder does it (blocks); `stub` is the other issue's JSON when it is not on this site.
    """

    id: str
    type: LinkType
    outward: bool
    other: str
    stub: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A rich text as written: wiki markup or an ADF document, never both."""

    wiki: str = ""
    adf: Mapping[str, Any] | None = None

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return bool(self.wiki) or self.adf is not None


@dataclass(slots=True, kw_only=True)
class Board:
    """A board; `components` filter it within its project, `points` names its estimation field."""

    id: int
    name: str
    project: str
    kind: Literal["scrum", "kanban", "simple"] = "scrum"
    points: Literal["points", "team_points"] = "points"
    components: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Sprint:
    """A sprint; `board` is the one it was made on."""

    id: int
    board: int | None
    name: str
    state: Literal["future", "active", "closed"] = "future"
    start: datetime | None = None
    end: datetime | None = None
    completed: datetime | None = None
    goal: str = ""


@dataclass(slots=True, kw_only=True)
class Remark:
    """A comment with its properties."""

    id: str
    author: Account
    body: Body
    created: datetime
    updated: datetime
    editor: Account
    properties: dict[str, Any] = field(default_factory=dict)
    visibility: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One field's change within an `Entry`."""

    field: str
    field_id: str
    before: str | None
    before_text: str | None
    after: str | None
    after_text: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one edit changed: one row of an issue's history."""

    id: str
    author: Account
    created: datetime
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail of the site about an edit: when, about which issue, by whose edit, and who gets it (ids of accounts)."""

    at: datetime
    issue: str
    by: str
    to: str


@dataclass(slots=True, kw_only=True)
class Record:
    """An issue. `points` is company-managed "Story Points", `team_points` team-managed "Story point estimate".

    `original_seconds`, `remaining_seconds` and `spent_seconds` are the time tracking of the issue itself.
    """

    id: str
    key: str
    project: str
    type: IssueType
    status: Status
    summary: str
    created: datetime
    updated: datetime
    reporter: Account | None = None
    creator: Account | None = None
    assignee: Account | None = None
    priority: Urgency | None = None
    description: Body = field(default_factory=Body)
    acceptance: Body = field(default_factory=Body)
    environment: str = ""
    resolution: str | None = None
    resolved: datetime | None = None
    due: date | None = None
    labels: list[str] = field(default_factory=list)
    components: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    fix_versions: list[str] = field(default_factory=list)
    points: float | None = None
    team_points: float | None = None
    original_seconds: int | None = None
    remaining_seconds: int | None = None
    spent_seconds: int | None = None
    sprints: list[int] = field(default_factory=list)
    rank: int = 0
    flagged: bool = False
    team: str | None = None
    parent: str | None = None
    security: str | None = None
    bonds: list[Bond] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    history: list[Entry] = field(default_factory=list)
    properties: dict[str, Any] = field(default_factory=dict)
    attachments: list[Mapping[str, Any]] = field(default_factory=list)
    watchers: set[str] = field(default_factory=set)
    voters: set[str] = field(default_factory=set)

    def snapshot(self) -> "Record":
        """A copy that later edits do not change; comments are copied too."""
        duplicate = copy.copy(self)
        for name in ("labels", "components", "versions", "fix_versions", "sprints", "bonds", "history"):
            setattr(duplicate, name, list(getattr(self, name)))
        duplicate.remarks = [copy.copy(remark) for remark in self.remarks]
        duplicate.properties = dict(self.properties)
        duplicate.watchers, duplicate.voters = set(self.watchers), set(self.voters)
        return duplicate

    @property
    def number(self) -> int:
        """The number in the key, for the order by key."""
        return int(self.key.rpartition("-")[2])
