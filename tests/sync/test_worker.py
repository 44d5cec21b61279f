"""When passes run. Nothing here waits for a clock: what is looked at is what was planned."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sync.errors import ConfigError, LoggedOut, Unreachable
from sync.worker import Worker, trigger_of

FAR = datetime(2199, 3, 29, 7, 0, tzinfo=UTC)


def worker(*passes: object) -> Worker:
    """A worker whose passes return, or raise, these; after the last it stops itself."""
    left = list(passes)

    def work() -> list[datetime] | None:
        found = left.pop(0)
        if not left:
            made.stop()
        if isinstance(found, Exception):
            raise found
        return found  # type: ignore[return-value]

    made = Worker(work, every="every 15 minutes", timezone="Europe/Berlin")
    return made


@pytest.fixture
def idle() -> Iterator[Worker]:
    """A worker whose scheduler runs but starts nothing."""
    made = Worker(lambda: None, every="every day", timezone="Europe/Berlin")
    made._scheduler.start(paused=True)
    yield made
    made._scheduler.shutdown()


def extra(of: Worker) -> list[datetime]:
    return sorted(job.next_run_time for job in of._scheduler.get_jobs())


def test_extra_passes_are_planned_once_however_often_they_are_named(idle: Worker) -> None:
    for _ in range(3):
        idle.expect([FAR, FAR + timedelta(days=14)])

    assert extra(idle) == [FAR, FAR + timedelta(days=14)]


def test_a_sprint_that_moved_takes_its_extra_pass_along(idle: Worker) -> None:
    idle.expect([FAR])
    idle.expect([FAR + timedelta(days=1)])

    assert extra(idle) == [FAR + timedelta(days=1)]


def test_a_moment_that_is_over_is_not_made_up_for(idle: Worker) -> None:
    idle.expect([datetime(2026, 3, 2, tzinfo=UTC)])

    assert extra(idle) == []


@pytest.mark.parametrize(("named", "planned"), [([FAR], [FAR]), ([], []), (None, [FAR])])
def test_each_pass_plans_the_extra_ones_anew(named: list[datetime] | None, planned: list[datetime]) -> None:
    one = worker(named)
    one._scheduler.start(paused=True)
    one.expect([FAR])
    one._pass()

    assert extra(one) == planned
    one._scheduler.shutdown()


def test_a_pass_that_fails_is_followed_by_the_next() -> None:
    """Two passes that fall due at once run one after the other, and the first one's failure is no end."""
    running, most = 0, 0
    lock = threading.Lock()
    left = [Unreachable("away"), ValueError("a bug"), None]

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        found = left.pop(0)
        with lock:
            running -= 1
        if not left:
            made.stop()
        if found is not None:
            raise found

    made = Worker(work, every="every day", timezone="UTC")
    for number in range(2):
        made._scheduler.add_job(made._pass, id=f"another {number}", misfire_grace_time=None)
    made.serve()

    assert (left, most) == ([], 1)


def test_a_refused_login_ends_the_worker() -> None:
    with pytest.raises(LoggedOut):
        worker(LoggedOut("the token has expired")).serve()


@pytest.mark.parametrize("every", ["every 15 minutes", "every hour", "every day", "0 7 * * mon-fri"])
def test_a_schedule_is_read(every: str) -> None:
    moment = trigger_of(every, datetime.now(UTC).astimezone().tzinfo).get_next_fire_time(None, FAR)  # type: ignore[arg-type]

    assert moment is not None


def test_what_is_no_schedule_is_refused() -> None:
    with pytest.raises(ConfigError, match="sometimes"):
        trigger_of("sometimes", None)  # type: ignore[arg-type]


def test_a_stop_in_the_last_moment_of_a_pass_does_not_lock_the_worker_up() -> None:
    """The pass still plans its extra passes while the worker already waits for it to end."""
    stopping = threading.Event()

    def work() -> list[datetime]:
        made.stop()
        stopping.wait(0.2)  # long enough for the worker to begin its shutdown
        return [FAR]

    made = Worker(work, every="every 15 minutes", timezone="Europe/Berlin")
    made.serve()

    assert made.stopping()
