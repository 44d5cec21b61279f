"""The queue itself: one job a product, jobs of dead workers, and a worker that ends by itself."""

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any

import pytest
from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker
from structlog.testing import capture_logs

from sync.cluster import worker as module
from sync.cluster.database import ClusterDatabase
from sync.cluster.queue import RUNS, UPKEEP, queue_at, take_back
from sync.cluster.roster import Roster
from sync.cluster.worker import take_jobs
from sync.errors import QueueLost
from sync.stopping import StopRequest

pytestmark = pytest.mark.journey

PRODUCTS = ("hung", "pay", "shop")


def nothing(*_: object) -> None:
    pass


def app_of(database: ClusterDatabase, run: Callable[[str], None] = nothing) -> App:
    roster = Roster(database)
    return queue_at(database.url, run, lambda: roster.due(PRODUCTS), roster.queued)


def carry_out(app: App, *steps: Callable[[], Any]) -> None:
    async def go() -> None:
        async with app.open_async():
            for step in steps:
                await step()

    asyncio.run(go())


def jobs(database: ClusterDatabase) -> list[tuple[Any, ...]]:
    return database.rows(
        "SELECT args->>'product', status::text FROM procrastinate_jobs WHERE task_name = 'run' ORDER BY id"
    )


def test_the_upkeep_puts_each_due_product_into_the_queue_once(database: ClusterDatabase) -> None:
    roster = Roster(database)
    roster.keep_up({"pay": "1", "shop": "1"})
    app = app_of(database)
    upkeep = app.tasks["upkeep"]

    async def again() -> None:
        roster.ask_for("shop")
        await upkeep(timestamp=0)

    carry_out(app, again, again)
    assert jobs(database) == [("pay", "todo"), ("shop", "todo")]
    assert roster.due(PRODUCTS) == ()


def dead(database: ClusterDatabase, *, waiting: bool) -> None:
    """A job of a worker that gave no sign of life for a minute, and one that waits for the same product."""
    database.rows("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')")
    for status in ("doing", *(["todo"] if waiting else [])):
        database.rows(
            """INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status, worker_id)
            SELECT %s, 'run', 'product:shop', 'product:shop', '{"product": "shop"}', %s::procrastinate_job_status,
            CASE WHEN %s = 'doing' THEN max(id) END FROM procrastinate_workers""",
            (RUNS, status, status),
        )


@pytest.mark.parametrize(
    ("waiting", "after"), [(False, [("shop", "todo")]), (True, [("shop", "failed"), ("shop", "todo")])]
)
def test_the_job_of_a_dead_worker_is_taken_back_also_where_another_one_waits(
    database: ClusterDatabase, *, waiting: bool, after: list[tuple[str, str]]
) -> None:
    dead(database, waiting=waiting)
    app = app_of(database)
    carry_out(app, lambda: app.tasks["upkeep"](timestamp=0))
    assert jobs(database) == after


def test_one_job_that_cannot_be_taken_back_does_not_keep_the_others(database: ClusterDatabase) -> None:
    dead(database, waiting=False)
    app = app_of(database)

    async def twice() -> None:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=20):
            await take_back(app, job)
            await take_back(app, job)  # as another worker at the same moment

    with capture_logs() as logs:
        carry_out(app, twice)
    assert [line["event"] for line in logs] == ["job.taken_back", "job.not_taken_back"]
    assert jobs(database) == [("shop", "todo")]


def test_old_jobs_are_pruned(database: ClusterDatabase) -> None:
    dead(database, waiting=False)
    database.rows("UPDATE procrastinate_jobs SET status = 'failed', worker_id = NULL")
    database.rows("UPDATE procrastinate_events SET at = now() - interval '25 hours'")
    app = app_of(database)
    carry_out(app, lambda: app.tasks["prune"](timestamp=0))
    assert jobs(database) == []


def test_a_worker_runs_what_is_due_and_ends_when_it_is_asked_to(database: ClusterDatabase) -> None:
    """A product that hangs delays neither the upkeep nor another product."""
    stop, ran, other_ran = StopRequest(), [], threading.Event()

    def run(product: str) -> None:
        ran.append(product)
        if product == "hung":
            assert other_ran.wait(30)
            stop.ask()
        else:
            other_ran.set()

    Roster(database).keep_up({"hung": "1", "shop": "1"})
    take_jobs(app_of(database, run), 2, stop)
    assert sorted(ran) == ["hung", "shop"]
    assert {status for _, status in jobs(database)} == {"succeeded"}
    assert database.rows("SELECT id FROM procrastinate_workers") == []


def test_a_worker_that_ends_by_itself_is_an_error(database: ClusterDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    async def end(_self: Worker) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr(Worker, "run", end)
    with pytest.raises(QueueLost, match="start it again") as raised:
        take_jobs(app_of(database), 1, StopRequest())
    assert raised.value.exit_code == 7


def test_a_job_that_the_database_gave_to_this_worker_and_that_it_does_not_run_is_taken_back(
    database: ClusterDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_FOR_LOST", 0.05)
    stop, upkeeps = StopRequest(), []

    def lose() -> tuple[str, ...]:
        upkeeps.append("upkeep")
        if len(upkeeps) > 1:
            stop.ask()  # nothing took it back
        else:
            database.rows(
                """INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id)
                SELECT %s, 'run', '{"product": "lost"}', 'doing', min(id) FROM procrastinate_workers""",
                (RUNS,),
            )
        return ()

    def run(product: str) -> None:
        assert product == "lost"
        stop.ask()

    app = queue_at(database.url, run, lose, nothing)
    take_jobs(app, 1, stop)
    assert ("lost", "succeeded") in jobs(database)


def test_while_the_database_is_away_lost_jobs_are_looked_for_later(
    database: ClusterDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_FOR_LOST", 0.01)
    stop = StopRequest()
    app = app_of(database)

    async def away(*_: object, **__: object) -> None:
        stop.ask()
        raise ConnectorException

    monkeypatch.setattr(app.connector, "execute_query_all_async", away)
    with capture_logs() as logs:
        take_jobs(app, 1, stop)
    assert "cluster.away" in {line["event"] for line in logs}


def test_what_the_library_warns_of_is_one_line_of_our_log_without_a_traceback() -> None:
    bridge = module._Bridge()
    with capture_logs() as logs:
        for extra in ({"action": "side_task_failed", "exception": "gone"}, {"job": {}, "action": "job_error"}):
            bridge.emit(logging.makeLogRecord({"levelno": logging.ERROR, **extra}))
    assert logs == [{"event": "queue.warned", "log_level": "warning", "what": "side_task_failed", "why": "gone"}]


def test_the_upkeep_comes_every_ten_seconds(database: ClusterDatabase) -> None:
    tasks = app_of(database).periodic_registry.periodic_tasks.values()
    (periodic,) = (one for one in tasks if one.task.name == "upkeep")
    periodic.croniter.set_current(1_000_000_000.0)
    assert [periodic.croniter.get_next(float) for _ in range(2)] == [1_000_000_010.0, 1_000_000_020.0]


def test_runs_and_upkeep_have_queues_of_their_own(database: ClusterDatabase) -> None:
    tasks = app_of(database).tasks
    assert (tasks["run"].queue, tasks["upkeep"].queue, tasks["prune"].queue) == (RUNS, UPKEEP, UPKEEP)
