"""When runs start. Nothing here waits for a clock: the tests look at what is planned."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from sync.config.schedule import Schedule, read_repeat
from sync.errors import CutAnswer, LoggedOut, Stopped, Unreachable, WebPage
from sync.stopping import StopRequest
from sync.turns import Turns
from sync.worker import APART, POOL, Worker, _id, trigger_of

BERLIN = ZoneInfo("Europe/Berlin")
FAR = datetime(2199, 3, 29, 7, 0, tzinfo=UTC)


def every(text: str) -> Schedule:
    return Schedule(repeat=read_repeat(text), zone=BERLIN)


def worker(*runs: object) -> Worker:
    """A worker whose runs return, or raise, these; after the last it stops itself."""
    left = list(runs)

    def work() -> list[datetime] | None:
        result = left.pop(0)
        if not left:
            made.stop()
        if isinstance(result, Exception):
            raise result
        return result  # type: ignore[return-value]

    made = Worker()
    made.put("shop", work, every("every 15 minutes"))
    return made


@pytest.fixture
def idle() -> Iterator[Worker]:
    """A worker whose scheduler runs but starts nothing."""
    made = Worker()
    made.put("shop", lambda: None, every("every day"))
    made._scheduler.start(paused=True)
    yield made
    made._scheduler.shutdown()


def extra(of: Worker) -> list[datetime]:
    return sorted(job.next_run_time for job in of._jobs("shop", "extra", "woken"))


def test_extra_runs_are_planned_once_however_often_they_are_named(idle: Worker) -> None:
    for _ in range(3):
        idle.expect("shop", [FAR, FAR + timedelta(days=14)])

    assert extra(idle) == [FAR, FAR + timedelta(days=14)]


def test_a_sprint_that_moved_takes_its_extra_run_along(idle: Worker) -> None:
    idle.expect("shop", [FAR])
    idle.expect("shop", [FAR + timedelta(days=1)])

    assert extra(idle) == [FAR + timedelta(days=1)]


def test_many_calls_of_a_hook_are_one_run_a_minute_after_the_last_began(idle: Worker) -> None:
    idle._run("shop")
    for _ in range(3):
        idle.wake("shop")

    (moment,) = extra(idle)
    assert moment == idle._turns["shop"].began + timedelta(minutes=1)


def test_a_hook_starts_a_run_at_once_where_none_began_in_the_last_minute(idle: Worker) -> None:
    before = datetime.now(UTC)
    idle.wake("shop")

    (moment,) = extra(idle)
    assert before <= moment <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("error", "why"),
    [(Unreachable("the site is down"), "the site is down"), (ValueError("x"), "internal error"), (Stopped("stop"), "")],
)
def test_the_reason_of_a_failed_run_is_handed_on(error: Exception, why: str) -> None:
    said: list[str] = []

    def work() -> None:
        raise error

    Turns("shop", work, StopRequest(), said.append).take()
    assert said == ([why] if why else [])


def test_a_moment_in_the_past_gets_no_extra_run(idle: Worker) -> None:
    idle.expect("shop", [datetime(2026, 3, 2, tzinfo=UTC)])

    assert extra(idle) == []


@pytest.mark.parametrize(("named", "planned"), [([FAR], [FAR]), ([], []), (None, [FAR])])
def test_each_run_plans_the_extra_ones_again(named: list[datetime] | None, planned: list[datetime]) -> None:
    one = worker(named)
    one._scheduler.start(paused=True)
    one.expect("shop", [FAR])
    one._run("shop")

    assert extra(one) == planned
    one._scheduler.shutdown()


def test_a_run_that_fails_is_followed_by_the_next() -> None:
    """Two runs that fall due at once come one after the other, and a failure does not end the worker."""
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

    made = Worker()
    made.put("shop", work, every("every day"))
    for number in range(2):
        made._once("shop", f"another {number}", datetime.now(UTC))
    made.serve()

    assert (left, most) == ([], 1)


def test_runs_that_were_missed_while_the_machine_slept_become_one() -> None:
    began: list[str] = []
    made = Worker()

    def sleep_for_an_hour() -> None:
        made._jobs("shop", "run")[0].modify(next_run_time=datetime.now(UTC) - timedelta(hours=1))

    def work() -> None:
        """What comes next waits in the product's own thread until this run, and any other of that hour, is over."""
        began.append("run")
        follows = sleep_for_an_hour if len(began) == 1 else made.stop
        made._scheduler.add_job(follows, executor=_id(POOL, "shop"), misfire_grace_time=None)

    made.put("shop", work, every("every 15 minutes"))
    made.serve()

    assert began == ["run", "run"]


def test_a_refused_login_ends_the_worker() -> None:
    with pytest.raises(LoggedOut):
        worker(LoggedOut("the token has expired")).serve()


def runs_of(*results: object) -> tuple[list[object], Exception | None]:
    """The results that are left, and the error that ended the worker, where runs with these results fall due."""
    left = list(results)

    def work() -> None:
        result = left.pop(0)
        if not left:
            made.stop()
        if isinstance(result, Exception):
            raise result

    made = Worker()
    made.put("shop", work, every("every day"))
    for number in range(len(results) - 1):
        made._once("shop", f"another {number}", datetime.now(UTC))
    try:
        made.serve()
    except (LoggedOut, CutAnswer) as error:
        return left, error
    return left, None


PAGE, CUT = WebPage("a web page"), CutAnswer("cut")


@pytest.mark.parametrize(
    "results",
    [
        (PAGE, None),
        (CUT, None),
        (PAGE, CUT, None),
        (PAGE, PAGE, None, PAGE, PAGE, None),
        (PAGE, PAGE, KeyError(), PAGE, None),
    ],
)
def test_a_web_page_or_a_cut_answer_fails_that_run_and_the_next_one_starts(results: tuple[object, ...]) -> None:
    assert runs_of(*results) == ([], None)


@pytest.mark.parametrize("results", [(PAGE, PAGE, PAGE), (PAGE, CUT, PAGE), (CUT, CUT, CUT)])
def test_three_runs_in_a_row_without_json_end_the_worker(results: tuple[Exception, ...]) -> None:
    left, error = runs_of(*results, None)
    assert left == [None]
    assert error is results[-1]
    assert getattr(error, "exit_code", None) == 4


def test_a_stopped_run_is_no_failure() -> None:
    with capture_logs() as logs:
        assert runs_of(Stopped("asked")) == ([], None)
    assert [(line["event"], line["log_level"]) for line in logs if line["event"].startswith("run")] == [
        ("run.stopped", "info")
    ]


@pytest.mark.parametrize(
    ("text", "after", "due"),
    [
        ("every 15 minutes", "2026-03-02T10:00", "2026-03-02T10:15"),
        ("every 2 hours", "2026-03-02T10:00", "2026-03-02T12:00"),
        ("every day", "2026-03-02T10:00", "2026-03-03T10:00"),
        ("0 7 * * mon-fri", "2026-03-06T10:00", "2026-03-09T07:00"),
        ("0 7 29 2 *", "2026-03-06T10:00", "2028-02-29T07:00"),
        ("*/20 8-9 1,15 jan-mar *", "2026-03-02T10:00", "2026-03-15T08:00"),
    ],
)
def test_the_scheduler_runs_at_the_moments_of_the_schedule(text: str, after: str, due: str) -> None:
    before, expected = (datetime.fromisoformat(moment).replace(tzinfo=BERLIN) for moment in (after, due))
    trigger = trigger_of(every(text))

    assert trigger.get_next_fire_time(before, before) == expected


def test_a_stop_in_the_last_moment_of_a_run_does_not_lock_the_worker_up() -> None:
    """The run still plans its extra runs while the worker already waits for it to end."""
    stopping = threading.Event()

    def work() -> list[datetime]:
        made.stop()
        stopping.wait(0.2)  # long enough for the worker to begin its shutdown
        return [FAR]

    made = Worker()
    made.put("shop", work, every("every 15 minutes"))
    made.serve()

    assert made.stopping()


# Several products


def test_a_product_that_hangs_delays_no_other() -> None:
    other_ran = threading.Event()

    def hang() -> None:
        assert other_ran.wait(30)
        made.stop()

    made = Worker()
    made.put("hung", hang, every("every day"))
    made.put("shop", other_ran.set, every("every day"))
    made.serve()
    assert other_ran.is_set()


def test_a_refused_login_stops_its_product_only_and_the_last_one_ends_the_worker() -> None:
    ran: list[str] = []

    def refused(name: str) -> None:
        ran.append(name)
        raise LoggedOut(f"no entry for {name}")

    made = Worker()
    for name in ("shop", "pay"):
        made.put(name, partial(refused, name), every("every day"))
    made._run("shop")
    made._run("shop")
    assert (ran, made.stopping()) == (["shop"], False)
    with pytest.raises(LoggedOut, match="no entry for pay"):
        made.serve()
    assert ran == ["shop", "pay"]


def test_a_stopped_product_runs_again_once_it_is_put_again(idle: Worker) -> None:
    ran: list[str] = []
    idle._turns["shop"].fault = LoggedOut("no entry")
    idle.put("shop", lambda: ran.append("shop"), every("every day"))
    idle._run("shop")
    assert ran == ["shop"]


def test_a_product_gets_its_new_schedule_and_keeps_its_extra_runs(idle: Worker) -> None:
    idle.expect("shop", [FAR])
    before = idle._jobs("shop", "run")[0].next_run_time
    idle.put("shop", lambda: None, every("every 15 minutes"))
    assert idle._jobs("shop", "run")[0].next_run_time - datetime.now(UTC) > timedelta(minutes=14)
    assert idle._jobs("shop", "run")[0].next_run_time != before
    assert extra(idle) == [FAR]


def test_the_same_schedule_again_plans_nothing_anew(idle: Worker) -> None:
    before = idle._jobs("shop", "run")[0].next_run_time
    idle.put("shop", lambda: None, every("every day"))
    assert idle._jobs("shop", "run")[0].next_run_time == before


def test_a_product_that_was_dropped_has_no_more_runs_and_others_keep_theirs(idle: Worker) -> None:
    idle.put("shop 2", lambda: None, every("every day"))
    idle.expect("shop", [FAR])
    idle.expect("shop 2", [FAR])
    idle.drop("shop")
    idle._run("shop")
    idle.wake("shop")
    assert (idle.products, idle._jobs("shop")) == (("shop 2",), ())
    assert len(idle._jobs("shop 2")) == 2


def test_the_first_runs_of_many_products_are_apart() -> None:
    made = Worker()
    for number in range(3):
        made.put(f"shop {number}", lambda: None, every("every day"))
    first, second, third = (made._jobs(f"shop {number}")[0].next_run_time for number in range(3))
    assert second - first >= APART * 0.9
    assert third - second >= APART * 0.9
