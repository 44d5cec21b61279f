"""The worker that runs products by their schedules. It is the only module that uses APScheduler.

Runs of one product come one after the other; runs that were missed while the machine slept become one. Each product has
a thread of its own, so that none waits for another. Each run names the moments of extra runs, such as those before
plannings. A signal ends the worker after the changes that are being written, within two seconds.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.job import Job
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from sync.config.schedule import Cron, Schedule
from sync.logs import get_logger
from sync.stopping import StopRequest, asked_by_signals
from sync.turns import PATIENCE, Turns, leave

log = get_logger()

REGULAR, EXTRA, WOKEN, POOL = "run", "extra", "woken", "pool"  # the jobs of a product, and its thread
WAKE_AFTER = timedelta(minutes=1)
"""The shortest time between the start of a run and that of one that a hook asks for."""
LOOK_EVERY = timedelta(minutes=1)
"""How often it is looked which products there are."""
APART = timedelta(seconds=0.25)
"""Between the first runs of two products, so that not all read their whole backlog at once."""

NEVER = datetime.max.replace(tzinfo=UTC)

Work = Callable[[], Iterable[datetime] | None]


class Worker:
    """Calls each product's `work` by its schedule until it is asked to stop.

    It ends by itself once no product is left that may run: the site refused the log-in of each (`Turns.fault`).
    """

    def __init__(self) -> None:
        self._stop = StopRequest()
        self._turns: dict[str, Turns] = {}
        self._schedules: dict[str, Schedule] = {}
        self._pools: dict[str, ThreadPoolExecutor] = {}
        self._scheduler = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(max_workers=1)})

    @property
    def products(self) -> tuple[str, ...]:
        """The names of the products that it runs."""
        return tuple(self._turns)

    def stopping(self) -> bool:
        """Whether the worker was asked to stop."""
        return self._stop()

    def stop(self) -> None:
        """Ask the worker to stop; the current runs end after their current change."""
        self._stop.ask()

    def put(self, product: str, work: Work, schedule: Schedule, failed: Callable[[str], None] = lambda _: None) -> None:
        """Run a product, the first time soon. One that is known gets the new schedule, and may run again.

        `work` is one whole run; it asks `stopping` between changes, and returns the moments at which extra runs are due
        (`None`: they stay as they are). `failed` gets what was wrong with a run that failed.
        """
        first = datetime.now(UTC) + APART * len(self._turns)
        is_new = product not in self._turns
        if is_new:
            # One thread, so that a run that falls due during another of the product waits for it.
            self._pools[product] = ThreadPoolExecutor(max_workers=1)
            self._scheduler.add_executor(self._pools[product], alias=_id(POOL, product))
        if is_new or self._turns[product].fault is not None:
            self._turns[product] = Turns(product, work, self._stop, failed)
            self._plan(product, schedule, first)
        elif schedule != self._schedules[product]:
            self._plan(product, schedule, None)

    def drop(self, product: str) -> None:
        """Start no more runs of a product; one that is under way comes to its end."""
        del self._turns[product], self._schedules[product]
        for job in self._jobs(product):
            job.remove()
        self._scheduler.remove_executor(_id(POOL, product), shutdown=False)
        self._pools.pop(product).shutdown(wait=False)

    def serve(self, look: Callable[[], None] = lambda: None) -> None:
        """Run until stopped; `look` is called regularly, to put and drop products.

        Raises the last error that stopped a product, where none is left: `LoggedOut` or `NotJson`.
        """
        scheduler = self._scheduler
        scheduler.add_listener(_log_skipped, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        scheduler.add_job(look, IntervalTrigger(seconds=int(LOOK_EVERY.total_seconds())), id="look", coalesce=True)
        with asked_by_signals(self._stop):
            scheduler.start()
            log.info("worker.started", products=len(self._turns))
            self._stop.wait()
            log.info("worker.stopping")
            self._wait_for_runs()
        log.info("worker.stopped")
        faults = [turns.fault for turns in self._turns.values() if turns.fault is not None]
        if faults and len(faults) == len(self._turns):
            raise faults[-1]

    def expect(self, product: str, moments: Iterable[datetime]) -> None:
        """Plan an extra run at each of these moments to come, and drop those planned before at other moments."""
        coming = {_id(EXTRA, product, moment.isoformat()): moment for moment in moments if moment > datetime.now(UTC)}
        planned = {job.id: job for job in self._jobs(product, EXTRA)}
        for name in planned.keys() - coming.keys():
            planned[name].remove()
        for name in coming.keys() - planned.keys():
            self._once(product, name, coming[name], due=coming[name])

    def wake(self, product: str) -> None:
        """Start a run soon: a minute after the last one began at the earliest. Several calls until then are one."""
        if product in self._turns:
            moment = max(datetime.now(UTC), self._turns[product].began + WAKE_AFTER)
            self._once(product, _id(WOKEN, product), moment)

    def _plan(self, product: str, schedule: Schedule, first: datetime | None) -> None:
        """Plan the regular runs; without a `first` moment the schedule says when the next one is."""
        self._schedules[product] = schedule
        self._scheduler.add_job(
            self._run,
            trigger_of(schedule),
            args=(product,),
            id=_id(REGULAR, product),
            executor=_id(POOL, product),
            replace_existing=True,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,  # however late, a missed run is made up for, once
            **({} if first is None else {"next_run_time": first}),
        )
        log.info("product.planned", product=product, schedule=str(schedule))

    def _once(self, product: str, name: str, moment: datetime, *, due: datetime = NEVER) -> None:
        self._scheduler.add_job(
            self._run,
            DateTrigger(moment),
            args=(product,),
            kwargs={"due": due},
            id=name,
            executor=_id(POOL, product),
            replace_existing=True,
            misfire_grace_time=None,
        )

    def _jobs(self, product: str, *kinds: str) -> tuple[Job, ...]:
        wanted = tuple(_id(kind, product) for kind in kinds or (REGULAR, EXTRA, WOKEN))
        return tuple(job for job in self._scheduler.get_jobs() if job.args == (product,) and job.id.startswith(wanted))

    def _run(self, product: str, *, due: datetime = NEVER) -> None:
        """Run, unless a run began since this one was due: after a sleep, several may be due at once."""
        turns = self._turns.get(product)
        if turns is None or turns.began >= due:  # without turns, it was dropped
            return
        moments = turns.take()
        if moments is not None and product in self._turns:
            self.expect(product, moments)
        if all(turns.fault is not None for turns in tuple(self._turns.values())):
            self._stop.ask()

    def _wait_for_runs(self) -> None:
        """Wait for a moment for the runs under way; shutdown holds a lock that a run's last step needs."""
        until = time.monotonic() + PATIENCE
        with ExitStack() as held:
            for turns in self._turns.values():
                if not turns.running.acquire(timeout=max(0.0, until - time.monotonic())):
                    leave()
                held.callback(turns.running.release)
            self._scheduler.shutdown(wait=False)


def _id(kind: str, product: str, more: str = "") -> str:
    return f"{kind} {product} {more}"


def trigger_of(schedule: Schedule) -> IntervalTrigger | CronTrigger:
    """The schedule as APScheduler has it."""
    repeat, zone = schedule.repeat, schedule.zone
    if isinstance(repeat, Cron):
        kind = CronTrigger if repeat.hour == "*" else _HoursOnce
        return kind(
            minute=repeat.minute,
            hour=repeat.hour,
            day=repeat.day,
            month=repeat.month,
            day_of_week=repeat.weekday,
            timezone=zone,
        )
    return IntervalTrigger(seconds=int(repeat.interval.total_seconds()), timezone=zone)


def next_run(schedule: Schedule, after: datetime) -> datetime:
    """When the next run is due after one that began at this moment; it may have passed since."""
    moment: datetime | None = trigger_of(schedule).get_next_fire_time(after, after)
    assert moment is not None, "a schedule never ends"
    return moment


class _HoursOnce(CronTrigger):  # type: ignore[misc]  # the library has no types
    """The moments of a cron line that names hours: one that comes twice, when summer time ends, counts once."""

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        """The next moment that does not repeat one."""
        moment: datetime | None = super().get_next_fire_time(previous, now)
        while moment is not None and moment.fold:
            after = (moment.astimezone(UTC) + timedelta(seconds=1)).astimezone(self.timezone)
            moment = super().get_next_fire_time(None, after)
        return moment


def _log_skipped(event: JobEvent) -> None:
    log.warning("run.skipped", why="the run before it has not ended", job=event.job_id)
