"""The GraphQL interface: it knows the documents by the name of their operation, and gives more than they ask for.

The fields of a Project are variables whose names are their aliases.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sync.fake_github.state import Home, Item, Iteration, Record, State, node_id, shown

Json = dict[str, Any]
PAGE = 100


class Failed(Exception):
    """An error in the answer: its kind and message."""

    def __init__(self, kind: str, message: str) -> None:
        self.kind = kind
        super().__init__(message)


def answer(state: State, operation: str, variables: Mapping[str, Any]) -> Json:
    """The body of the answer to one document."""
    try:
        data, errors = OPERATIONS[operation](state, variables)
    except Failed as failed:
        return {"data": None, "errors": [{"type": failed.kind, "message": str(failed)}]}
    return {"data": data, **({"errors": errors} if errors else {})}


Answered = tuple[Json, Sequence[Json]]


def _site(state: State, _: Mapping[str, Any]) -> Answered:
    fields = [{"name": name} for name in ("id", "title", *sorted(state.known))]
    return {"viewer": {"login": state.me}, "issue": {"fields": fields}}, ()


def _repository(state: State, given: Mapping[str, Any]) -> Answered:
    home = state.homes.get(f"{given['owner']}/{given['name']}")
    if home is None:
        return {"repository": None}, [_not_found("repository")]
    count = sum(one.home == home.name and one.closed is None for one in state.issues.values())
    about = {"isArchived": home.archived, "hasIssuesEnabled": True, "viewerPermission": home.permission}
    return {"repository": {"nameWithOwner": home.name, **about, "issues": {"totalCount": count}}}, ()


def _project(state: State, given: Mapping[str, Any]) -> Answered:
    board = state.board
    if given["number"] != board.number:
        return {"repositoryOwner": {"projectV2": None}}, [_not_found("projectV2")]
    fields = [
        {
            "id": node_id("PVTF", name),
            "name": name,
            "dataType": kind,
            **({"options": [{"name": option} for option in board.options[name]]} if name in board.options else {}),
            **({"configuration": _configuration(state)} if kind == "ITERATION" else {}),
        }
        for name, kind in board.fields.items()
    ]
    project = {"id": "PVT_1", "number": board.number, "title": board.title, "closed": board.closed}
    return {
        "repositoryOwner": {"projectV2": {**project, "viewerCanUpdate": board.may_update, "fields": {"nodes": fields}}}
    }, ()


def _configuration(state: State) -> Json:
    today = state.now().date()
    over = [one for one in state.board.iterations if (today - one.start).days >= one.days]
    return {
        "iterations": [_iteration(one) for one in state.board.iterations if one not in over],
        "completedIterations": [_iteration(one) for one in over],
    }


def _iteration(one: Iteration) -> Json:
    return {"id": one.id, "title": one.title, "startDate": one.start.isoformat(), "duration": one.days}


def _items(state: State, given: Mapping[str, Any]) -> Answered:
    nodes, page = _page([item for item in state.board.items if not item.archived], given["after"])
    return {"node": {"items": {"pageInfo": page, "nodes": [_item(state, one, given) for one in nodes]}}}, ()


def _item(state: State, item: Item, given: Mapping[str, Any]) -> Json:
    content = None if item.hidden else _swept(state, state.issues[item.issue])
    kind = "REDACTED" if item.hidden else "ISSUE"
    return {"id": item.id, "type": kind, "content": content, "project": {"id": "PVT_1"}, **_values(state, item, given)}


def _values(state: State, item: Item, given: Mapping[str, Any]) -> Json:
    return {
        alias: _value(state.board.fields[name], item.values.get(name))
        for alias, name in given.items()
        if isinstance(name, str) and name in state.board.fields
    }


def _value(kind: str, value: Any) -> Json | None:
    key = {"NUMBER": "number", "TEXT": "text", "SINGLE_SELECT": "name", "ITERATION": "iterationId"}[kind]
    return None if value is None else {key: value}


def _issues(state: State, given: Mapping[str, Any]) -> Answered:
    home, filters = f"{given['owner']}/{given['name']}", given["filters"]
    if home not in state.homes:
        return {"repository": None}, [_not_found("repository")]
    records = [
        one
        for one in sorted(state.issues.values(), key=lambda one: (one.created, one.number))
        if one.home == home
        and ("states" not in filters or filters["states"] == ["OPEN" if one.closed is None else "CLOSED"])
        and ("since" not in filters or one.updated >= datetime.fromisoformat(filters["since"]))
        and ("milestoneNumber" not in filters or str(one.milestone) == filters["milestoneNumber"])
    ]
    nodes, page = _page(records, given["after"])
    return {"repository": {"issues": {"pageInfo": page, "nodes": [_swept(state, one) for one in nodes]}}}, ()


def _swept(state: State, one: Record) -> Json:
    children = [other for other in state.issues.values() if other.parent == one.key]
    blocking = [other for other in state.issues.values() if one.key in other.blockers]
    return {
        "id": one.id,
        "state": "OPEN" if one.closed is None else "CLOSED",
        "updatedAt": shown(one.updated),
        "parent": {"id": state.issues[one.parent].id} if one.parent in state.issues else None,
        "subIssuesSummary": {"total": len(children)},
        "issueDependenciesSummary": {"totalBlockedBy": len(one.blockers), "totalBlocking": len(blocking)},
    }


def _nodes(state: State, given: Mapping[str, Any], render: Callable[[Record], Json]) -> Answered:
    if state.rejected_size is not None and len(given["ids"]) > state.rejected_size:
        raise Failed("", "Something went wrong while executing your query. Please include the request id.")
    records = [state.by_id(node) for node in given["ids"]]
    missing = [_not_found("nodes", place) for place, one in enumerate(records) if one is None]
    return {"nodes": [None if one is None else render(one) for one in records]}, missing


def _details(state: State, given: Mapping[str, Any]) -> Answered:
    return _nodes(state, given, lambda one: _whole(state, one, given))


def _ends(state: State, given: Mapping[str, Any]) -> Answered:
    return _nodes(state, given, _end)


def _whole(state: State, one: Record, given: Mapping[str, Any]) -> Json:
    others = state.issues.values()
    item = state.item_of(one.key)
    newer = {
        "issueType": {"name": one.type} if one.type else None,
        "parent": _end(state.issues[one.parent]) if one.parent in state.issues else None,
        "subIssues": {"nodes": [_end(other) for other in others if other.parent == one.key]},
        "blockedBy": {"nodes": [_end(state.issues[key]) for key in one.blockers if key in state.issues]},
        "blocking": {"nodes": [_end(other) for other in others if one.key in other.blockers]},
    }
    newest = one.remarks[-PAGE:]
    return {
        **_end(one),
        "body": one.body,
        "createdAt": shown(one.created),
        "updatedAt": shown(one.updated),
        "closedAt": shown(one.closed),
        "lastEditedAt": None,
        "locked": False,
        "repository": {"nameWithOwner": one.home, "isArchived": state.homes[one.home].archived},
        "editor": None,
        "author": _actor(state, one.author),
        "assignees": {"nodes": [_actor(state, login) for login in one.assignees]},
        "labels": {"nodes": [{"name": label} for label in one.labels]},
        "milestone": {"id": node_id("MI", f"{one.home}/{one.milestone}")} if one.milestone else None,
        "comments": {"totalCount": len(one.remarks), "nodes": [_remark(state, remark) for remark in newest]},
        "timelineItems": {"nodes": [_event(event) for event in one.events[-PAGE:]]},
        "projectItems": {"nodes": [_item(state, item, given)] if item and not item.hidden else []},
        **{name: value for name, value in newer.items() if name in state.known},
    }


def _end(one: Record) -> Json:
    state = "OPEN" if one.closed is None else "CLOSED"
    about = {"id": one.id, "number": one.number, "title": one.title, "state": state}
    return {**about, "repository": {"nameWithOwner": one.home}}


def _actor(state: State, login: str) -> Json | None:
    return {"login": login, "name": state.people.get(login)} if login else None


def _remark(state: State, remark: Any) -> Json:
    return {
        "fullDatabaseId": str(remark.id),
        "body": remark.body,
        "createdAt": shown(remark.created),
        "viewerDidAuthor": remark.author == state.me,
        "author": _actor(state, remark.author),
    }


def _event(event: Any) -> Json:
    shown_event = {"__typename": event.kind, "createdAt": shown(event.at), "actor": {"login": event.actor}}
    author = {"deletedCommentAuthor": {"login": event.author}} if event.author else {}
    return {**shown_event, **({"label": {"name": event.label}} if event.label else {}), **author}


def _comments(state: State, given: Mapping[str, Any]) -> Answered:
    record = state.by_id(given["issue"])
    if record is None:
        return {"node": None}, [_not_found("node")]
    nodes, page = _page(record.remarks, given["after"])
    return {"node": {"comments": {"pageInfo": page, "nodes": [_remark(state, one) for one in nodes]}}}, ()


def _relabel(state: State, given: Mapping[str, Any]) -> Answered:
    record = _writable(state, given["issue"])
    home = state.homes[record.home]
    names = {node_id("LA", f"{home.name}/{label.casefold()}"): label for label in home.labels}
    data: Json = {}
    for name, on in (("add", True), ("remove", False)):
        for label in given.get(name, ()):
            if label not in names:
                raise Failed("NOT_FOUND", f"Could not resolve to a node with the global id of '{label}'")
            state.label(record.key, names[label], by=state.me, on=on)
        if name in given:
            data[name] = {"labelable": {"labels": {"nodes": [{"name": label} for label in record.labels]}}}
    return data, ()


def _move(state: State, given: Mapping[str, Any]) -> Answered:
    item = next((one for one in state.board.items if one.id == given["item"]), None)
    if item is None:
        raise Failed("NOT_FOUND", f"Could not resolve to a node with the global id of '{given['item']}'")
    if not state.board.may_update:
        raise Failed("FORBIDDEN", f"{state.me} does not have permission to update this project")
    iteration = given.get("iteration")
    if iteration is not None and iteration not in {one.id for one in state.board.iterations}:
        raise Failed("VALIDATION", "The iteration Id does not belong to the field")
    item.values[given["sprint"]] = iteration
    value = _value("ITERATION", iteration)
    return {"moved": {"projectV2Item": {"sprint": value}}}, ()


def _writable(state: State, node: str) -> Record:
    record = state.by_id(node)
    if record is None:
        raise Failed("NOT_FOUND", f"Could not resolve to a node with the global id of '{node}'")
    if refusal := why_not(state.homes[record.home], state.me):
        raise Failed("FORBIDDEN", refusal)
    return record


def why_not(home: Home, login: str) -> str:
    """Why the account of the token may not write to a repository, "" if it may."""
    if home.archived:
        return "Repository was archived so is read-only."
    return "" if home.permission in {"ADMIN", "MAINTAIN", "WRITE", "TRIAGE"} else f"{login} must have write access"


def _page(entries: Sequence[Any], after: str | None) -> tuple[Sequence[Any], Json]:
    """One page after a cursor; the cursor names the last entry, so that it stays where it is."""
    names = [str(getattr(one, "id", one)) for one in entries]
    first = names.index(after) + 1 if after in names else 0
    page = entries[first : first + PAGE]
    last = first + len(page)
    return page, {"hasNextPage": last < len(entries), "endCursor": names[last - 1] if page else None}


def _not_found(*path: str | int) -> Json:
    return {"type": "NOT_FOUND", "path": list(path), "message": "Could not resolve to a node with that id."}


OPERATIONS: Mapping[str, Callable[[State, Mapping[str, Any]], Answered]] = {
    "Site": _site,
    "Repository": _repository,
    "Project": _project,
    "Items": _items,
    "Issues": _issues,
    "Details": _details,
    "Ends": _ends,
    "Comments": _comments,
    "Relabel": _relabel,
    "Move": _move,
}
