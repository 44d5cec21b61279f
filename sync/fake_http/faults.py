"""Errors on demand: what a simulator does wrong in a test, and when.

site.faults.next(reset_after())                                      the next request loses its response
site.faults.on(broken(502), method="POST", path="/comment", times=2)
site.faults.on(reset_after(), path="/comment", skip=3)               the fourth such request
site.faults.at_random(seed=7, share=0.1, among=[broken(500), reset_before()])
site.faults.hook = lambda asked: html_page() if asked.path.endswith("/myself") else None
site.faults.search_lag = 3                                           searches see edits three requests late
"""

import random
import re
import threading
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


def broken(status: int = 500) -> Answer:
    """500, 502 or 504 as HTML, like a gateway."""
    return Answer(status, f"<html><body><h1>{status}</h1></body></html>", type="text/html;charset=UTF-8")


def html_page() -> Answer:
    """A log-in page of a proxy: 200, and not JSON."""
    return Answer(200, "<!DOCTYPE html><html><body>Please log in</body></html>", type="text/html;charset=UTF-8")


def reset_before() -> Reset:
    """The connection drops before anything happened."""
    return Reset(done=False)


def reset_after() -> Reset:
    """The request is handled and the response is lost."""
    return Reset(done=True)


def wait_header(retry_after: float | datetime | None) -> dict[str, str]:
    """`Retry-After` in seconds or as a date; nothing for `None`."""
    if retry_after is None:
        return {}
    if isinstance(retry_after, datetime):
        return {"Retry-After": format_datetime(retry_after, usegmt=True)}
    return {"Retry-After": f"{retry_after:g}"}


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
