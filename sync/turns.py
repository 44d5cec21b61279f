"""The runs of one product, whatever starts them: one after the other, and what becomes of one that fails."""

import os
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import NoReturn

import structlog

from sync.errors import NotJson, ReadylineError, Stopped, is_refused_login
from sync.logs import get_logger
from sync.stopping import StopRequest, heeding

log = get_logger()

MOST_UNREADABLE = 3
"""Runs in a row that may meet something else than JSON; a page of a proxy passes, one that stays is a lost log-in."""

PATIENCE = 1.2
"""Seconds a stopping program waits for runs that do not wait for the tracker: a channel, a long computation."""


class Turns:
    """Calls `work` for one product, once a `take`.

    `work` is one whole run; it returns the moments at which an extra run is due (`None`: they stay as they are). A run
    that fails is logged, and the next one comes. After a refused log-in there is no next one, because more attempts
    lock accounts; after a web page or a cut answer only `MOST_UNREADABLE` runs in a row. `fault` is that error.
    `failed` gets what was wrong with a run that failed.
    """

    def __init__(
        self,
        product: str,
        work: Callable[[], Iterable[datetime] | None],
        stop: StopRequest,
        failed: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.product = product
        self.fault: ReadylineError | None = None
        self.began = datetime.min.replace(tzinfo=UTC)
        self.running = threading.Lock()
        self._work = work
        self._stop = stop
        self._tell_failure = failed
        self._unreadable = 0

    def take(self) -> Iterable[datetime] | None:
        """Run once, unless the product or the program has stopped; returns the moments of extra runs."""
        with self.running:
            if self._stop() or self.fault is not None:
                return None
            self.began = datetime.now(UTC)
            structlog.contextvars.clear_contextvars()  # a thread may have run another product before
            with structlog.contextvars.bound_contextvars(product=self.product), heeding(self._stop):
                return self._run()

    def _run(self) -> Iterable[datetime] | None:
        try:
            moments = self._work()
        except Stopped as error:
            log.info("run.stopped", why=str(error))
        except ReadylineError as error:
            self._failed(error)
        except Exception:
            log.exception("run.broken")
            self._tell_failure("internal error")
            self._unreadable = 0
        else:
            self._unreadable = 0
            return moments
        return None

    def _failed(self, error: ReadylineError) -> None:
        """Log it, and stop the product where another run would fail as well or do harm."""
        log.error("run.failed", why=str(error))
        self._tell_failure(str(error))
        self._unreadable = unreadable_after(error, self._unreadable)
        if ends_product(error, self._unreadable):
            self.fault = error
            log.error("product.stopped", why="the site does not accept the log-in")


def unreadable_after(error: ReadylineError, before: int) -> int:
    """How many runs in a row met something else than JSON, after one that failed with this error."""
    return before + 1 if isinstance(error, NotJson) else 0


def ends_product(error: ReadylineError, unreadable: int) -> bool:
    """Whether a product has no more runs after this error: its log-in is refused, or seems lost."""
    return is_refused_login(error) or unreadable >= MOST_UNREADABLE


def leave(code: int = 0) -> NoReturn:
    """End the process at once: the store and the tracker are as after a crash, and the next run goes on from there."""
    log.warning("worker.left", why="a run did not end in time; the next one settles what it was writing")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
