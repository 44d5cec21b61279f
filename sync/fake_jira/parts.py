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


def status(view: View, status: Status) -> Json:
    """A status with its category."""
    number, name, colour = CATEGORIES[status.category]
    return {
        "self": view.link(f"status/{status.id}"),
        "description": "",
        "iconUrl": f"{view.base}/images/status.png",
        "id": status.id,
        "name": status.name,
        "statusCategory": {
            "self": view.link(f"statuscategory/{number}"),
            "id": number,
            "key": status.category,
            "colorName": colour,
            "name": name,
        },
    }


def issue_type(view: View, issue_type: IssueType) -> Json:
    """An issue type."""
    own = {"hierarchyLevel": issue_type.level} if view.dialect.name == "cloud" else {}
    return {
        "self": view.link(f"issuetype/{issue_type.id}"),
        "id": issue_type.id,
        "name": issue_type.name,
        "description": "",
        "subtask": issue_type.level < 0,
        **own,
    }


def urgency(view: View, priority: Urgency | None) -> Json | None:
    """A priority."""
    if priority is None:
        return None
    return {"self": view.link(f"priority/{priority.id}"), "id": priority.id, "name": priority.name}


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


def remark(view: View, comment: Remark, issue_id: str, *, properties: bool = False) -> Json:
    """A comment; on Cloud with whether it is public, and with its properties on request."""
    shown: Json = {
        "self": view.link(f"issue/{issue_id}/comment/{comment.id}"),
        "id": comment.id,
        "author": view.account(comment.author),
        "body": view.dialect.text(comment.body, view.version) or "",
        "updateAuthor": view.account(comment.editor),
        "created": view.moment(comment.created),
        "updated": view.moment(comment.updated),
        "visibility": comment.visibility,
    }
    if view.dialect.name == "cloud":
        shown["jsdPublic"] = True
    if properties:
        shown["properties"] = [{"key": key, "value": value} for key, value in comment.properties.items()]
    return without_nothing(shown)


def sprint(view: View, sprint: Sprint) -> Json:
    """A sprint of the agile API."""
    moments = {"startDate": sprint.start, "endDate": sprint.end, "completeDate": sprint.completed}
    return without_nothing(
        {
            "id": sprint.id,
            "self": f"{view.base}/rest/agile/1.0/sprint/{sprint.id}",
            "state": sprint.state,
            "name": sprint.name,
            **{key: view.dialect.sprint_moment(value) if value else None for key, value in moments.items()},
            "originBoardId": sprint.board,
            "goal": sprint.goal or None,
        }
    )


def board(view: View, board: Board) -> Json:
    """A board of the agile API."""
    shown: Json = {
        "id": board.id,
        "self": f"{view.base}/rest/agile/1.0/board/{board.id}",
        "name": board.name,
        "type": board.kind,
    }
    if view.dialect.name == "cloud":
        where = project(view, board.project)
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
