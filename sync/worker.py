"""When passes run: the only file that knows APScheduler.

One pass at a time; runs that were missed while the machine slept fold into one. Besides the schedule there are extra
passes at moments that each pass names anew, such as the eve of a planning. A signal ends the worker after the change
that is being written.
"""

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from zoneinfo import ZoneInfo

import structlog
from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from sync.errors import ConfigError, LoggedOut, ReadylineError

log = structlog.get_logger()

EXTRA = "extra "  # how the ids of extra passes begin


class Worker:
    """Runs `work` by the schedule until it is told to stop.

    `work` is one whole pass; it asks `stopping` between changes, and returns the moments at which an extra pass is due
    (`None`: they stay as they are). A pass that fails is logged and the next one comes;
    only a log-in that the site refuses ends the worker, because knocking again locks accounts.
    """

    def __init__(self, work: Callable[[], Iterable[datetime] | None], *, every: str, timezone: str) -> None:
        self._work = work
        self._timezone = ZoneInfo(timezone)
        self._trigger = trigger_of(every, self._timezone)
        self._stop = threading.Event()
        self._fault: ReadylineError | None = None
        self._passing = threading.Lock()
        # One thread, so that a pass that falls due during another waits for it.
        self._scheduler = BackgroundScheduler(
            timezone=self._timezone, executors={"default": ThreadPoolExecutor(max_workers=1)}
        )

    def stopping(self) -> bool:
        """Whether somebody asked the worker to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the worker to stop; the pass under way ends after its current change."""
        self._stop.set()

    def serve(self) -> None:
        """Run passes, the first one now, until stopped. Raises `LoggedOut` when the site refuses the log-in."""
        scheduler = self._scheduler
        scheduler.add_listener(_tell_skipped, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        scheduler.add_job(
            self._pass,
            self._trigger,
            id="pass",
            next_run_time=datetime.now(UTC),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,  # however late, a missed pass is worth making up for, once
        )
        with _signals(self._stop):
            scheduler.start()
            log.info("worker.started", timezone=str(self._timezone), schedule=str(self._trigger))
            self._stop.wait()
            log.info("worker.stopping")
            with self._passing:  # shutting down waits for the pass with a lock held that its last step needs
                scheduler.shutdown(wait=False)
        log.info("worker.stopped")
        if self._fault is not None:
            raise self._fault

    def expect(self, moments: Iterable[datetime]) -> None:
        """Run an extra pass at each of these moments that is still to come, and at no others named before."""
        coming = {f"{EXTRA}{moment.isoformat()}": moment for moment in moments if moment > datetime.now(UTC)}
        for job in self._scheduler.get_jobs():
            if job.id.startswith(EXTRA) and job.id not in coming:
                job.remove()
        known = {job.id for job in self._scheduler.get_jobs()}
        for name, moment in coming.items():
            if name not in known:
                trigger = DateTrigger(moment, timezone=self._timezone)
                self._scheduler.add_job(self._pass, trigger, id=name, misfire_grace_time=None)

    def _pass(self) -> None:
        with self._passing:
            if not self.stopping():
                self._pass_once()

    def _pass_once(self) -> None:
        try:
            moments = self._work()
            if moments is not None:
                self.expect(moments)
        except LoggedOut as error:
            self._fault = error
            self._stop.set()
        except ReadylineError as error:
            log.error("pass.failed", why=str(error))  # noqa: TRY400 - expected: the sentence says it all
        except Exception:
            log.exception("pass.broken")


def trigger_of(every: str, timezone: ZoneInfo) -> IntervalTrigger | CronTrigger:
    """Read a schedule: "every 15 minutes", "every 2 hours", "every day", or a cron line.

    Raises `ConfigError`.
    """
    words = every.split()
    units = {"minute": "minutes", "hour": "hours", "day": "days"}
    if words[:1] == ["every"]:
        count, unit = (words[1], words[2]) if len(words) == 3 else ("1", words[-1])
        name = units.get(unit.rstrip("s"))
        if name and count.isdigit() and int(count) > 0:
            return IntervalTrigger(**{name: int(count)}, timezone=timezone)
    try:
        return CronTrigger.from_crontab(every, timezone=timezone)
    except ValueError as error:
        raise ConfigError(
            f'[schedule] pass: "{every}" is no schedule; '
            'write "every 15 minutes" or a cron line such as "0 7 * * mon-fri"'
        ) from error


def _tell_skipped(event: JobEvent) -> None:
    log.warning("pass.skipped", why="the pass before it was still running", job=event.job_id)


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
