"""One process that takes runs from the queue until it is asked to stop.

A worker of procrastinate that ends by itself is an error here: where the supervisor starts again only what failed, it
would be missing from then on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from procrastinate import App, JobContext
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker

from sync.cluster.queue import HEARTBEAT, RUNS, STALLED, UPKEEP, take_back
from sync.errors import QueueLost
from sync.logs import get_logger
from sync.stopping import LOOK_EVERY, StopRequest, asked_by_signals
from sync.turns import PATIENCE, leave

log = get_logger()

SETTINGS: Mapping[str, Any] = {
    "listen_notify": False,  # its connection does not survive a restart of the database, and ends the worker
    "fetch_job_polling_interval": 1.0,  # also the longest wait of a job for the lock of its product
    "update_heartbeat_interval": HEARTBEAT,
    "stalled_worker_timeout": STALLED,
    "install_signal_handlers": False,
}
UPKEEP_PLACES = 2
LOOK_FOR_LOST = 10.0
"""Seconds between two looks for jobs of this process that it does not run."""
_DOING = "SELECT id FROM procrastinate_jobs WHERE status = 'doing' AND worker_id = ANY(%(workers)s)"


def take_jobs(app: App, places: int, stop: StopRequest) -> None:
    """Carry out jobs, `places` runs at once, until SIGTERM or SIGINT. Raises `QueueLost` where it ends by itself."""
    for library in ("procrastinate", "psycopg.pool"):
        logger = logging.getLogger(library)
        logger.handlers, logger.propagate = [_Bridge()], False
    with asked_by_signals(stop):
        asyncio.run(_Process(places, stop).serve(app))


class _Process:
    """The workers of one process: one for runs, and one for the upkeep, which never waits for runs."""

    def __init__(self, places: int, stop: StopRequest) -> None:
        self._places = places
        self._stop = stop
        self._running: set[int | None] = set()

    async def serve(self, app: App) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(self._places + UPKEEP_PLACES))
        async with app.open_async():
            noted = {"worker_middleware": [self._noted], **SETTINGS}
            workers = [
                Worker(app, queues=[RUNS], concurrency=self._places, **noted),
                Worker(app, queues=[UPKEEP], concurrency=UPKEEP_PLACES, delete_jobs="successful", **noted),
            ]
            tasks = [asyncio.create_task(_run(worker)) for worker in workers]
            watch = asyncio.create_task(self._take_back_lost(app, workers))
            log.info("worker.started", places=self._places)
            await self._until_stopped(tasks)
            was_asked = self._stop()
            log.info("worker.stopping")
            self._stop.ask()
            watch.cancel()
            await _end(workers, tasks, 0 if was_asked else QueueLost.exit_code)
        if not was_asked:
            raise QueueLost("the worker lost the queue in the database; start it again")
        log.info("worker.stopped")

    async def _until_stopped(self, tasks: "list[asyncio.Task[None]]") -> None:
        # A signal handler sets the stop, and the loop does not notice that by itself.
        while not self._stop() and not any(task.done() for task in tasks):  # noqa: ASYNC110
            await asyncio.sleep(LOOK_EVERY)

    async def _noted(self, process: Callable[[], Awaitable[Any]], context: JobContext, _worker: Worker) -> Any:
        """Process a job; until then it counts as running."""
        self._running.add(context.job.id)
        try:
            return await process()
        finally:
            self._running.discard(context.job.id)

    async def _take_back_lost(self, app: App, workers: list[Worker]) -> None:
        """Put jobs into the queue again that the database gave to this process, or whose end it did not note.

        That happens where the connection breaks at the wrong moment. Such a job is seen twice.
        """
        suspect: set[int] = set()
        while True:
            await asyncio.sleep(LOOK_FOR_LOST)
            try:
                rows = await app.connector.execute_query_all_async(_DOING, workers=[one.worker_id for one in workers])
                doing = {int(row["id"]) for row in rows} - self._running
                for number in doing & suspect:
                    for job in await app.job_manager.list_jobs_async(id=number):
                        await take_back(app, job)
                suspect = doing
            except ConnectorException as error:
                log.warning("cluster.away", why=type(error).__name__)


async def _run(worker: Worker) -> None:
    await worker.run()  # type: ignore[no-untyped-call]


async def _end(workers: list[Worker], tasks: "list[asyncio.Task[None]]", code: int) -> None:
    """End the workers after the changes that are being written; leave at once where that takes too long."""
    for worker in workers:
        worker.stop()  # type: ignore[no-untyped-call]
    _, pending = await asyncio.wait(tasks, timeout=PATIENCE)
    if pending:
        leave(code)
    for task in tasks:
        if (error := task.exception()) is not None:
            log.error("worker.broken", why=f"{type(error).__name__}: {error}")


class _Bridge(logging.Handler):
    """Hands on what the libraries warn of, except about jobs: their runs write log lines of their own."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        """Log one line, without a traceback: it could show the address of the database."""
        if not hasattr(record, "job"):
            what, why = getattr(record, "action", record.name), getattr(record, "exception", "")
            log.warning("queue.warned", what=what, why=" ".join(str(why).split()))
