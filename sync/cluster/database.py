"""The database of a cluster: the tables of the queue and our own, and statements that survive a restart of it."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self

import psycopg
from procrastinate.schema import SchemaManager, migrations_path
from psycopg_pool import ConnectionPool

from sync.errors import StoreError
from sync.logs import get_logger
from sync.stopping import LOOK_EVERY, raise_if_overdue

log = get_logger()

PATIENCE = 60.0
"""Seconds a statement is tried again while the database is away."""
_PASSWORD = re.compile(r"(?<=://)[^/@\s]*@|password=\S+")
_ONE_AT_A_TIME = 0x72656164  # the advisory lock around the making of tables: any number that all workers agree on

NOTES = "CREATE TABLE IF NOT EXISTS readyline_cluster (name text PRIMARY KEY, value text NOT NULL)"
STEPS = (
    """CREATE TABLE IF NOT EXISTS readyline_products (
        product text PRIMARY KEY, digest text NOT NULL, seen timestamptz NOT NULL DEFAULT now(), due timestamptz,
        places text[] NOT NULL DEFAULT '{}', login text NOT NULL DEFAULT '', stopped boolean NOT NULL DEFAULT false,
        refused text[] NOT NULL DEFAULT '{}', unreadable integer NOT NULL DEFAULT 0,
        failures integer NOT NULL DEFAULT 0, worker text NOT NULL DEFAULT '', began timestamptz, good timestamptz,
        why text NOT NULL DEFAULT '')""",
    "CREATE TABLE IF NOT EXISTS readyline_pace (lane text PRIMARY KEY, free_at timestamptz NOT NULL)",
)
"""What makes our tables. A release adds steps at the end and changes none.

The first two also meet tables that were made before steps were counted.
"""
OWN_SCHEMA = "own schema"
"""The name under which the number of steps taken is kept."""
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
        """Connect, and make or migrate the tables. Raises `StoreError`."""
        try:
            self._pool.open(wait=True, timeout=10)
            self._make_tables()
        except psycopg.Error as error:
            self._pool.close()
            raise _unusable(error) from error
        except StoreError:
            self._pool.close()
            raise
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
            connection.execute(NOTES.encode())
            for step in (*_own_steps(connection), *_queue_steps(connection)):
                connection.execute(step.encode())
            _note(connection, OWN_SCHEMA, str(len(STEPS)))
            _note(connection, QUEUE_SCHEMA, _migrations()[-1])


@contextmanager
def _alone(connection: "psycopg.Connection[Any]") -> Iterator[None]:
    connection.execute("SELECT pg_advisory_lock(%s)", (_ONE_AT_A_TIME,))
    try:
        with connection.transaction():
            yield
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", (_ONE_AT_A_TIME,))


def _own_steps(connection: "psycopg.Connection[Any]") -> tuple[str, ...]:
    """The steps that were not taken yet. Raises `StoreError` where a newer release took more."""
    taken = int(_noted(connection, OWN_SCHEMA) or 0)
    if taken > len(STEPS):
        raise StoreError(
            f"the database of the cluster was made by a newer readyline (step {taken}, this one knows {len(STEPS)}); "
            "install that version on this machine too"
        )
    return STEPS[taken:]


def _queue_steps(connection: "psycopg.Connection[Any]") -> list[str]:
    """What makes the tables of the queue as the installed procrastinate needs them."""
    known = _noted(connection, QUEUE_SCHEMA)
    if known is None:
        exists = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
        return [] if exists and exists[0] else [SchemaManager.get_schema()]
    newer = (name for name in _migrations() if name > known)
    return [(migrations_path / name).read_text(encoding="utf-8") for name in newer]


def _noted(connection: "psycopg.Connection[Any]", name: str) -> str | None:
    row = connection.execute("SELECT value FROM readyline_cluster WHERE name = %s", (name,)).fetchone()
    return str(row[0]) if row else None


def _note(connection: "psycopg.Connection[Any]", name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO readyline_cluster VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def _migrations() -> tuple[str, ...]:
    return tuple(sorted(path.name for path in migrations_path.glob("*.sql")))


def _unusable(error: Exception) -> StoreError:
    why = _PASSWORD.sub("", " ".join(str(error).split())) or type(error).__name__
    return StoreError(f"the database of the cluster cannot be used ({why}); check its address and that it runs")
