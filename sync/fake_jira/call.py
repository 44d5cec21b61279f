"""One request as the routes see it, and their answer: a `Reply`, or a `Refused` with Jira's message."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict

from sync.fake_jira.clauses import compile_query, sort_records
from sync.fake_jira.dialect import Json
from sync.fake_jira.jql import BadJql, parse
from sync.fake_jira.operands import Scene
from sync.fake_jira.parts import View
from sync.fake_jira.records import Board, Record, Sprint
from sync.fake_jira.rendering import Wanted

Row = TypeVar("Row")

NOT_FOUND = "Issue does not exist or you do not have permission to see it."


class Refused(Exception):
    """A refused request: a status, messages, and messages per field."""

    def __init__(self, status: int, *messages: str, errors: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.body: Json = {"errorMessages": list(messages), "errors": dict(errors or {})}
        super().__init__(*messages)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `body` is JSON, `None` for an empty one."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """An authenticated request: its parameters and its view of the site."""

    method: str
    query: MultiDict[str, str]
    body: Any
    view: View
    anonymous: bool = False
    token_paging: bool = False
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def number(self, name: str, default: int) -> int:
        """A whole number from the body or the query string."""
        given = self.value(name, default)
        try:
            return max(0, int(given))
        except (TypeError, ValueError):
            raise Refused(400, f"'{given}' is not a number for '{name}'.") from None

    def value(self, name: str, default: Any = None) -> Any:
        """A value from the body or the query string."""
        if isinstance(self.body, dict) and name in self.body:
            return self.body[name]
        return self.query.get(name, default)

    def listed(self, name: str) -> list[str]:
        """A list from the body, or repeated or comma-separated in the query string."""
        given = self.body.get(name) if isinstance(self.body, dict) else None
        if given is None:
            given = self.query.getlist(name)
        if isinstance(given, str):
            given = [given]
        return [part.strip() for value in given for part in str(value).split(",") if part.strip()]

    def expand(self) -> str:
        """What to expand, as one string."""
        return ",".join(self.listed("expand"))

    def wanted(self, default: str) -> Wanted:
        """The fields that are asked for."""
        return Wanted.of(self.listed("fields") or [default])

    def require(self, right: str) -> None:
        """Raise 403 unless the account has this right."""
        if right not in self.view.state.rights:
            raise Refused(403, f"You do not have the permission {right} that this needs.")

    def issue(self, id_or_key: str) -> Record:
        """The issue, or 404."""
        if self.anonymous or "BROWSE_PROJECTS" not in self.view.state.rights:
            raise Refused(404, NOT_FOUND)
        try:
            return self.view.state.issue(id_or_key)
        except KeyError:
            raise Refused(404, NOT_FOUND) from None

    def board(self, board: int) -> Board:
        """The board, or 404."""
        if board not in self.view.state.boards:
            raise Refused(
                404,
                "The requested board cannot be viewed because it either does not exist or you do not have "
                "permission to view it.",
            )
        return self.view.state.boards[board]

    def sprint(self, sprint: int) -> Sprint:
        """The sprint, or 404."""
        if sprint not in self.view.state.sprints:
            raise Refused(404, f"Sprint with id '{sprint}' does not exist or you do not have permission to view it.")
        return self.view.state.sprints[sprint]

    def find(self, jql: str, *, bounded: bool = False, within: Callable[[Record], bool] | None = None) -> list[Record]:
        """The issues of a query in its order, as in the search index; 400 with Jira's message."""
        state, custom = self.view.state, self.view.fields.ours
        lenient = str(self.value("validateQuery", "")).lower() in {"false", "none", "warn"}
        try:
            query = parse(jql)
            if bounded and query.where is None:
                raise Refused(
                    400, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
                )
            test = compile_query(query, Scene(state, state.clock(), lenient), custom)
            if "BROWSE_PROJECTS" not in state.rights and not lenient:
                self._refuse_hidden_project(jql)
            if self.anonymous or "BROWSE_PROJECTS" not in state.rights:
                return []
            records = state.searchable(fresh=self.listed("reconcileIssues"))
            matches = [record for record in records if (within is None or within(record)) and test(record)]
            return sort_records(matches, query, state, custom)
        except BadJql as wrong:
            raise Refused(400, str(wrong)) from None

    def _refuse_hidden_project(self, jql: str) -> None:
        """400 for a project that the account may not browse: to it, the project does not exist."""
        for project in self.view.state.projects:
            if _named_in(jql, project):
                raise Refused(400, f"The value '{project}' does not exist for the field 'project'.")


def _named_in(jql: str, project: str) -> bool:
    return re.search(rf"\b{re.escape(project)}\b", jql) is not None


def page(rows: list[Row], call: Call, *, most: int, default: int) -> tuple[list[Row], Json]:
    """One page by `startAt` and `maxResults`, with its numbers; above the cap, `maxResults` is lowered silently."""
    start, size = call.number("startAt", 0), min(call.number("maxResults", default), most)
    return rows[start : start + size], {"startAt": start, "maxResults": size, "total": len(rows)}


Handler = Callable[..., Reply]
Route = tuple[str, str, Handler]


def routes(prefix: str, rows: Iterable[tuple[str, str, Handler]]) -> tuple[Route, ...]:
    """Routes under a common prefix: (methods, rule, handler)."""
    return tuple((methods, prefix + rule, handler) for methods, rule, handler in rows)
