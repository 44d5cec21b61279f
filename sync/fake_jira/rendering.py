"""Issues as JSON with the requested fields, and their history.

`VALUES` has one row per field, by its id or, for custom fields, by our name.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.fake_jira.dialect import NOT_NAVIGABLE, Json
from sync.fake_jira.parts import View, brief, issue_type, project, remark, status, urgency
from sync.fake_jira.records import Bond, Entry, Item, Record

HIGHEST_BASE36 = 36**8


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which fields to show: names, `*all`, `*navigable`, and with a minus those to leave out."""

    names: frozenset[str]
    everything: bool = False
    navigable: bool = False
    without: frozenset[str] = frozenset()

    @classmethod
    def of(cls, given: Iterable[str]) -> "Wanted":
        """Read a list of field names."""
        names = [name.strip() for name in given if name.strip()]
        without = frozenset(name[1:] for name in names if name.startswith("-"))
        only_without = bool(without) and len(without) == len(names)
        return cls(
            names=frozenset(name for name in names if name[0] not in "-*"),
            everything="*all" in names,
            navigable="*navigable" in names or only_without,
            without=without,
        )

    def takes(self, name: str) -> bool:
        """Whether this field is to be shown."""
        if name in self.without:
            return False
        return name in self.names or self.everything or (self.navigable and name not in NOT_NAVIGABLE)

    @property
    def heavy(self) -> bool:
        """Whether more than the id and the key is requested."""
        return self.everything or self.navigable or bool(self.names - {"id", "key"})


def issue(view: View, record: Record, wanted: Wanted, *, properties: Iterable[str] = (), expand: str = "") -> Json:
    """An issue with the wanted fields."""
    shown: Json = {"id": record.id, "key": record.key, "self": view.link(f"issue/{record.id}")}
    catalogue = view.fields
    values: Json = {}
    for column in catalogue.columns:
        if wanted.takes(column.id) and (render := VALUES.get(column.ours or column.id)) is not None:
            values[column.id] = render(view, record)
    if values:
        shown["fields"] = values
    if keys := [key for key in properties if key]:
        everything = "*all" in keys
        shown["properties"] = {k: v for k, v in record.properties.items() if everything or k in keys}
    if "changelog" in expand:
        shown["changelog"] = embedded_history(view, record)
    return shown


def embedded_history(view: View, record: Record) -> Json:
    """The history as `expand=changelog` shows it, the newest first; Cloud's bulk answers stop at 40."""
    newest = [entry(view, record, row) for row in reversed(record.history)]
    shown = newest[:40] if view.bulk and view.dialect.name == "cloud" else newest
    return {"startAt": 0, "maxResults": len(shown), "total": len(newest), "histories": shown}


def entry(view: View, record: Record, change: Entry) -> Json:
    """One row of an issue's history."""
    return {
        "id": change.id,
        "author": view.account(change.author),
        "created": view.moment(change.created),
        "items": [_item(view, record, item) for item in change.items],
    }


def _item(view: View, record: Record, item: Item) -> Json:
    name, field_id = view.dialect.history_field(item, below_epic=record.type.level == 0)
    field_id = view.fields.id_of.get(field_id, field_id)
    row: Json = {"field": name, "fieldtype": "custom" if field_id.startswith("customfield") else "jira"}
    if field_id and view.dialect.name == "cloud":
        row["fieldId"] = field_id
    values = {"from": item.before, "fromString": item.before_text, "to": item.after, "toString": item.after_text}
    return row | values


# The value of each field


def _bonds(view: View, record: Record) -> list[Json]:
    return [_bond(view, bond) for bond in record.bonds]


def _bond(view: View, bond: Bond) -> Json:
    other = view.state.issues.get(bond.other)
    kind = {"id": bond.type.id, "name": bond.type.name, "inward": bond.type.inward, "outward": bond.type.outward}
    return {
        "id": bond.id,
        "self": view.link(f"issueLink/{bond.id}"),
        "type": kind | {"self": view.link(f"issueLinkType/{bond.type.id}")},
        "outwardIssue" if bond.outward else "inwardIssue": brief(view, other) if other else dict(bond.stub or {}),
    }


def _parent(view: View, record: Record) -> Json | None:
    parent = view.state.issues.get(record.parent or "")
    if parent is None or (view.dialect.name == "datacenter" and parent.type.level > 0):
        return None
    return brief(view, parent)


def _epic_link(view: View, record: Record) -> str | None:
    parent = view.state.issues.get(record.parent or "")
    return parent.key if parent is not None and parent.type.level > 0 else None


def _subtasks(view: View, record: Record) -> list[Json]:
    children = (view.state.issues.get(child) for child in view.state.children.get(record.id, ()))
    return [brief(view, child) for child in children if child is not None and child.type.level < 0]


def _sprints(view: View, record: Record) -> list[Any] | None:
    sprints = [view.state.sprints[number] for number in record.sprints if number in view.state.sprints]
    return [view.dialect.sprint_value(sprint) for sprint in sprints] or None


def _remarks(view: View, record: Record) -> Json:
    most = view.dialect.comments_embedded if view.bulk else None
    shown = [remark(view, comment, record.id) for comment in record.remarks[:most]]
    total = len(record.remarks)
    where = {"self": view.link(f"issue/{record.id}/comment")} if view.dialect.name == "cloud" else {}
    return where | {"comments": shown, "maxResults": len(shown), "total": total, "startAt": 0}


def _watches(view: View, record: Record) -> Json:
    return {
        "self": view.link(f"issue/{record.key}/watchers"),
        "watchCount": len(record.watchers),
        "isWatching": view.state.me.id in record.watchers,
    }


def votes(view: View, record: Record) -> Json:
    """How many people voted for an issue."""
    return {
        "self": view.link(f"issue/{record.key}/votes"),
        "votes": len(record.voters),
        "hasVoted": view.state.me.id in record.voters,
    }


def _named(names: Iterable[str], view: View, kind: str) -> list[Json]:
    return [
        {
            "self": view.link(f"{kind}/{name}"),
            "id": str(zlib.crc32(name.encode("utf-8", "replace")) % 90_000 + 10_000),
            "name": name,
        }
        for name in names
    ]


def _security(view: View, record: Record) -> Json | None:
    if record.security is None:
        return None
    return {"self": view.link("securitylevel/10021"), "id": "10021", "name": record.security, "description": ""}


def _resolution(view: View, record: Record) -> Json | None:
    if record.resolution is None:
        return None
    return {"self": view.link("resolution/10000"), "id": "10000", "name": record.resolution, "description": ""}


def lexorank(rank: int) -> str:
    """A rank as the string in the rank field; strings sort like the numbers."""
    digits, signs = "", "0123456789abcdefghijklmnopqrstuvwxyz"
    number = min(rank, HIGHEST_BASE36 - 1)
    for _ in range(8):
        number, sign = divmod(number, 36)
        digits = signs[sign] + digits
    return f"0|{digits}:"


def _with_subtasks(pick: Callable[[Record], int | None]) -> Callable[[View, Record], int | None]:
    """The sum of a time over an issue and its sub-tasks, `None` where none of them has one."""

    def total(view: View, record: Record) -> int | None:
        children = (view.state.issues.get(child) for child in view.state.children.get(record.id, ()))
        family = (record, *(child for child in children if child is not None and child.type.level < 0))
        times = [seconds for one in family if (seconds := pick(one)) is not None]
        return sum(times) if times else None

    return total


VALUES: Mapping[str, Callable[[View, Record], Any]] = {
    "summary": lambda _, record: record.summary,
    "issuetype": lambda view, record: issue_type(view, record.type),
    "project": lambda view, record: project(view, record.project),
    "status": lambda view, record: status(view, record.status),
    "priority": lambda view, record: urgency(view, record.priority),
    "description": lambda view, record: view.dialect.text(record.description, view.version),
    "environment": lambda _, record: record.environment or None,
    "labels": lambda _, record: list(record.labels),
    "components": lambda view, record: _named(record.components, view, "component"),
    "versions": lambda view, record: _named(record.versions, view, "version"),
    "fixVersions": lambda view, record: _named(record.fix_versions, view, "version"),
    "resolution": _resolution,
    "resolutiondate": lambda view, record: view.moment(record.resolved),
    "created": lambda view, record: view.moment(record.created),
    "updated": lambda view, record: view.moment(record.updated),
    "duedate": lambda _, record: record.due.isoformat() if record.due else None,
    "assignee": lambda view, record: view.account(record.assignee),
    "reporter": lambda view, record: view.account(record.reporter),
    "creator": lambda view, record: view.account(record.creator),
    "parent": _parent,
    "subtasks": _subtasks,
    "issuelinks": _bonds,
    "attachment": lambda _, record: [dict(attachment) for attachment in record.attachments],
    "comment": _remarks,
    "watches": _watches,
    "votes": votes,
    "security": _security,
    "timeoriginalestimate": lambda _, record: record.original_seconds,
    "timeestimate": lambda _, record: record.remaining_seconds,
    "timespent": lambda _, record: record.spent_seconds,
    "aggregatetimeoriginalestimate": _with_subtasks(lambda record: record.original_seconds),
    "aggregatetimeestimate": _with_subtasks(lambda record: record.remaining_seconds),
    "aggregatetimespent": _with_subtasks(lambda record: record.spent_seconds),
    "team": lambda view, record: view.dialect.team(record.team) if record.team else None,
    "epic_link": _epic_link,
    "team_points": lambda _, record: record.team_points,
    "points": lambda _, record: record.points,
    "rank": lambda _, record: lexorank(record.rank),
    "sprint": _sprints,
    "flagged": lambda view, record: (
        [{"value": "Impediment", "id": "10019", "self": view.link("customFieldOption/10019")}]
        if record.flagged
        else None
    ),
    "acceptance": lambda view, record: view.dialect.text(record.acceptance, view.version),
}
