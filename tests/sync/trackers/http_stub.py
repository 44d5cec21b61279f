"""Clocks that nobody waits for, and a site that answers from a script."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from sync.trackers.http import Transport
from sync.trackers.rate_limit import SystemClock

Answer = Response | Exception
BASE = "https://jira.example"


class FakeClock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime(2026, 11, 20, 9, 0, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


class HastyClock(SystemClock):
    """The machine's time, but nobody really sleeps: what would have been slept is added to it."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.ahead += seconds


def answer(status: int = 200, body: Any = None, /, **headers: str) -> Response:
    """An answer; underscores in header names stand for dashes. Bytes and text go as they are, all else as JSON."""
    response = Response()
    response.status_code = status
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if isinstance(body, bytes | str):
        response._content = body.encode() if isinstance(body, str) else body
    else:
        response._content = b"" if status == 204 else json.dumps({} if body is None else body).encode()
    response.headers.update({"Content-Type": "application/json", **given})
    return response


class Script:
    """Answers requests in order, the last answer for ever; keeps when each request came, and the request."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, clock: FakeClock, *answers: Answer) -> None:
        self.clock = clock
        self.answers = list(answers)
        self.sent: list[tuple[float, PreparedRequest]] = []
        script = self

        def send(_adapter: HTTPAdapter, request: PreparedRequest, **_kwargs: Any) -> Response:
            return script.give(request)

        monkeypatch.setattr(HTTPAdapter, "send", send)

    def give(self, request: PreparedRequest) -> Response:
        self.sent.append((self.clock.seconds, request))
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(found, Exception):
            raise found
        found.request, found.url = request, str(request.url)
        return found

    @property
    def moments(self) -> list[float]:
        """When each request went out."""
        return [moment for moment, _ in self.sent]


Call = Callable[..., Response]


def caller(transport: Transport) -> Call:
    """A session over the transport that sends one request."""
    session = requests.Session()
    transport.serve(session)

    def call(method: str = "GET", path: str = "/rest/api/3/myself", **kwargs: Any) -> Response:
        return session.request(method, BASE + path, **kwargs)

    return call


def headers_of(request: PreparedRequest) -> Mapping[str, str]:
    """The headers a request went out with."""
    return request.headers
