"""What a job of the queue does: one run of one product, and what becomes of it."""

import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import structlog

from sync.cluster.database import ClusterDatabase
from sync.cluster.pace import ClusterLimits
from sync.cluster.roster import Roster
from sync.config import Settings, schedule_of
from sync.config.products import ProductFile, products_in
from sync.config.schedule import Schedule
from sync.errors import Locked, ReadylineError, Stopped, StoreError, UsageError
from sync.logs import get_logger
from sync.run.product import run_product
from sync.stopping import StopRequest, heeding
from sync.trackers.site_limits import sharing
from sync.turns import ends_product, unreadable_after

log = get_logger()

FIRST_WAIT = timedelta(seconds=10)
"""Before the second try of a run that could not use its store; it doubles with each try. Also before another machine
tries a product that this one does not have."""
LONGEST_WAIT = timedelta(minutes=10)
UNKNOWN = timedelta(minutes=5)
"""Between two runs of a product whose schedule cannot be read."""


class ProductRuns:
    """Runs products of a folder for one worker of the cluster. Jobs in several threads may share it.

    `read` reads a configuration, and `next_run` says when a run is due after one that began at a moment.
    """

    def __init__(
        self,
        folder: Path,
        database: ClusterDatabase,
        stop: StopRequest,
        *,
        read: Callable[[Path], Settings],
        next_run: Callable[[Schedule, datetime], datetime],
    ) -> None:
        self.roster = Roster(database)
        self._folder = folder
        self._read = read
        self._next_run = next_run
        self._limits = ClusterLimits(database)
        self._stop = stop
        self._worker = f"{socket.gethostname()}:{os.getpid()}"

    def files(self) -> dict[str, ProductFile]:
        """The products of the folder. Raises `UsageError`."""
        return {file.name: file for file in products_in(self._folder)}

    def keep_up(self) -> tuple[str, ...]:
        """Note which products this machine has; returns those of them that are due. Raises `StoreError`."""
        try:
            files = self.files()
        except UsageError as error:
            log.warning("products.unreadable", why=str(error))
            return ()
        self.roster.keep_up({name: _digest(file.path) for name, file in files.items()})
        return self.roster.due(files)

    def run(self, product: str) -> None:
        """Run one product now, and note how that ended and when it is due next. Raises `StoreError`."""
        structlog.contextvars.clear_contextvars()
        with structlog.contextvars.bound_contextvars(product=product), heeding(self._stop):
            file = self.files().get(product)
            if file is None:
                log.warning("product.unknown", why="this machine has no file of it")
                self.roster.put_back(product, datetime.now(UTC) + FIRST_WAIT)
                return
            self._run(file)

    def _run(self, file: ProductFile) -> None:
        began, schedule = datetime.now(UTC), None
        try:
            settings = self._read(file.path)
            schedule = schedule_of(settings)
            self.roster.begin(file, settings, self._worker)
            with sharing(self._limits):
                run = run_product(settings, stopping=self._stop)
        except Stopped as error:
            log.info("run.stopped", why=str(error))
            self.roster.put_back(file.name, datetime.now(UTC))
        except (StoreError, Locked) as error:
            log.error("run.failed", why=str(error))  # noqa: TRY400 - one sentence
            self.roster.again(file.name, str(error), datetime.now(UTC) + self._wait(file.name))
        except ReadylineError as error:
            self._failed(file.name, error, self._due(schedule, began))
        except Exception:
            log.exception("run.broken")
            self.roster.failed(file.name, "internal error", self._due(schedule, began), unreadable=0)
        else:
            coming = [moment for moment in run.extra_runs if moment > datetime.now(UTC)]
            self.roster.succeeded(file.name, min([self._due(schedule, began), *coming]))

    def _failed(self, product: str, error: ReadylineError, due: datetime) -> None:
        """Note it, and stop the product where another run would fail as well or do harm."""
        log.error("run.failed", why=str(error))
        unreadable = unreadable_after(error, self.roster.unreadable(product))
        if ends_product(error, unreadable):
            log.error("product.stopped", why="the site does not accept the log-in")
            self.roster.stop(product, str(error))
        else:
            self.roster.failed(product, str(error), due, unreadable=unreadable)

    def _due(self, schedule: Schedule | None, began: datetime) -> datetime:
        return began + UNKNOWN if schedule is None else self._next_run(schedule, began)

    def _wait(self, product: str) -> timedelta:
        doubled: timedelta = FIRST_WAIT * 2 ** min(self.roster.failures(product), 8)
        return min(doubled, LONGEST_WAIT)


def _digest(file: Path) -> str:
    """What differs once a file has other content; "" where it cannot be read."""
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
