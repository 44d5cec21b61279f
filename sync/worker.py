"""The worker that runs by the schedule. It is the only module that uses APScheduler.

One run at a time; runs that were missed while the machine slept become one. Each run names the moments of extra runs,
such as those before plannings. A signal ends the worker after the change that is being written.
"""

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

import structlog
from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from sync.config.schedule import Cron, Schedule
from sync.errors import LoggedOut, ReadylineError

log = structlog.get_logger()

EXTRA = "extra "  # the prefix of the ids of extra runs


class Worker:
    """Calls `work` by the schedule until it is asked to stop.

    `work` is one whole run; it asks `stopping` between changes, and returns the moments at which an extra run is due
    (`None`: they stay as they are). A run that fails is logged and the next one comes; only a refused log-in ends the
    worker, because more attempts lock accounts.
    """

    def __init__(self, work: Callable[[], Iterable[datetime] | None], schedule: Schedule) -> None:
        self._work = work
        self._schedule = schedule
        self._stop = threading.Event()
        self._fault: ReadylineError | None = None
        self._running = threading.Lock()
        # One thread, so that a run that falls due during another waits for it.
        self._scheduler = BackgroundScheduler(
            timezone=schedule.zone, executors={"default": ThreadPoolExecutor(max_workers=1)}
        )

    def stopping(self) -> bool:
        """Whether the worker was asked to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the worker to stop; the current run ends after its current change."""
        self._stop.set()

    def serve(self) -> None:
        """Run, the first time now, until stopped. Raises `LoggedOut` when the site refuses the log-in."""
        scheduler = self._scheduler
        scheduler.add_listener(_log_skipped, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        scheduler.add_job(
            self._run,
            trigger_of(self._schedule),
            id="run",
            next_run_time=datetime.now(UTC),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,  # however late, a missed run is made up for, once
        )
        with _signals(self._stop):
            scheduler.start()
            log.info("worker.started", schedule=str(self._schedule))
            self._stop.wait()
            log.info("worker.stopping")
            with self._running:  # shutdown holds a lock that the last step of a run needs
                scheduler.shutdown(wait=False)
        log.info("worker.stopped")
        if self._fault is not None:
            raise self._fault

    def expect(self, moments: Iterable[datetime]) -> None:
        """Plan an extra run at each of these moments to come, and drop those planned before at other moments."""
        coming = {f"{EXTRA}{moment.isoformat()}": moment for moment in moments if moment > datetime.now(UTC)}
        for job in self._scheduler.get_jobs():
            if job.id.startswith(EXTRA) and job.id not in coming:
                job.remove()
        planned = {job.id for job in self._scheduler.get_jobs()}
        for name, moment in coming.items():
            if name not in planned:
                trigger = DateTrigger(moment, timezone=self._schedule.zone)
                self._scheduler.add_job(self._run, trigger, id=name, misfire_grace_time=None)

    def _run(self) -> None:
        with self._running:
            if not self.stopping():
                self._run_once()

    def _run_once(self) -> None:
        try:
            moments = self._work()
            if moments is not None:
                self.expect(moments)
        except LoggedOut as error:
            self._fault = error
            self._stop.set()
        except ReadylineError as error:
            log.error("run.failed", why=str(error))  # noqa: TRY400 - expected: the sentence is enough
        except Exception:
            log.exception("run.broken")


def trigger_of(schedule: Schedule) -> IntervalTrigger | CronTrigger:
    """The schedule as APScheduler has it."""
    repeat, zone = schedule.repeat, schedule.zone
    if isinstance(repeat, Cron):
        return CronTrigger(
            minute=repeat.minute,
            hour=repeat.hour,
            day=repeat.day,
            month=repeat.month,
            day_of_week=repeat.weekday,
            timezone=zone,
        )
    return IntervalTrigger(seconds=int(repeat.interval.total_seconds()), timezone=zone)


def _log_skipped(event: JobEvent) -> None:
    log.warning("run.skipped", why="the run before it has not ended", job=event.job_id)


@contextmanager
def _signals(stop: threading.Event) -> Iterator[None]:
    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
