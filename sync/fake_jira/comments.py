"""Comments and properties over HTTP."""

import json
from typing import Any

from sync.fake_jira.call import Call, Refused, Reply, Route, page, routes
from sync.fake_jira.parts import remark
from sync.fake_jira.records import Body, Record, Remark
from sync.fake_jira.state import COMMENT_LIMIT

MOST_IDS = 1_000
PROPERTY_KEY_LIMIT = 255
PROPERTY_LIMIT = 32_768


def listing(call: Call, issue: str) -> Reply:
    """An issue's comments, the oldest first unless `orderBy=-created`."""
    record = call.issue(issue)
    remarks = list(record.remarks)
    if call.query.get("orderBy") == "-created":
        remarks.reverse()
    cloud = call.view.dialect.name == "cloud"
    rows, numbers = page(remarks, call, most=100 if cloud else 1_048_576, default=100 if cloud else 1_048_576)
    return Reply(numbers | {"comments": [remark(call.view, row, record.id) for row in rows]})


def one(call: Call, issue: str, comment: str) -> Reply:
    """One comment."""
    record, chosen = _find(call, issue, comment)
    return Reply(remark(call.view, chosen, record.id, properties="properties" in call.expand()))


def create(call: Call, issue: str) -> Reply:
    """Add a comment. A repeated request adds a second one: Jira has no idempotency key."""
    record = call.issue(issue)
    call.require("ADD_COMMENTS")
    state, body = call.view.state, read_body(call)
    properties = read_properties(call.body)
    comment = state.comment(record.id, body, properties=properties, visibility=call.body.get("visibility"))
    return Reply(remark(call.view, state.remark(comment), record.id), status=201)


def update(call: Call, issue: str, comment: str) -> Reply:
    """Edit a comment."""
    record, chosen = _find(call, issue, comment)
    state = call.view.state
    if chosen.author.id != state.me.id or "EDIT_OWN_COMMENTS" not in state.rights:
        call.require("EDIT_ALL_COMMENTS")
    body = read_body(call)
    chosen.properties.update(read_properties(call.body))
    state.edit_comment(comment, body)
    return Reply(remark(call.view, chosen, record.id))


def delete(call: Call, issue: str, comment: str) -> Reply:
    """Delete a comment."""
    _, chosen = _find(call, issue, comment)
    own = chosen.author.id == call.view.state.me.id
    call.require("DELETE_OWN_COMMENTS" if own else "DELETE_ALL_COMMENTS")
    call.view.state.delete_comment(comment)
    return Reply(status=204)


def by_ids(call: Call) -> Reply:
    """Cloud's `comment/list`: many comments by id, with their properties when asked."""
    ids = call.body.get("ids") if isinstance(call.body, dict) else None
    if not isinstance(ids, list) or not 0 < len(ids) <= MOST_IDS:
        raise Refused(400, f"Between 1 and {MOST_IDS} comment ids must be given.")
    state, expand = call.view.state, call.expand()
    numbers = [str(number) for number in ids if str(number) in state.remark_owner]
    shown = [
        remark(call.view, state.remark(number), state.remark_owner[number], properties="properties" in expand)
        for number in numbers
    ]
    return Reply({"startAt": 0, "maxResults": MOST_IDS, "total": len(shown), "isLast": True, "values": shown})


def comment_property(call: Call, comment: str, key: str) -> Reply:
    """Read, set or delete a property of a comment."""
    if comment not in call.view.state.remark_owner:
        raise Refused(404, f"Can not find a comment for the id: {comment}.")
    return _property(call, call.view.state.remark(comment).properties, key)


def comment_properties(call: Call, comment: str) -> Reply:
    """The keys of a comment's properties."""
    if comment not in call.view.state.remark_owner:
        raise Refused(404, f"Can not find a comment for the id: {comment}.")
    base = call.view.link(f"comment/{comment}/properties")
    keys = call.view.state.remark(comment).properties
    return Reply({"keys": [{"key": key, "self": f"{base}/{key}"} for key in keys]})


def issue_property(call: Call, issue: str, key: str) -> Reply:
    """Read, set or delete a property of an issue."""
    record = call.issue(issue)
    if call.method != "GET":
        call.require("EDIT_ISSUES")
    return _property(call, record.properties, key)


def issue_properties(call: Call, issue: str) -> Reply:
    """The keys of an issue's properties."""
    record = call.issue(issue)
    base = call.view.link(f"issue/{record.id}/properties")
    return Reply({"keys": [{"key": key, "self": f"{base}/{key}"} for key in record.properties]})


def _property(call: Call, properties: dict[str, Any], key: str) -> Reply:
    if call.method == "PUT":
        check_property(key, call.body)
        existed = key in properties
        properties[key] = call.body
        return Reply({}, status=200 if existed else 201)
    if key not in properties:
        raise Refused(404, f"The property with key '{key}' does not exist.")
    if call.method == "DELETE":
        del properties[key]
        return Reply(status=204)
    return Reply({"key": key, "value": properties[key]})


def check_property(key: str, value: Any) -> None:
    """Raise 400 for a key or a value that is too long or empty."""
    if len(key) > PROPERTY_KEY_LIMIT:
        raise Refused(400, f"The length of the property key must be at most {PROPERTY_KEY_LIMIT} characters.")
    if value is None or value == "" or len(json.dumps(value)) > PROPERTY_LIMIT:
        raise Refused(400, f"The property value must be non-empty JSON of at most {PROPERTY_LIMIT} characters.")


def read_properties(body: Any) -> dict[str, Any]:
    """The `properties` of a write: a list of key and value."""
    properties = {}
    for entry in body.get("properties") or [] if isinstance(body, dict) else []:
        check_property(str(entry.get("key", "")), entry.get("value"))
        properties[str(entry["key"])] = entry["value"]
    return properties


def read_body(call: Call) -> Body:
    """The text of a comment: ADF in v3, wiki markup in v2; 400 if too long or invalid."""
    body = call.body.get("body") if isinstance(call.body, dict) else None
    return rich_text(body, call.view.version, field="comment")


def rich_text(given: Any, version: str, *, field: str) -> Body:
    """A rich text in the version's form, or 400."""
    if version == "3":
        if not isinstance(given, dict) or given.get("type") != "doc" or given.get("version") != 1:
            raise Refused(
                400, errors={field: "Operation value must be an Atlassian Document (see the Atlassian Document Format)"}
            )
        if _has_empty_text(given):
            raise Refused(400, "INVALID_INPUT", errors={field: "INVALID_INPUT"})
        text, body = json.dumps(given, ensure_ascii=False), Body(adf=given)
    else:
        if not isinstance(given, str):
            raise Refused(400, errors={field: "Operation value must be a string"})
        text, body = given, Body(given)
    if not given or (isinstance(given, str) and not given.strip() and field == "comment"):
        raise Refused(400, errors={field: "Comment body can not be empty!"})
    if len(text) > COMMENT_LIMIT:
        raise Refused(
            400,
            errors={
                field: f"The entered text is too long. It exceeds the allowed limit of {COMMENT_LIMIT:,} characters."
            },
        )
    return body


def _has_empty_text(node: Any) -> bool:
    if not isinstance(node, dict):
        return True
    if node.get("type") == "text" and not node.get("text"):
        return True
    return any(_has_empty_text(child) for child in node.get("content") or [])


def _find(call: Call, issue: str, comment: str) -> tuple[Record, Remark]:
    record = call.issue(issue)
    for candidate in record.remarks:
        if candidate.id == comment:
            return record, candidate
    raise Refused(404, f"Can not find a comment for the id: {comment}.")


SHARED: tuple[Route, ...] = routes(
    "/rest/api/<any('2','3'):version>",
    (
        ("GET", "/issue/<issue>/comment", listing),
        ("POST", "/issue/<issue>/comment", create),
        ("GET", "/issue/<issue>/comment/<comment>", one),
        ("PUT", "/issue/<issue>/comment/<comment>", update),
        ("DELETE", "/issue/<issue>/comment/<comment>", delete),
        ("GET", "/issue/<issue>/properties", issue_properties),
        ("GET PUT DELETE", "/issue/<issue>/properties/<key>", issue_property),
        ("GET", "/comment/<comment>/properties", comment_properties),
        ("GET PUT DELETE", "/comment/<comment>/properties/<key>", comment_property),
    ),
)
CLOUD: tuple[Route, ...] = routes("/rest/api/<any('2','3'):version>", (("POST", "/comment/list", by_ids),))
