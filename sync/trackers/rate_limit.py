"""The site's rate limits, and the clock: when the next request may be sent. Time is an argument.

A site may have several at once: a rate per endpoint and method, a rate of writes per issue, a rate of new content, and
a quota or a bucket for everything. All of them are kept here; a tracker's dialect says which it has.
"""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from sync.trackers.request_kind import Call

BURST = 1.0  # seconds of that rate that may be used at once, because the site's limit is a token bucket
GENTLE = 2.0  # calls per second in total while the site says that its limit is near
GENTLE_SECONDS = 60.0
LOWEST_RATE = 1.0
RECOVERY_SECONDS = 30.0  # a slowed endpoint doubles its rate after this long without a complaint


class Clock(Protocol):
    """Time for a transport; tests pass their own."""

    def monotonic(self) -> float:
        """Seconds that never go back, for waits."""
        ...

    def now(self) -> datetime:
        """Date and time, aware, for comparison with the site's dates."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The clock of this machine."""

    def monotonic(self) -> float:
        """Seconds that never go back, for waits."""
        return time.monotonic()

    def now(self) -> datetime:
        """Date and time, aware, in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass(slots=True)
class _Lane:
    """The rate of one endpoint: the next free time, and its present speed."""

    free_at: float = 0.0
    slowed: float = 1.0
    slowed_at: float = 0.0


@dataclass(slots=True)
class RateLimiter:
    """How long a call must wait, adapted to what the site answers. All times are seconds.

    `rates` are calls per second to one endpoint, by HTTP method. `writes_to_one_issue` are pairs of (writes, seconds),
    `creations` pairs of (calls that create something, seconds) for the whole site. Its users hold the `lock`.
    """

    rates: Mapping[str, float]
    writes_to_one_issue: Sequence[tuple[int, float]] = ()
    creations: Sequence[tuple[int, float]] = ()
    lock: threading.Lock = field(default_factory=threading.Lock)
    _lanes: dict[tuple[str, str], _Lane] = field(default_factory=lambda: defaultdict(_Lane))
    _writes: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _created: deque[float] = field(default_factory=deque)
    _shut: dict[object, tuple[float, str]] = field(default_factory=dict)
    _gentle_until: float = 0.0
    _last: float = float("-inf")

    def wait(self, call: Call, now: float) -> tuple[float, str]:
        """How long the call must wait from now, and for which reason; 0 if it may be sent."""
        waits = [(until - now, reason) for until, reason in self._closures(call)]
        lane = self._lanes[self._lane(call)]
        waits.append((lane.free_at - BURST * lane.slowed - now, "endpoint-rate"))
        if now < self._gentle_until:
            waits.append((self._last + 1 / GENTLE - now, "near-limit"))
        if call.issue:
            waits.extend(_full(self._writes[call.issue], self.writes_to_one_issue, now, "issue-rate"))
        if call.creates:
            waits.extend(_full(self._created, self.creations, now, "content-rate"))
        seconds, reason = max(waits)
        return max(seconds, 0.0), reason

    def sent(self, call: Call, now: float) -> None:
        """Record a sent call."""
        lane = self._lanes[self._lane(call)]
        lane.free_at = max(lane.free_at, now) + 1 / self._rate(call, lane, now)
        self._last = now
        if call.issue:
            self._writes[call.issue].append(now)
        if call.creates:
            self._created.append(now)

    def block_until(self, until: float, reason: str) -> None:
        """Block all calls before `until`."""
        self._shut_for(None, until, reason)

    def block_endpoint_until(self, call: Call, until: float, reason: str) -> None:
        """Block this endpoint and method before `until`, and halve its rate afterwards."""
        self._shut_for(self._lane(call), until, reason)
        lane = self._lanes[self._lane(call)]
        lane.slowed, lane.slowed_at = lane.slowed / 2, until

    def block_issue_until(self, call: Call, until: float, reason: str) -> None:
        """Block writes to this issue before `until`."""
        self._shut_for(call.issue, until, reason)

    def near_limit(self, now: float) -> None:
        """The site's limit is near: slow down for a while."""
        self._gentle_until = now + GENTLE_SECONDS

    def _closures(self, call: Call) -> list[tuple[float, str]]:
        scopes = (None, self._lane(call), call.issue or None)
        return [self._shut[scope] for scope in scopes if scope in self._shut]

    def _shut_for(self, scope: object, until: float, reason: str) -> None:
        earlier = self._shut.get(scope, (0.0, ""))
        self._shut[scope] = max(earlier, (until, reason))

    def _rate(self, call: Call, lane: _Lane, now: float) -> float:
        while lane.slowed < 1.0 and now - lane.slowed_at > RECOVERY_SECONDS:
            lane.slowed, lane.slowed_at = lane.slowed * 2, lane.slowed_at + RECOVERY_SECONDS
        return max(self.rates.get(call.method, LOWEST_RATE) * lane.slowed, LOWEST_RATE)

    @staticmethod
    def _lane(call: Call) -> tuple[str, str]:
        return (call.method, call.endpoint)


def _full(
    recent: deque[float], windows: Sequence[tuple[int, float]], now: float, reason: str
) -> list[tuple[float, str]]:
    """The waits of windows of (calls, seconds) that are full; moments older than the longest one are dropped."""
    longest = max((seconds for _, seconds in windows), default=0.0)
    while recent and recent[0] <= now - longest:
        recent.popleft()
    return [(recent[-number] + seconds - now, reason) for number, seconds in windows if len(recent) >= number]
