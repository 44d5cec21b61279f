"""The tables of a cluster in the server of the tests, emptied before each test."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest

from sync.cluster.database import OWN_SCHEMA, STEPS, ClusterDatabase

EMPTY = """TRUNCATE readyline_products, readyline_pace, procrastinate_jobs, procrastinate_workers,
procrastinate_periodic_defers, procrastinate_events"""
STEPS_TAKEN = "UPDATE readyline_cluster SET value = %s WHERE name = %s"


@pytest.fixture(scope="session")
def opened(postgresql: str, worker_id: str) -> Iterator[ClusterDatabase]:
    """A database of its own for each process of the tests."""
    name = f"cluster_{worker_id}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name}".encode())
    with ClusterDatabase(urlsplit(postgresql)._replace(path=f"/{name}").geturl()) as database:
        yield database


@pytest.fixture
def database(opened: ClusterDatabase) -> ClusterDatabase:
    """The database of a cluster that has nothing in it."""
    opened.rows(EMPTY)
    opened.rows(STEPS_TAKEN, (str(len(STEPS)), OWN_SCHEMA))
    return opened
