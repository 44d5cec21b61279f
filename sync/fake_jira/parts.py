"""The parts of responses: statuses, accounts, comments, sprints, boards, other issues in brief."""

from dataclasses import dataclass
from datetime import datetime

from sync.fake_jira.dialect import Catalogue, Dialect, Json, in_zone, without_nothing
from sync.fake_jira.records import CATEGORIES, Account, Board, IssueType, Record, Remark, Sprint, Status, Urgency
from sync.fake_jira.state import State


@dataclass(frozen=True, slots=True)
class View:
    """The site as seen by one request: dialect, API version, address."""

    state: State
    dialect: Dialect
    base: str
    version: str
    bulk: bool = False

    @property
    def fields(self) -> Catalogue:
        """The site's fields."""
        return self.dialect.fields(acceptance=self.state.acceptance_field)

    def moment(self, moment: datetime | None) -> str | None:
        """A time in the zone of the account that asks."""
        return in_zone(moment, self.state.me.zone) if moment else None

    def link(self, path: str) -> str:
        """An address within the platform API."""
        return f"{self.base}/rest/api/{self.version}/{path}"

    def account(self, account: Account | None) -> Json | None:
        """An account."""
        return self.dialect.account(account, self.base) if account else None


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
    """A comment; on Cloud with whether it is public, and with its properties on request."""
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
    """Another issue as in links, parents and sub-tasks."""
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
