"""The database of a cluster: the tables of the queue and our own, and statements that survive a restart of it."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self

import psycopg
import structlog
from procrastinate.schema import SchemaManager, migrations_path
from psycopg_pool import ConnectionPool

from sync.errors import StoreError
from sync.stopping import LOOK_EVERY, raise_if_overdue

log = structlog.get_logger()

PATIENCE = 60.0
"""Seconds a statement is tried again while the database is away."""
_PASSWORD = re.compile(r"(?<=://)[^/@\s]*@|password=\S+")
_ONE_AT_A_TIME = 0x72656164  # the advisory lock around the making of tables: any number that all workers agree on

TABLES = (
    "CREATE TABLE IF NOT EXISTS readyline_cluster (name text PRIMARY KEY, value text NOT NULL)",
    """CREATE TABLE IF NOT EXISTS readyline_products (
        product text PRIMARY KEY, digest text NOT NULL, seen timestamptz NOT NULL DEFAULT now(), due timestamptz,
        places text[] NOT NULL DEFAULT '{}', login text NOT NULL DEFAULT '', stopped boolean NOT NULL DEFAULT false,
        refused text[] NOT NULL DEFAULT '{}', unreadable integer NOT NULL DEFAULT 0,
        failures integer NOT NULL DEFAULT 0, worker text NOT NULL DEFAULT '', began timestamptz, good timestamptz,
        why text NOT NULL DEFAULT '')""",
    "CREATE TABLE IF NOT EXISTS readyline_pace (lane text PRIMARY KEY, free_at timestamptz NOT NULL)",
)
QUEUE_SCHEMA = "queue schema"
"""The name under which the newest migration of the queue's tables is kept."""


class ClusterDatabase:
    """A pool of connections to the database at `url`; threads may share it.

    Every statement may be carried out twice where the database went away in the middle, so each must allow for that.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=8,
            open=False,
            timeout=10,
            check=ConnectionPool.check_connection,
            kwargs={"autocommit": True},
        )

    def __enter__(self) -> Self:
        """Connect, and make the tables where they are missing. Raises `StoreError`."""
        try:
            self._pool.open(wait=True, timeout=10)
            self._make_tables()
        except psycopg.Error as error:
            self._pool.close()
            raise _unusable(error) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._pool.close()

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a statement, none where it gives none. Raises `StoreError` and `Stopped`."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self._rows(statement, values)
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                if time.monotonic() >= until:
                    raise _unusable(error) from error
                log.warning("cluster.away", why=type(error).__name__)
            except psycopg.Error as error:
                raise _unusable(error) from error
            raise_if_overdue()
            time.sleep(LOOK_EVERY)

    def _rows(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._pool.connection() as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def _make_tables(self) -> None:
        with self._pool.connection() as connection, _alone(connection):
            for table in TABLES:
                connection.execute(table.encode())
            for step in _steps(connection):
                connection.execute(step.encode())
            connection.execute(
                "INSERT INTO readyline_cluster VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (QUEUE_SCHEMA, _migrations()[-1]),
            )


@contextmanager
def _alone(connection: "psycopg.Connection[Any]") -> Iterator[None]:
    connection.execute("SELECT pg_advisory_lock(%s)", (_ONE_AT_A_TIME,))
    try:
        with connection.transaction():
            yield
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", (_ONE_AT_A_TIME,))


def _steps(connection: "psycopg.Connection[Any]") -> list[str]:
    """What makes the tables of the queue as the installed procrastinate needs them."""
    known = connection.execute("SELECT value FROM readyline_cluster WHERE name = %s", (QUEUE_SCHEMA,)).fetchone()
    if known is None:
        exists = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
        return [] if exists and exists[0] else [SchemaManager.get_schema()]
    newer = (name for name in _migrations() if name > known[0])
    return [(migrations_path / name).read_text(encoding="utf-8") for name in newer]


def _migrations() -> tuple[str, ...]:
    return tuple(sorted(path.name for path in migrations_path.glob("*.sql")))


def _unusable(error: Exception) -> StoreError:
    why = _PASSWORD.sub("", " ".join(str(error).split())) or type(error).__name__
    return StoreError(f"the database of the cluster cannot be used ({why}); check its address and that it runs")
