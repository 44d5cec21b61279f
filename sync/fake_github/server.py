"""A simulated GitHub on this machine: HTTP on loopback, in memory, gone when it is closed.

    with FakeGithub(company, now=now) as github:
        requests.get(github.url + "/api/v3/rate_limit", headers={"Authorization": f"Bearer {github.token}"})

`state` acts as a person, `faults` plans errors, `requests` is the log.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from werkzeug.wrappers import Request, Response

from sync.fake_github import graphql, rest
from sync.fake_github.state import State
from sync.fake_http.faults import Answer, Asked, Faults, Reset, as_log
from sync.fake_http.server import LocalSite

TOKEN = "demo-token"  # noqa: S105 - only for the simulator on this machine

Company = Callable[[State, datetime], None]


@dataclass(slots=True)
class Logged:
    """One request and its result; `operation` is the name of a GraphQL document, `fault` that of a planned error."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    operation: str = ""
    status: int = 0
    fault: str | None = None
    answer: Any = field(default=None, repr=False)

    @property
    def is_write(self) -> bool:
        """Whether it asks for a change."""
        mutates = self.operation and str(self.body.get("query", "")).startswith("mutation")
        return bool(mutates) if self.operation else self.method != "GET"


class FakeGithub:
    """A local GitHub that `company` fills."""

    def __init__(
        self,
        company: Company,
        *,
        now: datetime | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        port: int = 0,
    ) -> None:
        self.token = TOKEN
        self.state = State(clock)
        self.faults = Faults()
        self.requests: list[Logged] = []
        company(self.state, now or clock())
        self._server = LocalSite(self._answer, self._now, port)

    @property
    def url(self) -> str:
        """The address it listens on."""
        return self._server.url

    @property
    def writes(self) -> list[Logged]:
        """The requests that ask for a change."""
        return [request for request in self.requests if request.is_write]

    def start(self) -> Self:
        """Start answering."""
        self._server.start()
        return self

    def close(self) -> None:
        """Stop answering."""
        self._server.close()

    def __enter__(self) -> Self:
        """Start answering."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop answering."""
        self.close()

    def _now(self) -> datetime:
        """The state's clock, which a test may replace."""
        return self.state.clock()

    def _answer(self, request: Request) -> bytes | Response:
        raw = request.get_data(cache=False)
        body = json.loads(raw) if raw else None
        operation = str(body["operationName"]) if body and request.path == "/api/graphql" else ""
        logged = Logged(request.method, request.path, dict(request.args), body, operation)
        path = f"{request.path}/{operation}" if operation else request.path
        with self.state.lock:
            self.requests.append(logged)
            fault = self.faults.pick(Asked(request.method, path, len(self.requests)))
            logged.fault = as_log(fault)
            if isinstance(fault, Reset) and not fault.done:
                return b""
            response = _planned(fault) if isinstance(fault, Answer) else self._served(request, logged)
        logged.status = response.status_code
        return b"" if isinstance(fault, Reset) else response

    def _served(self, request: Request, logged: Logged) -> Response:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return _respond(rest.refusal(401, "Bad credentials"), self.state)
        if logged.operation:
            reply = rest.Reply(graphql.answer(self.state, logged.operation, logged.body["variables"]))
        else:
            root = f"{request.host_url.rstrip('/')}/api/v3"
            path = request.path.removeprefix("/api/v3/")
            reply = rest.answer(self.state, request.method, path, logged.query, logged.body, root)
        logged.answer = reply.body
        return _respond(reply, self.state)


def _planned(fault: Answer) -> Response:
    return Response(fault.body, fault.status, dict(fault.headers), content_type=fault.type)


def _respond(reply: rest.Reply, state: State) -> Response:
    headers = {"X-RateLimit-Remaining": "4990", **reply.headers}
    if state.scopes is not None:
        headers["X-OAuth-Scopes"] = state.scopes
    text = "" if reply.body is None else json.dumps(reply.body)
    return Response(text, reply.status, headers, content_type="application/json; charset=utf-8")
