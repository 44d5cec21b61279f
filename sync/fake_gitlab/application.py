"""Between socket and routes: log-in, faults, pages, the request log."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote, urlencode

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from sync.fake_gitlab.records import Account
from sync.fake_gitlab.routes import LEAST, MOST, ROUTES, Call, Page, Refused
from sync.fake_gitlab.state import State
from sync.fake_http.faults import Answer, Asked, Faults, Reset

OUTSIDE = "https://gitlab.invalid"
"""The address that a site behind a proxy believes to have."""
READ_ONLY = "read_api"


@dataclass(slots=True)
class Logged:
    """One request and its result."""

    method: str
    path: str
    query: dict[str, list[str]]
    body: Any
    status: int = 0

    @property
    def is_write(self) -> bool:
        """Whether it asks for a change."""
        is_query = self.path.endswith("/graphql") and "mutation" not in str(self.body)
        return self.method != "GET" and not is_query


class Application:
    """Answers requests as a GitLab."""

    def __init__(self, state: State) -> None:
        self.state, self.faults = state, Faults()
        self.requests: list[Logged] = []

    def answer(self, request: Request) -> bytes | Response:
        """Answer one request: a response, or nothing before the connection is cut."""
        body = json.loads(request.get_data() or "null")
        query = {key: request.args.getlist(key) for key in request.args}
        logged = Logged(request.method, unquote(request.path), query, body)
        with self.state.lock:
            self.requests.append(logged)
        fault = self.faults.pick(Asked(request.method, request.path, len(self.requests)))
        if isinstance(fault, Reset) and not fault.done:
            return b""
        if isinstance(fault, Answer):
            return Response(fault.body, fault.status, dict(fault.headers), content_type=fault.type)
        with self.state.lock:
            response = self._answer(request, body)
        logged.status = response.status_code
        return b"" if isinstance(fault, Reset) else response

    def _answer(self, request: Request, body: Any) -> Response:
        given = request.headers.get("PRIVATE-TOKEN")
        me = next((one for one in self.state.accounts.values() if one.token == given), None)
        if me is None:
            return _response({"message": "401 Unauthorized"}, 401)
        try:
            handler, values = _routes().bind("").match(_path(request), request.method)
            return self._handled(handler, values, request, Call(self.state, me, request.args, body))
        except Refused as refused:
            return _response(refused.body, refused.status)
        except HTTPException:
            return _response({"error": "404 Not Found"}, 404)

    def _handled(self, handler: Any, values: Any, request: Request, call: Call) -> Response:
        _check_scope(request, call.me)
        page = call.query.get("page", 1, type=int)
        if page > 1 and self.state.before_page:
            self.state.before_page(page)
        made = handler(
            call, **{name: unquote(value) if isinstance(value, str) else value for name, value in values.items()}
        )
        if isinstance(made, Page):
            return _paged(made, request, page)
        content, status = made if isinstance(made, tuple) else (made, 200)
        return _response(content, status)


def _check_scope(request: Request, me: Account) -> None:
    """Raise `Refused` where the token only reads."""
    if request.method != "GET" and "api" not in me.scopes:
        description = "The request requires higher privileges than provided by the access token."
        body = {"error": "insufficient_scope", "error_description": description, "scope": "api"}
        raise Refused(403, body)


def _paged(made: Page, request: Request, page: int) -> Response:
    """One page, with the address of the next one as the site believes it to be."""
    size = min(request.args.get("per_page", LEAST, type=int), MOST)
    rows = made.rows[(page - 1) * size : page * size]
    response = _response(rows, 200)
    response.headers["X-Total"] = str(len(made.rows))
    if page * size < len(made.rows):
        query = urlencode({**{key: request.args.getlist(key) for key in request.args}, "page": page + 1}, doseq=True)
        response.headers["Link"] = f'<{OUTSIDE}{request.path}?{query}>; rel="next"'
    return response


def _path(request: Request) -> str:
    """The path as it was sent: a project's path has its slashes escaped."""
    sent = str(request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or request.path)
    return sent.partition("?")[0]


@cache
def _routes() -> Map:
    rules = [Rule(rule, endpoint=handler, methods=[method]) for method, rule, handler in ROUTES]
    return Map(rules, strict_slashes=False, merge_slashes=False)


def _response(content: Any, status: int) -> Response:
    text = "" if content is None else json.dumps(content, ensure_ascii=False)
    return Response(text, status, content_type="application/json")
