"""Errors on demand: what the simulator does wrong in a test, and when.

jira.faults.next(too_many("jira-burst-based", retry_after=1))       the next request
jira.faults.on(broken(502), method="POST", path="/comment", times=2)
jira.faults.on(reset_after(), path="/comment", skip=3)              the fourth such request loses its response
jira.faults.at_random(seed=7, share=0.1, among=[broken(500), reset_before()])
jira.faults.hook = lambda asked: html_page() if asked.path.endswith("/myself") else None
jira.faults.search_lag = 3                                          searches see edits three requests late
"""

import random
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer this instead of handling the request."""

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)
    type: str = "application/json;charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Reset:
    """Drop the connection before the request is handled, or after it, so that only the response is lost."""

    done: bool


@dataclass(frozen=True, slots=True)
class Truncate:
    """Handle the request and send half of the response; `clean` ends it as if it were complete."""

    clean: bool


@dataclass(frozen=True, slots=True)
class Slow:
    """Handle the request, and answer later."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Late:
    """Handle the request later, and answer at once."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Lose the log-in: answer as for an anonymous user, who sees no issue and is not named in the headers."""


Fault = Answer | Reset | Truncate | Slow | Late | Anonymous


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as faults see it."""

    method: str
    path: str
    number: int


def too_many(reason: str = "jira-burst-based", retry_after: float | datetime | None = 1, **headers: str) -> Answer:
    """429 with its reason; `retry_after` is seconds, a date, or `None` for a gateway without it."""
    extra = {"RateLimit-Reason": reason} | {key.replace("_", "-"): value for key, value in headers.items()}
    return Answer(429, '{"errorMessages":["Rate limit exceeded."],"errors":{}}', extra | _wait(retry_after))


def unavailable(retry_after: float | datetime | None = None) -> Answer:
    """503, with or without `Retry-After`."""
    return Answer(503, '{"errorMessages":["Service unavailable."]}', _wait(retry_after))


def broken(status: int = 500) -> Answer:
    """500, 502 or 504 as HTML, like a gateway."""
    return Answer(status, f"<html><body><h1>{status}</h1></body></html>", type="text/html;charset=UTF-8")


def html_page() -> Answer:
    """A log-in page of a proxy: 200, and not JSON."""
    return Answer(200, "<!DOCTYPE html><html><body>Please log in</body></html>", type="text/html;charset=UTF-8")


def captcha() -> Answer:
    """403 after too many failed log-ins."""
    extra = {"X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=/login.jsp"}
    return Answer(
        403, "<html><body>CAPTCHA</body></html>", extra | {"X-Seraph-LoginReason": "AUTHENTICATION_DENIED"}, "text/html"
    )


def logged_out() -> Answer:
    """401: the token has expired."""
    return Answer(
        401,
        '{"errorMessages":["Client must be authenticated to access this resource."]}',
        {"x-seraph-loginreason": "AUTHENTICATED_FAILED"},
    )


def refused(status: int, message: str) -> Answer:
    """Any other refusal in Jira's shape: 400, 403, 404, 409."""
    quoted = message.replace("\\", "\\\\").replace('"', '\\"')
    return Answer(status, f'{{"errorMessages":["{quoted}"],"errors":{{}}}}')


def expired_page() -> Answer:
    """400: the page token is too old."""
    return refused(400, "The provided next page token is invalid or expired.")


def reset_before() -> Reset:
    """The connection drops before anything happened."""
    return Reset(done=False)


def reset_after() -> Reset:
    """The request is handled and the response is lost."""
    return Reset(done=True)


def _wait(retry_after: float | datetime | None) -> dict[str, str]:
    if retry_after is None:
        return {}
    if isinstance(retry_after, datetime):
        return {"Retry-After": format_datetime(retry_after, usegmt=True)}
    return {"Retry-After": f"{retry_after:g}"}


class PerIssueLimit:
    """A hook with Cloud's limit of writes to one issue: 20 in 2 seconds and 100 in 30 seconds."""

    WINDOWS = ((2.0, 20), (30.0, 100))

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.writes: dict[str, list[float]] = {}

    def __call__(self, asked: Asked) -> Fault | None:
        """429 for a write too many; writes by id and by key count apart."""
        named = re.search(r"/api/[23]/issue/([^/]+)", asked.path)
        if named is None or asked.method == "GET" or named[1] == "bulkfetch":
            return None
        now = self.clock()
        recent = [at for at in self.writes.get(named[1], []) if now - at < self.WINDOWS[-1][0]]
        for seconds, most in self.WINDOWS:
            within = [at for at in recent if now - at < seconds]
            if len(within) >= most:
                return too_many("jira-per-issue-on-write", max(1, round(seconds - (now - within[-most]) + 0.5)))
        self.writes[named[1]] = [*recent, now]
        return None


@dataclass(slots=True)
class _Plan:
    fault: Fault
    method: str
    path: re.Pattern[str]
    skip: int
    times: int | None

    def matches(self, asked: Asked) -> bool:
        return self.method in ("", asked.method) and self.path.search(asked.path) is not None


class Faults:
    """The planned faults; each request asks once."""

    def __init__(self) -> None:
        self.hook: Callable[[Asked], Fault | None] | None = None
        self.search_lag = 0
        self.happened: list[tuple[Asked, Fault]] = []
        self._plans: list[_Plan] = []
        self._chance: tuple[random.Random, float, Sequence[Fault]] | None = None
        self._lock = threading.Lock()

    def next(self, *faults: Fault) -> None:
        """The next requests fail in these ways, one after the other."""
        for fault in faults:
            self.on(fault)

    def on(self, fault: Fault, *, method: str = "", path: str = "", skip: int = 0, times: int | None = 1) -> None:
        """Requests of this method with a matching path fail: after `skip` good ones, `times` fail (`None`: all)."""
        self._plans.append(_Plan(fault, method.upper(), re.compile(path), skip, times))

    def at_random(self, *, seed: int, share: float, among: Sequence[Fault]) -> None:
        """This share of all requests fails, each in one of these ways; the same seed fails the same requests."""
        self._chance = (random.Random(seed), share, tuple(among))  # noqa: S311 - trouble need not be secret

    def clear(self) -> None:
        """Remove all faults; past ones stay in `happened`."""
        self._plans, self._chance, self.hook, self.search_lag = [], None, None, 0

    def pick(self, asked: Asked) -> Fault | None:
        """The fault of this request, if any."""
        with self._lock:
            fault = self._planned(asked) or self._by_chance() or (self.hook(asked) if self.hook else None)
            if fault is not None:
                self.happened.append((asked, fault))
            return fault

    def _planned(self, asked: Asked) -> Fault | None:
        chosen: Fault | None = None
        for plan in self._plans:
            if not plan.matches(asked):
                continue
            if plan.skip:
                plan.skip -= 1
            elif chosen is None:
                chosen = plan.fault
                plan.times = None if plan.times is None else plan.times - 1
        self._plans = [plan for plan in self._plans if plan.times is None or plan.times > 0]
        return chosen

    def _by_chance(self) -> Fault | None:
        if self._chance is None:
            return None
        luck, share, among = self._chance
        return luck.choice(among) if luck.random() < share else None


def as_log(fault: Fault | None) -> Any:
    """The name of a fault in the request log."""
    return None if fault is None else type(fault).__name__
