"""The queue of runs, on procrastinate: one job a product, and upkeep once per cluster.

A run holds the lock of its product, and no product is in the queue twice (`queueing_lock`). The upkeep puts due
products into the queue and takes back the jobs of workers that died. It has places of its own in each worker, so that
runs that wait for a site never delay it.
"""

import asyncio
from collections.abc import Callable, Iterable

from procrastinate import App, PsycopgConnector, exceptions
from procrastinate.jobs import Job, Status

from sync.logs import get_logger

log = get_logger()

RUNS, UPKEEP = "readyline-runs", "readyline-upkeep"
"""The two queues."""
STALLED = 20.0
"""Seconds without a sign of life after which a worker is taken for dead; it gives one every `HEARTBEAT`."""
HEARTBEAT = 5.0
EVERY_TEN_SECONDS = "* * * * * */10"  # the seconds are the last field here
KEEP_HOURS = 24
"""How long finished jobs are kept to be looked at."""


def queue_at(
    url: str, run: Callable[[str], None], due: Callable[[], tuple[str, ...]], queued: Callable[[Iterable[str]], None]
) -> App:
    """The queue in the database at `url`.

    `run` carries out a run of a product, in a thread. `due` returns the products whose run should be in the queue, and
    `queued` is called with them once they are.
    """
    app = App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=6, timeout=30))

    @app.task(name="run", queue=RUNS)
    def run_one(product: str) -> None:
        run(product)

    async def defer(product: str) -> None:
        name = f"product:{product}"
        try:
            await run_one.configure(lock=name, queueing_lock=name).defer_async(product=product)
        except exceptions.AlreadyEnqueued:
            log.debug("product.queued_already", product=product)

    @app.periodic(cron=EVERY_TEN_SECONDS)
    @app.task(name="upkeep", queue=UPKEEP, queueing_lock="upkeep")
    async def upkeep(timestamp: int) -> None:  # noqa: ARG001 - what procrastinate passes
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
            await take_back(app, job)
        products = await asyncio.to_thread(due)
        for product in products:
            await defer(product)
        await asyncio.to_thread(queued, products)

    @app.periodic(cron="17 * * * *")
    @app.task(name="prune", queue=UPKEEP, queueing_lock="prune")
    async def prune(timestamp: int) -> None:  # noqa: ARG001 - the same
        await app.job_manager.delete_old_jobs(
            nb_hours=KEEP_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
        )

    return app


async def take_back(app: App, job: Job) -> None:
    """Put a job of a dead worker into the queue again, which frees the lock of its product.

    Where another job of the product waits already, that one will do, and this one has failed.
    """
    product = job.task_kwargs.get("product", "")
    try:
        await _free(app, job)
    except exceptions.ConnectorException as error:  # another worker may have been faster
        log.warning("job.not_taken_back", job=job.id, product=product, why=str(error.__cause__ or error))
    else:
        log.warning("job.taken_back", job=job.id, product=product)


async def _free(app: App, job: Job) -> None:
    try:
        await app.job_manager.retry_job(job)
    except exceptions.UniqueViolation:
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
