"""What each address does. Errors have GitLab's own shapes, of which there are several."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from sync.fake_gitlab import rendering
from sync.fake_gitlab.records import MAINTAINER, REPORTER, Account, Box, Note, Project, Record
from sync.fake_gitlab.rendering import Json
from sync.fake_gitlab.state import State

LEAST, MOST = 20, 100  # rows a page
KINDS = ("label", "milestone", "iteration", "state", "weight")
PAID = {"iteration", "weight"}


class Refused(Exception):
    """A refused request: its status and body."""

    def __init__(self, status: int, body: Json) -> None:
        self.status, self.body = status, body
        super().__init__(status)


@dataclass(frozen=True, slots=True)
class Call:
    """A request of a logged-in account."""

    state: State
    me: Account
    query: MultiDict[str, str]
    body: Any

    def value(self, name: str, default: Any = None) -> Any:
        """A value of the body, else of the query."""
        return self.body[name] if isinstance(self.body, dict) and name in self.body else self.query.get(name, default)

    def project(self, ref: str) -> Project:
        """The project with this number or path, 404 where it does not exist or the account is not a member."""
        for project in self.state.projects.values():
            if ref in {str(project.id), project.path} and self.me.id in project.roles:
                return project
        raise Refused(404, {"message": "404 Project Not Found"})

    def issue(self, ref: str, iid: int) -> Record:
        """An issue, or 404."""
        record = self.state.issues.get((self.project(ref).id, iid))
        if record is None:
            raise Refused(404, {"message": "404 Not found"})
        return record

    def for_writing(self, ref: str, iid: int, role: int = 0) -> Record:
        """An issue that the account may change with this role, or 403."""
        record = self.issue(ref, iid)
        if record.project.is_archived or record.project.roles[self.me.id] < role:
            raise Refused(403, {"message": "403 Forbidden"})
        return record


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list; the application makes one page of them."""

    rows: list[Json]


Handler = Callable[..., Any]
ORDERS: Mapping[str, Callable[[Record], Any]] = {
    "created_at": lambda record: record.id,
    "relative_position": lambda record: record.position,
    "updated_at": lambda record: record.updated,
}


def user(call: Call) -> Json:
    """Our own account; only administrators see that they are one."""
    shown = rendering.account(call.me)
    return shown | {"bot": False} | ({"is_admin": True} if call.me.is_admin else {})


def token(call: Call) -> Json:
    """Our own token."""
    last = rendering.day(call.me.expires)
    return {"id": 1, "name": "readyline", "active": True, "scopes": list(call.me.scopes), "expires_at": last}


def version(call: Call) -> Json:
    """The site's version; it does not say the tier."""
    return {"version": "19.2.1", "enterprise": call.state.edition != "ce"}


def project(call: Call, ref: str) -> Json:
    """A project."""
    return rendering.project(call.project(ref), call.me)


def group(call: Call, ref: str) -> Json:
    """A group."""
    return rendering.group(_group(call, ref))


def _group(call: Call, ref: str) -> Any:
    for one in call.state.groups.values():
        if ref in {str(one.id), one.path}:
            return one
    raise Refused(404, {"message": "404 Group Not Found"})


def labels(call: Call, ref: str) -> Page:
    """The labels of a project."""
    return Page([{"id": number, "name": name} for number, name in enumerate(call.project(ref).labels, start=1)])


def milestones(call: Call, place: str, ref: str) -> Page:
    """The milestones of a project or group."""
    return Page([rendering.box(one) for one in _milestones(call, place, ref)])


def _milestones(call: Call, place: str, ref: str) -> list[Box]:
    owner = call.project(ref).id if place == "projects" else _group(call, ref).id
    return [one for one in call.state.boxes.values() if (one.place, one.owner) == (place, owner)]


def issues(call: Call, place: str, ref: str) -> Page:
    """The issues of a project or group; parameters that are not known are ignored."""
    if place == "projects":
        projects = {call.project(ref).id}
    else:
        owner = _group(call, ref).id
        projects = {one.id for one in call.state.projects.values() if one.group == owner and call.me.id in one.roles}
    if (state := call.query.get("state", "all")) not in {"all", "opened", "closed"}:
        raise Refused(400, {"error": f"state does not have a valid value: {state}"})
    records = [one for one in call.state.issues.values() if one.project.id in projects and _matches(one, call)]
    records.sort(key=ORDERS.get(call.query.get("order_by", "created_at"), ORDERS["created_at"]))
    if call.query.get("sort", "desc") == "desc":
        records.reverse()
    return Page([rendering.issue(one, call.state) for one in records])


def _matches(record: Record, call: Call) -> bool:
    asked, state = call.query, "closed" if record.closed else "opened"
    wanted = [label for label in asked.get("labels", "").split(",") if label]
    unwanted = [label for label in asked.get("not[labels]", "").split(",") if label]
    return (
        asked.get("state", "all") in {"all", state}
        and asked.get("issue_type", record.type) == record.type
        and set(wanted) <= set(record.labels)
        and not set(unwanted) & set(record.labels)
        and ("iids[]" not in asked or str(record.iid) in asked.getlist("iids[]"))
        and asked.get("milestone", _title(record.milestone)) == _title(record.milestone)
        and (
            not call.state.is_premium
            or asked.get("iteration_id", _number(record.iteration)) == _number(record.iteration)
        )
    )


def _title(box: Box | None) -> str:
    return box.title if box else ""


def _number(box: Box | None) -> str:
    return str(box.id) if box else ""


def issue(call: Call, ref: str, iid: int) -> Json:
    """An issue."""
    return rendering.issue(call.issue(ref, iid), call.state)


def edit(call: Call, ref: str, iid: int) -> Json:
    """Change labels and the milestone of an issue; an iteration cannot be set here and is ignored."""
    record = call.for_writing(ref, iid, REPORTER)
    add, remove = _names(call.body.get("add_labels")), _names(call.body.get("remove_labels"))
    if add or remove:
        call.state.label(record, by=call.me.username, add=add, remove=remove)
    if "milestone_id" in call.body:
        number = call.body["milestone_id"]
        if number and number not in call.state.boxes:
            raise Refused(400, {"message": {"milestone_id": ["is invalid"]}})
        call.state.edit(record, by=call.me.username, milestone=call.state.boxes.get(number))
    return rendering.issue(record, call.state)


def _names(value: Any) -> tuple[str, ...]:
    several = value if isinstance(value, list) else [value or ""]
    return tuple(name.strip() for one in several for name in str(one).split(",") if name.strip())


def notes(call: Call, ref: str, iid: int) -> Page:
    """The notes of an issue, the newest first where nothing else is asked."""
    ordered = sorted(call.issue(ref, iid).notes, key=lambda one: one.at)
    return Page([rendering.note(one) for one in (ordered if call.query.get("sort") == "asc" else reversed(ordered))])


def add_note(call: Call, ref: str, iid: int) -> Any:
    """Write a note; one that is nothing but commands is executed, and not there afterwards."""
    record = call.for_writing(ref, iid)
    if not str(call.body.get("body", "")).strip():
        raise Refused(400, {"error": "body is missing"})
    made, commands = call.state.comment(
        record, call.body["body"], by=call.me.username, internal=call.body.get("internal", False)
    )
    if made is None:
        return {"commands_changes": dict(commands), "summary": ["Done"]}, 202
    return rendering.note(made) | {"commands_changes": dict(commands)}, 201


def edit_note(call: Call, ref: str, iid: int, number: int) -> Json:
    """Replace the text of a note."""
    record, note = _own_note(call, ref, iid, number)
    call.state.edit_note(record, note, call.body["body"], by=call.me.username)
    return rendering.note(note)


def delete_note(call: Call, ref: str, iid: int, number: int) -> Any:
    """Delete a note."""
    call.state.delete_note(*_own_note(call, ref, iid, number))
    return None, 204


def _own_note(call: Call, ref: str, iid: int, number: int) -> tuple[Record, Note]:
    """A note that the account may change: its own, and as a maintainer any."""
    record = call.for_writing(ref, iid)
    note = next((one for one in record.notes if one.id == number and not one.is_system), None)
    if note is None:
        raise Refused(404, {"message": "404 Note Not Found"})
    if note.author.id != call.me.id and record.project.roles[call.me.id] < MAINTAINER:
        raise Refused(403, {"message": "403 Forbidden"})
    return record, note


def events(call: Call, ref: str, iid: int, kind: str) -> Page:
    """The events of one kind; those of GitLab Premium are not there on other editions."""
    if kind not in KINDS or (kind in PAID and not call.state.is_premium):
        raise Refused(404, {"error": "404 Not Found"})
    of_kind = [one for one in call.issue(ref, iid).events if one.kind == kind]
    return Page([rendering.event(one, number) for number, one in enumerate(of_kind, start=1)])


def links(call: Call, ref: str, iid: int) -> list[Json]:
    """The linked issues."""
    return rendering.links(call.issue(ref, iid), call.state)


def participants(call: Call, ref: str, iid: int) -> Page:
    """Who takes part in an issue."""
    record = call.issue(ref, iid)
    people = [record.author, record.assignee, *(note.author for note in record.notes)]
    return Page([rendering.account(one) for one in {one.id: one for one in people if one}.values()])


def graphql(call: Call) -> Json:
    """The documents that the tracker sends: the cadences and iterations of a group, and moving an issue into one."""
    document, values = str(call.body.get("query", "")), call.body.get("variables") or {}
    if not call.state.is_premium:
        return {"errors": [{"message": "Field 'iterations' doesn't exist on type 'Group'"}]}
    if re.match(r"\s*mutation", document):
        return {"data": {"issueSetIteration": _set_iteration(call, values)}}
    known = any(one.path == values["group"] for one in call.state.groups.values())
    if "iterationCadences" in document:
        return {"data": {"group": {"iterationCadences": _cadences(call)} if known else None}}
    cadences = {int(one.rpartition("/")[2]) for one in values["cadence"]}
    iterations = [one for one in call.state.boxes.values() if one.place == "cadences" and one.owner in cadences]
    page = {"hasNextPage": False, "endCursor": None}
    shown = {"nodes": [rendering.iteration(one) for one in iterations], "pageInfo": page}
    return {"data": {"group": {"iterations": shown} if known else None}}


def _cadences(call: Call) -> Json:
    numbers = sorted({one.owner for one in call.state.boxes.values() if one.place == "cadences"})
    named = ((number, call.state.cadences.get(number, "")) for number in numbers)
    return {"nodes": [{"id": f"gid://gitlab/Iterations::Cadence/{number}", "title": title} for number, title in named]}


def _set_iteration(call: Call, values: Json) -> Json:
    record = call.for_writing(values["project"], int(values["iid"]), REPORTER)
    number = int(str(values["iteration"] or "0").rpartition("/")[2])
    if number and number not in call.state.boxes:
        return {"issue": None, "errors": ["Iteration not found"]}
    call.state.edit(record, by=call.me.username, iteration=call.state.boxes.get(number))
    return {"issue": {"iteration": {"id": values["iteration"]}}, "errors": []}


_ISSUE = "/api/v4/projects/<ref>/issues/<int:iid>"
ROUTES: Iterable[tuple[str, str, Handler]] = (
    ("GET", "/api/v4/user", user),
    ("GET", "/api/v4/personal_access_tokens/self", token),
    ("GET", "/api/v4/version", version),
    ("GET", "/api/v4/projects/<ref>", project),
    ("GET", "/api/v4/groups/<ref>", group),
    ("GET", "/api/v4/projects/<ref>/labels", labels),
    ("GET", "/api/v4/<any(projects, groups):place>/<ref>/milestones", milestones),
    ("GET", "/api/v4/<any(projects, groups):place>/<ref>/issues", issues),
    ("GET", _ISSUE, issue),
    ("PUT", _ISSUE, edit),
    ("GET", f"{_ISSUE}/notes", notes),
    ("POST", f"{_ISSUE}/notes", add_note),
    ("PUT", f"{_ISSUE}/notes/<int:number>", edit_note),
    ("DELETE", f"{_ISSUE}/notes/<int:number>", delete_note),
    ("GET", f"{_ISSUE}/resource_<kind>_events", events),
    ("GET", f"{_ISSUE}/links", links),
    ("GET", f"{_ISSUE}/participants", participants),
    ("POST", "/api/graphql", graphql),
)
