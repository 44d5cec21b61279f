"""Rate limits that all machines of a cluster share: each site's requests take turns in one table.

The generic cell rate algorithm (GCRA; ITU-T I.371) keeps one moment a lane: when it is free again. One statement moves
that moment on and says how long the request that took this turn must wait.
"""

import threading
import time
from dataclasses import dataclass, field

from sync.cluster.database import ClusterDatabase
from sync.trackers.dialect import Dialect
from sync.trackers.rate_limit import BURST, LOWEST_RATE, RateLimiter
from sync.trackers.request_kind import Call
from sync.trackers.site_limits import SiteLimits

_TAKE = """
INSERT INTO readyline_pace AS old (lane, free_at)
SELECT lane, now() + make_interval(secs => gap)
FROM unnest(%s::text[], %s::float8[]) AS turn (lane, gap) ORDER BY lane
ON CONFLICT (lane) DO UPDATE SET free_at = greatest(old.free_at, now()) + (excluded.free_at - now())
RETURNING lane, extract(epoch FROM free_at - now())::float8,
    extract(epoch FROM (SELECT free_at FROM readyline_pace WHERE lane = %s) - now())::float8
"""
_SHUT = """
INSERT INTO readyline_pace AS old (lane, free_at) VALUES (%s, now() + make_interval(secs => %s))
ON CONFLICT (lane) DO UPDATE SET free_at = greatest(old.free_at, excluded.free_at)
"""


@dataclass(slots=True)
class ClusterLimiter(RateLimiter):
    """The limits of one site: those of this process, and the turns that all processes take."""

    site: str = ""
    database: ClusterDatabase | None = None
    _turns: dict[int, tuple[Call, float]] = field(default_factory=dict)

    def wait(self, call: Call, now: float) -> tuple[float, str]:
        """How long the call must wait; it takes its turn once this process alone would send it."""
        seconds, reason = RateLimiter.wait(self, call, now)
        if seconds > 0:
            return seconds, reason
        thread = threading.get_ident()
        taken = self._turns.get(thread)
        if taken is None or taken[0] is not call:
            self._turns[thread] = taken = (call, now + self._take(call))
        return max(taken[1] - now, 0.0), "cluster-rate"

    def sent(self, call: Call, now: float) -> None:
        """Record a sent call."""
        self._turns.pop(threading.get_ident(), None)
        RateLimiter.sent(self, call, now)

    def block_until(self, until: float, reason: str) -> None:
        """Block all calls of all machines before `until`."""
        RateLimiter.block_until(self, until, reason)
        self._shut_lane(self.site, until)

    def block_endpoint_until(self, call: Call, until: float, reason: str) -> None:
        """Block this endpoint and method on all machines before `until`."""
        RateLimiter.block_endpoint_until(self, call, until, reason)
        self._shut_lane(self._name(call), until + BURST)

    def _take(self, call: Call) -> float:
        """Take the next turn; returns the seconds until it comes."""
        assert self.database is not None
        lane = self._name(call)
        gaps = {lane: 1 / max(self.rates.get(call.method, LOWEST_RATE), LOWEST_RATE)}
        if call.creates:
            gaps |= {f"{self.site} {number} in {span:g} s": span / number for number, span in self.creations}
        rows = self.database.rows(_TAKE, (list(gaps), list(gaps.values()), self.site))
        waits: list[float] = [ahead - gaps[name] - (BURST if name == lane else 0) for name, ahead, _ in rows]
        shut: list[float] = [seconds for _, _, seconds in rows if seconds is not None]
        return max(0.0, *waits, *shut)

    def _shut_lane(self, lane: str, until: float) -> None:
        assert self.database is not None
        self.database.rows(_SHUT, (lane, until - time.monotonic()))

    def _name(self, call: Call) -> str:
        return f"{self.site} {call}"


class ClusterLimits(SiteLimits):
    """Limits of sites that all machines of a cluster share."""

    def __init__(self, database: ClusterDatabase) -> None:
        super().__init__()
        self._database = database

    def limiter(self, site: str, dialect: Dialect) -> RateLimiter:
        """A new limiter for a site, over the common table."""
        return ClusterLimiter(
            dialect.rates,
            dialect.writes_to_one_issue,
            dialect.creations,
            site=site,
            database=self._database,
        )
