"""The rate limits of sites that several products share in one process.

A site counts the requests of an account, not those of a product. So what is sent for one product counts for all others
of the same site, and when the site asks one of them to wait, all wait.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sync.trackers.dialect import Dialect
from sync.trackers.rate_limit import RateLimiter


class SiteLimits:
    """One limiter for each site; threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._limiters: dict[object, RateLimiter] = {}

    def of(self, site: str, dialect: Dialect) -> RateLimiter:
        """The limiter of a site: one for all products that give it the same limits."""
        key = (site, *dialect.rates.items(), *dialect.writes_to_one_issue, *dialect.creations)
        with self._lock:
            if key not in self._limiters:
                self._limiters[key] = self.limiter(site, dialect)
            return self._limiters[key]

    def limiter(self, site: str, dialect: Dialect) -> RateLimiter:  # noqa: ARG002 - a cluster needs the site
        """A new limiter for a site."""
        return _limiter(dialect)


_IN_FORCE: ContextVar[SiteLimits | None] = ContextVar("site_limits", default=None)


@contextmanager
def sharing(limits: SiteLimits) -> Iterator[None]:
    """Trackers that are opened in this block share these limits with those of other blocks."""
    token = _IN_FORCE.set(limits)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def limiter_of(site: str, dialect: Dialect) -> RateLimiter:
    """The limiter for requests to a site: the shared one, where limits are shared."""
    shared = _IN_FORCE.get()
    return _limiter(dialect) if shared is None else shared.of(site, dialect)


def _limiter(dialect: Dialect) -> RateLimiter:
    return RateLimiter(dialect.rates, dialect.writes_to_one_issue, dialect.creations)
