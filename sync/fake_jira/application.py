"""Between socket and routes: log-in, faults, dispatch, the request log."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from sync.fake_http.faults import Anonymous, Answer, Asked, Fault, Faults, Late, Reset, Slow, Truncate, as_log
from sync.fake_jira import agile, changelogs, comments, issues, search
from sync.fake_jira.call import Call, Handler, Refused, Reply, Route
from sync.fake_jira.cloud import Cloud
from sync.fake_jira.datacenter import Datacenter
from sync.fake_jira.dialect import Dialect
from sync.fake_jira.parts import View
from sync.fake_jira.state import State

DIALECTS: dict[str, Callable[[], Dialect]] = {"cloud": Cloud, "datacenter": Datacenter}
ROUTES: dict[str, tuple[Route, ...]] = {
    "cloud": (
        *search.CLOUD,
        *changelogs.CLOUD,
        *comments.SHARED,
        *comments.CLOUD,
        *issues.CLOUD,
        *issues.SHARED,
        *agile.SHARED,
        *agile.CLOUD,
    ),
    "datacenter": (*search.DATACENTER, *comments.SHARED, *issues.DATACENTER, *issues.SHARED, *agile.SHARED),
}
OPEN_TO_ALL = ("/_edge/tenant_info", "/serverInfo")


@dataclass(slots=True)
class Logged:
    """One request and its result; `fault` names a planned error."""

    method: str
    path: str
    query: dict[str, list[str]]
    body: Any
    status: int = 0
    fault: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


class Application:
    """Answers requests as one kind of Jira."""

    def __init__(self, dialect: str, state: State, *, email: str, token: str) -> None:
        self.dialect = DIALECTS[dialect]()
        self.state = state
        self.faults = Faults()
        self.requests: list[Logged] = []
        self.right = self.dialect.credentials(email, token)
        self._pages: dict[str, tuple[str, ...]] = {}
        self._map = _routes(self.dialect.name)

    def answer(self, request: Request) -> bytes | Response:
        """Answer one request: a response, or the bytes that are sent before the connection is cut."""
        logged = _logged(request)
        with self.state.lock:
            self.requests.append(logged)
            self.state.served += 1
            self.state.lag = self.faults.search_lag
        fault = self.faults.pick(Asked(request.method, request.path, len(self.requests)))
        logged.fault = as_log(fault)
        if isinstance(fault, Reset) and not fault.done:
            return b""
        response = self._answer(request, logged, fault)
        logged.status = response.status_code
        if isinstance(fault, Reset):
            return b""
        if isinstance(fault, Slow):
            time.sleep(fault.seconds)
        return _half(response, clean=fault.clean) if isinstance(fault, Truncate) else response

    def _answer(self, request: Request, logged: Logged, fault: Fault | None) -> Response:
        if isinstance(fault, Late):
            time.sleep(fault.seconds)
        if isinstance(fault, Answer):
            return Response(fault.body, fault.status, dict(fault.headers), content_type=fault.type)
        return self._jira(request, logged, anonymous=isinstance(fault, Anonymous))

    def _jira(self, request: Request, logged: Logged, *, anonymous: bool) -> Response:
        given = request.headers.get("Authorization")
        without_login = anonymous or (given is None and request.path.endswith(OPEN_TO_ALL))
        if given != self.right and not without_login:
            headers = {"x-seraph-loginreason": "AUTHENTICATED_FAILED", "WWW-Authenticate": 'OAuth realm="jira"'}
            body = {"errorMessages": ["Client must be authenticated to access this resource."], "errors": {}}
            return self._respond(Reply(body, 401, headers), anonymous=True)
        try:
            with self.state.lock:
                reply = self._routed(request, logged, anonymous=without_login)
        except Refused as refused:
            reply = Reply(refused.body, refused.status)
        except MethodNotAllowed:
            reply = Reply({"errorMessages": ["Method not allowed."], "errors": {}}, 405)
        except HTTPException:
            reply = Reply({"errorMessages": ["null for uri: " + request.path], "errors": {}}, 404)
        return self._respond(reply, anonymous=without_login)

    def _routed(self, request: Request, logged: Logged, *, anonymous: bool) -> Reply:
        handler: Handler
        handler, arguments = self._map.bind("").match(request.path, request.method)
        values = dict(arguments)
        version = values.pop("version", self.dialect.latest)
        if version > self.dialect.latest:
            raise NotFound
        bulk = request.path.endswith(("/search/jql", "/issue/bulkfetch"))
        view = View(self.state, self.dialect, request.host_url.rstrip("/"), version, bulk)
        if request.method in {"POST", "PUT"} and logged.body is _BROKEN:
            raise Refused(400, "Invalid request payload. Refer to the REST API documentation and try again.")
        software = request.path.startswith("/rest/software/")
        call = Call(request.method, request.args, logged.body, view, anonymous, software, self._pages)
        return handler(call, **values)

    def _respond(self, reply: Reply, *, anonymous: bool) -> Response:
        headers = dict(reply.headers) | {"X-AREQUESTID": f"{self.state.served:x}"}
        if not anonymous:
            headers |= self.dialect.greeting(self.state.me)
        text = "" if reply.body is None else _json(reply.body)
        return Response(text, reply.status, headers, content_type="application/json;charset=UTF-8")


@cache
def _routes(dialect: str) -> Map:
    """The routes of a kind of Jira: the same for all of its sites, and slow to compile."""
    rules = [Rule(rule, endpoint=handler, methods=methods.split()) for methods, rule, handler in ROUTES[dialect]]
    return Map(rules, strict_slashes=False, merge_slashes=False)


def _json(body: Any) -> str:
    """JSON in UTF-8, or escaped ASCII where a text has a lone surrogate."""
    text = json.dumps(body, ensure_ascii=False)
    return text if text.isascii() or not _HALF.search(text) else json.dumps(body)


_BROKEN = object()
_HALF = re.compile("[\ud800-\udfff]")


def _logged(request: Request) -> Logged:
    raw = request.get_data(cache=False)
    body: Any = None
    if raw:
        try:
            body = json.loads(raw)
        except ValueError:
            body = _BROKEN
    query = {key: request.args.getlist(key) for key in request.args}
    headers = {key: value for key, value in request.headers.items() if key != "Authorization"}
    return Logged(request.method, request.path, query, body, headers=headers)


def _half(response: Response, *, clean: bool) -> bytes | Response:
    """Half of a response: as if it were complete, or with the full length, so that the connection must be cut."""
    whole = response.get_data()
    half = whole[: len(whole) // 2]
    if clean:
        response.set_data(half)
        return response
    head = (
        f"HTTP/1.1 {response.status}\r\nContent-Type: {response.content_type}\r\nContent-Length: {len(whole)}\r\n\r\n"
    )
    return head.encode() + half
