"""What a GitLab holds: accounts, projects, milestones, issues with their notes and events."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

GUEST, REPORTER, DEVELOPER, MAINTAINER = 10, 20, 30, 40
"""GitLab's numbers of roles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account with its token, and what the token allows."""

    id: int
    username: str
    name: str
    token: str
    scopes: tuple[str, ...] = ("api",)
    expires: date | None = None
    is_admin: bool = False


@dataclass(slots=True, kw_only=True)
class Project:
    """A project of a group. `roles` are GitLab's numbers by account; `labels` are the names that it has."""

    id: int
    path: str
    name: str
    group: int = 0
    is_archived: bool = False
    roles: dict[int, int] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    moved_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group."""

    id: int
    path: str
    name: str


@dataclass(slots=True, kw_only=True)
class Box:
    """A milestone of a project or group, or an iteration of a cadence: `place` and `owner` say of which one."""

    id: int
    place: str
    owner: int
    title: str
    state: str
    start: date | None = None
    due: date | None = None
    description: str = ""


@dataclass(slots=True, kw_only=True)
class Note:
    """A comment, or what GitLab itself says about a change."""

    id: int
    author: Account
    body: str
    at: datetime
    is_system: bool = False
    is_internal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A change of a label, a milestone, an iteration, the state or the weight: its kind and what it says."""

    kind: str
    by: Account
    at: datetime
    says: dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Record:
    """An issue. `blocks` are the issues that wait for it; `is_from_outside` is whether the Service Desk made it."""

    id: int
    project: Project
    iid: int
    title: str
    author: Account
    created: datetime
    updated: datetime
    position: float
    description: str = ""
    type: str = "issue"
    closed: datetime | None = None
    labels: list[str] = field(default_factory=list)
    milestone: Box | None = None
    iteration: Box | None = None
    assignee: Account | None = None
    weight: int | None = None
    seconds: int = 0
    due: date | None = None
    is_confidential: bool = False
    is_from_outside: bool = False
    blocks: list["Record"] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def key(self) -> str:
        """How texts name it."""
        return f"{self.project.path}#{self.iid}"
