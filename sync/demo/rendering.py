"""Records as JSON: issues with the fields that were asked for, comments, history, boards, sprints."""

import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.demo.dialect import NOT_NAVIGABLE, Catalogue, Dialect, Json, in_zone, without_nothing
from sync.demo.records import (
    CATEGORIES,
    Account,
    Board,
    Bond,
    Entry,
    IssueType,
    Record,
    Remark,
    Sprint,
    Status,
    Urgency,
)
from sync.demo.state import State

HIGHEST_BASE36 = 36**8


@dataclass(frozen=True, slots=True)
class View:
    """How one request sees the site: its dialect, its API version, its address."""

    state: State
    dialect: Dialect
    base: str
    version: str
    bulk: bool = False

    @property
    def fields(self) -> Catalogue:
        """The site's fields."""
        return self.dialect.fields(acceptance=self.state.acceptance_field)

    def moment(self, record_moment: Any) -> str | None:
        """A moment in the zone of the account that asks."""
        return in_zone(record_moment, self.state.me.zone) if record_moment else None

    def link(self, path: str) -> str:
        """An address within the platform API."""
        return f"{self.base}/rest/api/{self.version}/{path}"

    def account(self, account: Account | None) -> Json | None:
        """An account."""
        return self.dialect.account(account, self.base) if account else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which fields to show: names, `*all`, `*navigable`, and with a minus what to leave out."""

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
        """Whether more is asked for than the id and the key."""
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
    newest = [entry(view, each) for each in reversed(record.history)]
    shown = newest[:40] if view.bulk and view.dialect.name == "cloud" else newest
    return {"startAt": 0, "maxResults": len(shown), "total": len(newest), "histories": shown}


def entry(view: View, each: Entry) -> Json:
    """One row of an issue's history."""
    items = []
    for item in each.items:
        field_id = view.fields.id_of.get(item.field_id, item.field_id)
        told: Json = {
            "field": item.field,
            "fieldtype": "custom" if field_id.startswith("customfield") else "jira",
            "fieldId": field_id,
            "from": item.before,
            "fromString": item.before_text,
            "to": item.after,
            "toString": item.after_text,
        }
        if view.dialect.name == "datacenter":
            del told["fieldId"]
        items.append(told)
    return {
        "id": each.id,
        "author": view.account(each.author),
        "created": view.moment(each.created),
        "items": items,
    }


def status(view: View, each: Status) -> Json:
    """A status with its category."""
    number, name, colour = CATEGORIES[each.category]
    return {
        "self": view.link(f"status/{each.id}"),
        "description": "",
        "iconUrl": f"{view.base}/images/status.png",
        "id": each.id,
        "name": each.name,
        "statusCategory": {
            "self": view.link(f"statuscategory/{number}"),
            "id": number,
            "key": each.category,
            "colorName": colour,
            "name": name,
        },
    }


def issue_type(view: View, each: IssueType) -> Json:
    """An issue type."""
    own = {"hierarchyLevel": each.level} if view.dialect.name == "cloud" else {}
    return {
        "self": view.link(f"issuetype/{each.id}"),
        "id": each.id,
        "name": each.name,
        "description": "",
        "subtask": each.level < 0,
        **own,
    }


def urgency(view: View, each: Urgency | None) -> Json | None:
    """A priority."""
    if each is None:
        return None
    return {"self": view.link(f"priority/{each.id}"), "id": each.id, "name": each.name}


def project(view: View, key: str) -> Json:
    """A project."""
    number = str(10_000 + list(view.state.projects).index(key))
    return {
        "self": view.link(f"project/{number}"),
        "id": number,
        "key": key,
        "name": view.state.projects[key],
        "projectTypeKey": "software",
    }


def remark(view: View, each: Remark, issue_id: str, *, properties: bool = False) -> Json:
    """A comment; Cloud says with it whether it is public, and its properties when asked."""
    shown: Json = {
        "self": view.link(f"issue/{issue_id}/comment/{each.id}"),
        "id": each.id,
        "author": view.account(each.author),
        "body": view.dialect.text(each.body, view.version) or "",
        "updateAuthor": view.account(each.editor),
        "created": view.moment(each.created),
        "updated": view.moment(each.updated),
        "visibility": each.visibility,
    }
    if view.dialect.name == "cloud":
        shown["jsdPublic"] = True
    if properties:
        shown["properties"] = [{"key": key, "value": value} for key, value in each.properties.items()]
    return without_nothing(shown)


def sprint(view: View, each: Sprint) -> Json:
    """A sprint of the agile API."""
    moments = {"startDate": each.start, "endDate": each.end, "completeDate": each.completed}
    return without_nothing(
        {
            "id": each.id,
            "self": f"{view.base}/rest/agile/1.0/sprint/{each.id}",
            "state": each.state,
            "name": each.name,
            **{key: view.dialect.sprint_moment(value) if value else None for key, value in moments.items()},
            "originBoardId": each.board,
            "goal": each.goal or None,
        }
    )


def board(view: View, each: Board) -> Json:
    """A board of the agile API."""
    shown: Json = {
        "id": each.id,
        "self": f"{view.base}/rest/agile/1.0/board/{each.id}",
        "name": each.name,
        "type": each.kind,
    }
    if view.dialect.name == "cloud":
        where = project(view, each.project)
        shown["location"] = {
            "projectId": int(where["id"]),
            "displayName": f"{where['name']} ({where['key']})",
            "projectName": where["name"],
            "projectKey": where["key"],
            "projectTypeKey": "software",
            "name": f"{where['name']} ({where['key']})",
        }
    return shown


def brief(view: View, record: Record) -> Json:
    """Another issue as links, parents and sub-tasks show it."""
    return {
        "id": record.id,
        "key": record.key,
        "self": view.link(f"issue/{record.id}"),
        "fields": {
            "summary": record.summary,
            "status": status(view, record.status),
            "priority": urgency(view, record.priority),
            "issuetype": issue_type(view, record.type),
        },
    }


def _bonds(view: View, record: Record) -> list[Json]:
    return [_bond(view, each) for each in record.bonds]


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
    children = (view.state.issues.get(each) for each in view.state.children.get(record.id, ()))
    return [brief(view, each) for each in children if each is not None and each.type.level < 0]


def _sprints(view: View, record: Record) -> list[Any] | None:
    known = [view.state.sprints[each] for each in record.sprints if each in view.state.sprints]
    return [view.dialect.sprint_value(each) for each in known] or None


def _remarks(view: View, record: Record) -> Json:
    most = view.dialect.comments_embedded if view.bulk else None
    shown = [remark(view, each, record.id) for each in record.remarks[:most]]
    total = len(record.remarks)
    where = {"self": view.link(f"issue/{record.id}/comment")} if view.dialect.name == "cloud" else {}
    return where | {"comments": shown, "maxResults": len(shown), "total": total, "startAt": 0}


def _watches(view: View, record: Record) -> Json:
    return {
        "self": view.link(f"issue/{record.key}/watchers"),
        "watchCount": len(record.watchers),
        "isWatching": view.state.me.id in record.watchers,
    }


def _named(names: Iterable[str], view: View, kind: str) -> list[Json]:
    return [
        {"self": view.link(f"{kind}/{name}"), "id": str(zlib.crc32(name.encode()) % 90_000 + 10_000), "name": name}
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
    """A rank as the string that the rank field shows; strings sort as the numbers do."""
    digits, signs = "", "0123456789abcdefghijklmnopqrstuvwxyz"
    number = min(rank, HIGHEST_BASE36 - 1)
    for _ in range(8):
        number, sign = divmod(number, 36)
        digits = signs[sign] + digits
    return f"0|{digits}:"


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
    "attachment": lambda _, record: [dict(each) for each in record.attachments],
    "comment": _remarks,
    "watches": _watches,
    "votes": lambda view, record: {"self": view.link(f"issue/{record.key}/votes"), "votes": 0, "hasVoted": False},
    "security": _security,
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
