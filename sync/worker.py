"""The worker that runs by the schedule. It is the only module that uses APScheduler.

One run at a time; runs that were missed while the machine slept become one. Each run names the moments of extra runs,
such as those before plannings. A signal ends the worker after the change that is being written, within two seconds.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from sync.config.schedule import Cron, Schedule
from sync.errors import LoggedOut, NotJson, ReadylineError, Stopped
from sync.stopping import StopRequest, asked_by_signals, heeding

log = structlog.get_logger()

EXTRA = "extra "  # the prefix of the ids of extra runs
MOST_UNREADABLE = 3
"""Runs in a row that may meet something else than JSON; a page of a proxy passes, one that stays is a lost log-in."""
WAKE_AFTER = timedelta(minutes=1)
"""The shortest time between the start of a run and that of one that a hook asks for."""
PATIENCE = 1.2
"""Seconds a stopping worker waits for a run that does not wait for the tracker: a channel, a long computation."""


class Worker:
    """Calls `work` by the schedule until it is asked to stop.

    `work` is one whole run; it asks `stopping` between changes, and returns the moments at which an extra run is due
    (`None`: they stay as they are). A run that fails is logged and the next one comes. A refused log-in ends the
    worker, because more attempts lock accounts; a web page or a cut answer only after `MOST_UNREADABLE` runs in a row.
    `failed` gets what was wrong with a run that failed.
    """

    def __init__(
        self,
        work: Callable[[], Iterable[datetime] | None],
        schedule: Schedule,
        failed: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._work = work
        self._schedule = schedule
        self._tell_failure = failed
        self._began = datetime.min.replace(tzinfo=UTC)
        self._stop = StopRequest()
        self._unreadable = 0
        self._fault: ReadylineError | None = None
        self._running = threading.Lock()
        # One thread, so that a run that falls due during another waits for it.
        self._scheduler = BackgroundScheduler(
            timezone=schedule.zone, executors={"default": ThreadPoolExecutor(max_workers=1)}
        )

    def stopping(self) -> bool:
        """Whether the worker was asked to stop."""
        return self._stop()

    def stop(self) -> None:
        """Ask the worker to stop; the current run ends after its current change."""
        self._stop.ask()

    def serve(self) -> None:
        """Run, the first time now, until stopped.

        Raises `LoggedOut` when the site refuses the log-in, and `NotJson` when it gave no JSON in several runs.
        """
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
        with asked_by_signals(self._stop):
            scheduler.start()
            log.info("worker.started", schedule=str(self._schedule))
            self._stop.wait()
            log.info("worker.stopping")
            if not self._running.acquire(timeout=PATIENCE):  # shutdown holds a lock that a run's last step needs
                _leave()
            scheduler.shutdown(wait=False)
            self._running.release()
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

    def wake(self) -> None:
        """Start a run soon: a minute after the last one began at the earliest. Several calls until then are one."""
        moment = max(datetime.now(UTC), self._began + WAKE_AFTER)
        self._scheduler.add_job(
            self._run, DateTrigger(moment), id="woken", replace_existing=True, misfire_grace_time=None
        )

    def _run(self) -> None:
        with self._running:
            self._began = datetime.now(UTC)
            if not self.stopping():
                self._run_once()

    def _run_once(self) -> None:
        try:
            with heeding(self._stop):
                moments = self._work()
            if moments is not None:
                self.expect(moments)
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

    def _failed(self, error: ReadylineError) -> None:
        """Log it, and end the worker where another run would fail as well or do harm."""
        log.error("run.failed", why=str(error))
        self._tell_failure(str(error))
        self._unreadable = self._unreadable + 1 if isinstance(error, NotJson) else 0
        is_refused = isinstance(error, LoggedOut) and not isinstance(error, NotJson)
        if is_refused or self._unreadable >= MOST_UNREADABLE:
            self._fault = error
            self._stop.ask()


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


def _leave() -> None:
    """End the process at once: the store and the tracker are as after a crash, and the next run goes on from there."""
    log.warning("worker.left", why="the run did not end in time; the next one settles what it was writing")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
