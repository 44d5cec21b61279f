"""The database of a cluster: its tables, and what happens where it is away."""

from typing import Any

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from sync.cluster import database as module
from sync.cluster.database import ClusterDatabase
from sync.errors import StoreError

pytestmark = pytest.mark.journey


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
    here = "UPDATE readyline_cluster SET value = %s WHERE name = 'queue schema'"
    database.rows(here, (module._migrations()[-3],))
    with psycopg.connect(database.url) as connection:
        assert len(module._queue_steps(connection)) == 2
    database.rows(here, (newest,))
    with psycopg.connect(database.url) as connection:
        assert module._queue_steps(connection) == []


def test_a_step_that_a_release_adds_is_taken_once_and_keeps_the_products(
    database: ClusterDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.rows("INSERT INTO readyline_products (product, digest) VALUES ('shop', '1')")
    monkeypatch.setattr(module, "STEPS", (*module.STEPS, "CREATE TABLE added (size integer)"))
    for _ in range(2):  # a second time the step would fail: the table is there
        with ClusterDatabase(database.url) as again:
            assert again.rows("SELECT product FROM readyline_products") == [("shop",)]
    assert database.rows("SELECT size FROM added") == []
    database.rows("DROP TABLE added")


def test_tables_made_before_steps_were_counted_are_kept(database: ClusterDatabase) -> None:
    database.rows("INSERT INTO readyline_products (product, digest) VALUES ('shop', '1')")
    database.rows("DELETE FROM readyline_cluster WHERE name = 'own schema'")
    with ClusterDatabase(database.url) as again:
        assert again.rows("SELECT product FROM readyline_products") == [("shop",)]


def test_tables_of_a_newer_readyline_are_refused_in_one_sentence(database: ClusterDatabase) -> None:
    database.rows("UPDATE readyline_cluster SET value = '99' WHERE name = 'own schema'")
    with pytest.raises(StoreError, match="made by a newer readyline"), ClusterDatabase(database.url):
        pass


def test_tables_that_somebody_else_made_are_taken_as_they_are(database: ClusterDatabase) -> None:
    with psycopg.connect(database.url) as connection:
        connection.execute("DELETE FROM readyline_cluster")
        assert module._queue_steps(connection) == []
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
