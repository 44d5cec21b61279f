"""The REST interface: comments, labels, milestones, and the rate limit."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sync.fake_github import rendering
from sync.fake_github.graphql import why_not
from sync.fake_github.state import Record, Remark, State


@dataclass(frozen=True)
class Reply:
    """An answer: its body, its status and its own headers."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A request: the address of the site, the repository, what else is in the path, the query and the body."""

    root: str
    home: str
    rest: str
    query: Mapping[str, str]
    body: Any


def answer(state: State, method: str, path: str, asked: Mapping[str, str], body: Any, root: str) -> Reply:
    """The answer to one request."""
    for verb, pattern, handler in ROUTES:
        match = re.fullmatch(pattern, path)
        if verb == method and match:
            parts = match.groupdict()
            return handler(state, Asked(root, parts.get("home", ""), parts.get("rest", ""), asked, body))
    return refusal(404, "Not Found")


def refusal(status: int, message: str, **more: Any) -> Reply:
    """A refusal with its message."""
    return Reply({"message": message, "documentation_url": "https://docs.github.com/rest", **more}, status)


def _rate_limit(_state: State, _asked: Asked) -> Reply:
    return Reply(rendering.rate_limit())


def _labels(state: State, asked: Asked) -> Reply:
    if (home := state.homes.get(asked.home)) is None:
        return refusal(404, "Not Found")
    return _page([rendering.label(asked.root, home, name) for name in home.labels], asked)


def _create_label(state: State, asked: Asked) -> Reply:
    if reply := _closed(state, asked):
        return reply
    home, name = state.homes[asked.home], str(asked.body["name"])
    if name.casefold() in {one.casefold() for one in home.labels}:
        errors = [{"resource": "Label", "code": "already_exists", "field": "name"}]
        return refusal(422, "Validation Failed", errors=errors)
    home.labels.append(name)
    return Reply(rendering.label(asked.root, home, name), 201)


def _milestones(state: State, asked: Asked) -> Reply:
    if (home := state.homes.get(asked.home)) is None:
        return refusal(404, "Not Found")
    return _page([rendering.milestone(state, asked.root, home, one) for one in home.milestones], asked)


def _edit_issue(state: State, asked: Asked) -> Reply:
    record = _issue(state, asked)
    if isinstance(record, Reply):
        return record
    if reply := _closed(state, asked):
        return reply
    state.set_milestone(record.key, asked.body["milestone"], by=state.me)
    return Reply(rendering.issue(state, asked.root, record))


def _add_comment(state: State, asked: Asked) -> Reply:
    record = _issue(state, asked)
    if isinstance(record, Reply):
        return record
    if reply := _closed(state, asked):
        return reply
    remark = state.comment(record.key, str(asked.body["body"]), by=state.me)
    return Reply(rendering.comment(state, asked.root, record, remark), 201)


def _edit_comment(state: State, asked: Asked) -> Reply:
    record, remark = _comment(state, asked)
    if record is None or remark is None:
        return refusal(404, "Not Found")
    if reply := _closed(state, asked):
        return reply
    remark.body, remark.updated = str(asked.body["body"]), state.now()
    return Reply(rendering.comment(state, asked.root, record, remark))


def _delete_comment(state: State, asked: Asked) -> Reply:
    _, remark = _comment(state, asked)
    if remark is None:
        return refusal(404, "Not Found")
    if reply := _closed(state, asked):
        return reply
    state.delete_comment(remark.id, by=state.me)
    return Reply(None, 204)


def _issue(state: State, asked: Asked) -> Record | Reply:
    key = f"{asked.home}#{asked.rest}"
    if key in state.moved:
        home, _, number = state.moved[key].partition("#")
        address = f"{asked.root}/repos/{home}/issues/{number}"
        return Reply({"message": "Moved Permanently", "url": address}, 301, {"Location": address})
    return state.issues.get(key) or refusal(404, "Not Found")


def _comment(state: State, asked: Asked) -> tuple[Record, Remark] | tuple[None, None]:
    for record in state.issues.values():
        for remark in record.remarks:
            if record.home == asked.home and str(remark.id) == asked.rest:
                return record, remark
    return None, None


def _closed(state: State, asked: Asked) -> Reply | None:
    """The refusal of a write, `None` where the account may write."""
    home = state.homes.get(asked.home)
    if home is None:
        return refusal(404, "Not Found")
    reason = why_not(home, state.me)
    return refusal(403, reason) if reason else None


def _page(entries: Sequence[Any], asked: Asked) -> Reply:
    size, page = int(asked.query.get("per_page", 30)), int(asked.query.get("page", 1))
    return Reply(list(entries[size * (page - 1) : size * page]))


_HOME = r"repos/(?P<home>[^/]+/[^/]+)"
ROUTES: Sequence[tuple[str, str, Callable[[State, Asked], Reply]]] = (
    ("GET", "rate_limit", _rate_limit),
    ("GET", f"{_HOME}/labels", _labels),
    ("POST", f"{_HOME}/labels", _create_label),
    ("GET", f"{_HOME}/milestones", _milestones),
    ("PATCH", rf"{_HOME}/issues/(?P<rest>\d+)", _edit_issue),
    ("POST", rf"{_HOME}/issues/(?P<rest>\d+)/comments", _add_comment),
    ("PATCH", rf"{_HOME}/issues/comments/(?P<rest>\d+)", _edit_comment),
    ("DELETE", rf"{_HOME}/issues/comments/(?P<rest>\d+)", _delete_comment),
)
