"""The database of a cluster: its tables, and what happens where it is away."""

from typing import Any

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from sync.cluster import database as module
from sync.cluster.database import ClusterDatabase
from sync.errors import StoreError


def test_a_wrong_address_is_one_sentence_without_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise psycopg.OperationalError('connection to "postgresql://me:s3cret@db.example/x" failed: password=s3cret')

    monkeypatch.setattr(ConnectionPool, "open", refuse)
    with pytest.raises(StoreError) as raised, ClusterDatabase("postgresql://me:s3cret@db.example/x"):
        pass
    assert str(raised.value).startswith("the database of the cluster cannot be used (")
    assert "s3cret" not in str(raised.value)


def test_opening_it_again_changes_nothing(database: ClusterDatabase) -> None:
    database.rows("INSERT INTO readyline_products (product, digest) VALUES ('shop', '1')")
    with ClusterDatabase(database.url) as again:
        assert again.rows("SELECT product FROM readyline_products") == [("shop",)]


def test_tables_of_an_older_procrastinate_get_the_migrations_that_came_since(
    database: ClusterDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = module._migrations()[-1]
    database.rows("UPDATE readyline_cluster SET value = %s", (module._migrations()[-3],))
    with psycopg.connect(database.url) as connection:
        assert len(module._steps(connection)) == 2
    database.rows("UPDATE readyline_cluster SET value = %s", (newest,))
    with psycopg.connect(database.url) as connection:
        assert module._steps(connection) == []


def test_tables_that_somebody_else_made_are_taken_as_they_are(database: ClusterDatabase) -> None:
    with psycopg.connect(database.url) as connection:
        connection.execute("DELETE FROM readyline_cluster")
        assert module._steps(connection) == []
        connection.rollback()


def test_a_statement_is_carried_out_although_all_connections_broke(database: ClusterDatabase) -> None:
    with psycopg.connect(database.url, autocommit=True) as other:
        other.execute(
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND datname = current_database()"""
        )
    assert database.rows("SELECT 1") == [(1,)]


def test_a_database_that_stays_away_is_an_error_after_a_while(
    database: ClusterDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def away(_self: ClusterDatabase, statement: str, _values: object) -> list[Any]:
        tried.append(statement)
        if len(tried) == 2:
            monkeypatch.setattr("time.monotonic", lambda: 1e12)
        raise psycopg.OperationalError("the server is shutting down")

    monkeypatch.setattr(ClusterDatabase, "_rows", away)
    monkeypatch.setattr(module, "LOOK_EVERY", 0.0)
    with pytest.raises(StoreError, match="shutting down"):
        database.rows("SELECT 1")
    assert len(tried) == 2


def test_a_wrong_statement_is_not_tried_again(database: ClusterDatabase) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        database.rows("SELECT no_such_column")
