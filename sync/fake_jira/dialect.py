"""The differences between Cloud and Data Center: field ids, texts, accounts, sprints, dates, log-in.

`cloud.py` and `datacenter.py` each implement `Dialect`; everything else renders through it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sync.fake_jira.records import Account, Body, Item, Sprint

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A field as `GET /field` lists it. `ours` is our name for a custom field, "" for a system field."""

    id: str
    name: str
    type: str
    items: str = ""
    custom: str = ""
    ours: str = ""


class Catalogue:
    """The site's fields, found by id or by our name."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self.columns = columns

    @cached_property
    def by_id(self) -> Mapping[str, Column]:
        """Every field by its id."""
        return {column.id: column for column in self.columns}

    @cached_property
    def id_of(self) -> Mapping[str, str]:
        """The id of a custom field by our name."""
        return {column.ours: column.id for column in self.columns if column.ours}

    @cached_property
    def ours(self) -> Mapping[str, str]:
        """Our name of a custom field by its id or by its name in lower case: what JQL needs."""
        names = {column.id: column.ours for column in self.columns if column.ours}
        return names | {column.name.casefold(): column.ours for column in self.columns if column.ours}


SYSTEM = (
    Column("summary", "Summary", "string"),
    Column("issuetype", "Issue Type", "issuetype"),
    Column("project", "Project", "project"),
    Column("status", "Status", "status"),
    Column("priority", "Priority", "priority"),
    Column("description", "Description", "string"),
    Column("environment", "Environment", "string"),
    Column("labels", "Labels", "array", "string"),
    Column("components", "Components", "array", "component"),
    Column("versions", "Affects versions", "array", "version"),
    Column("fixVersions", "Fix versions", "array", "version"),
    Column("resolution", "Resolution", "resolution"),
    Column("resolutiondate", "Resolved", "datetime"),
    Column("created", "Created", "datetime"),
    Column("updated", "Updated", "datetime"),
    Column("duedate", "Due date", "date"),
    Column("assignee", "Assignee", "user"),
    Column("reporter", "Reporter", "user"),
    Column("creator", "Creator", "user"),
    Column("parent", "Parent", "issuelink"),
    Column("subtasks", "Sub-tasks", "array", "issuelinks"),
    Column("issuelinks", "Linked Issues", "array", "issuelinks"),
    Column("attachment", "Attachment", "array", "attachment"),
    Column("comment", "Comment", "comments-page"),
    Column("watches", "Watchers", "watches"),
    Column("votes", "Votes", "votes"),
    Column("security", "Security Level", "securitylevel"),
    Column("timeoriginalestimate", "Original estimate", "number"),
    Column("timeestimate", "Remaining Estimate", "number"),
    Column("timespent", "Time Spent", "number"),
    Column("aggregatetimeoriginalestimate", "Σ Original Estimate", "number"),
    Column("aggregatetimeestimate", "Σ Remaining Estimate", "number"),
    Column("aggregatetimespent", "Σ Time Spent", "number"),
)

NOT_NAVIGABLE = frozenset({"comment", "attachment"})


class Dialect(Protocol):
    """One kind of Jira."""

    name: str
    deployment: str
    version_number: str
    latest: str
    comments_embedded: int | None

    def fields(self, *, acceptance: bool) -> Catalogue:
        """The fields of the site, with or without one for acceptance criteria."""
        ...

    def column(self, column: Column) -> Json:
        """A field as `GET /field` lists it."""
        ...

    def account(self, account: Account, base: str) -> Json:
        """An account."""
        ...

    def text(self, body: Body, version: str) -> Any:
        """A rich text as API `version` ("2" or "3") shows it."""
        ...

    def sprint_value(self, sprint: Sprint) -> Any:
        """A sprint as a value of the sprint field."""
        ...

    def sprint_moment(self, moment: datetime) -> str:
        """A sprint's date in the agile API."""
        ...

    def team(self, name: str) -> Any:
        """A team as a value of the team field."""
        ...

    def history_field(self, item: Item, *, below_epic: bool) -> tuple[str, str]:
        """The name and the id of a field in the history, the id "" where Jira has none there.

        `below_epic` says that the issue is of the level below epics, where the parent is an epic.
        """
        ...

    def credentials(self, email: str, token: str) -> str:
        """The valid Authorization header."""
        ...

    def greeting(self, account: Account) -> Mapping[str, str]:
        """The headers with the account, in every response."""
        ...


def in_zone(moment: datetime, zone: str) -> str:
    """A time in issues: milliseconds, the account's offset without a colon."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%dT%H:%M:%S}.{local.microsecond // 1000:03d}{local:%z}"


def without_nothing(values: Mapping[str, Any]) -> Json:
    """The values without absent ones, which Jira leaves out."""
    return {key: value for key, value in values.items() if value is not None}
