"""A store in PostgreSQL: held through the connection that writes, and every trouble one sentence without a secret."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest
import structlog

from rules.model import OwnMarks
from rules.plan.changes import AddLabel
from sync.errors import DamagedStore, Locked, StoreError
from sync.store import Store
from sync.store.database import Schema
from sync.store.mirror import Mirror
from sync.store.postgresql import PostgresqlPlace
from sync.store.schema import DAYS, MIRROR, STORE
from tests.factories import NOW
from tests.postgresql import end_connections, place_in

MARKS = OwnMarks(labels=frozenset({"readyline-ready"}), comment_digest="x")
CHANGE = AddLabel(issue="1", key="SHOP-1", label="readyline-ready", why="w", reason="r")
HOLDER = """
import sys
from sync.store import Store
from sync.store.postgresql import PostgresqlPlace
with Store.held(PostgresqlPlace(*sys.argv[1:])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(postgresql: str) -> PostgresqlPlace:
    """A schema of the test's own, which does not exist yet."""
    return place_in(postgresql)


@pytest.fixture
def admin(postgresql: str) -> "Iterator[psycopg.Connection[tuple[object, ...]]]":
    """A connection of the one who runs the database."""
    with closing(psycopg.connect(postgresql, autocommit=True)) as connection:
        yield connection


def address_of(place: PostgresqlPlace, account: str) -> str:
    """The address of the same database for another account."""
    return f"{place.address}{'&' if '?' in place.address else '?'}user={account}&password=geheim"


def test_another_run_learns_who_has_the_store_and_since_when(place: PostgresqlPlace) -> None:
    said = rf"\(readyline process {os.getpid()} on .+, since \d{{4}}-.* UTC\) works with the store"
    with Store.held(place):
        with pytest.raises(Locked, match=said), Store.held(place):
            pass
        with Store.held(place.beside("other")):
            pass
    with Store.held(place):
        pass


def test_the_store_of_a_killed_process_is_free_at_once(place: PostgresqlPlace) -> None:
    words = [sys.executable, "-c", HOLDER, place.address, place.name]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(Locked), Store.held(place):
            pass
        process.kill()
        process.wait()
    with place.held(STORE, patience=5):
        pass


def test_who_lost_the_connection_lost_the_store_and_can_note_nothing_more(
    place: PostgresqlPlace, postgresql: str
) -> None:
    with Store.held(place) as first:
        first.journal.open_run("r1", started=NOW, digest="d")
        first.journal.intend("r1", [CHANGE], {}, NOW)
        end_connections(postgresql)
        with Store.held(place) as second:
            assert [write.change for write in second.journal.unsettled()] == [CHANGE]
            with pytest.raises(StoreError, match=r"cannot be used \(.*\); check the database, and run again"):
                first.journal.intend("r1", [CHANGE], {}, NOW)
            assert len(second.journal.writes()) == 1


def test_a_transaction_that_lost_its_connection_left_nothing(place: PostgresqlPlace, postgresql: str) -> None:
    class Cut(dict[str, OwnMarks]):
        def items(self) -> "Iterator[tuple[str, OwnMarks]]":  # type: ignore[override]
            yield "1", MARKS
            end_connections(postgresql)
            yield "2", MARKS

    with closing(Store.open(place)) as store, pytest.raises(StoreError):
        store.journal.remember(Cut())
    with closing(Store.open(place)) as store:
        assert store.journal.memory() == {}


def test_a_copy_waits_for_nobody_and_changes_nothing(place: PostgresqlPlace) -> None:
    with closing(Store.open(place)) as writer:
        writer.journal.remember({"1": MARKS, "2": MARKS})
        with writer.database.transaction():
            writer.database.write("DELETE FROM marks")
            with closing(Store.copy_of(place)) as copy:
                copy.journal.remember({"3": MARKS})
                assert list(copy.journal.memory()) == ["1", "2", "3"]
        assert writer.journal.memory() == {}


def test_where_nothing_is_kept_a_copy_is_empty_and_makes_nothing(place: PostgresqlPlace) -> None:
    with closing(Store.copy_of(place)) as copy:
        assert copy.journal.memory() == {}
    with closing(place.reading(DAYS)) as days:
        assert days.rows("SELECT day FROM days") == []
    assert not place.exists()


def test_a_newer_store_is_left_as_it_is(place: PostgresqlPlace) -> None:
    with closing(Store.open(place)) as store:
        store.journal.remember({"1": MARKS})
        store.database.write("UPDATE schema_version SET version = 999")
    for way in (Store.open, Store.copy_of):
        with pytest.raises(DamagedStore, match=r"its version is 999, of a newer readyline; .*left as it is") as raised:
            way(place)
        assert raised.value.exit_code == 2
    with pytest.raises(DamagedStore):
        place.condition(STORE)


def test_a_mirror_that_cannot_be_read_is_set_aside_and_made_again(place: PostgresqlPlace) -> None:
    with closing(Mirror.open(place)) as mirror:
        mirror.begin(site="s", account="a", shape="x", started=NOW)
        mirror.keep([{"id": "1", "key": "SHOP-1"}])
        mirror._db.write("UPDATE schema_version SET version = 999")
    for number in (1, 2):
        with structlog.testing.capture_logs() as logs, closing(Mirror.open(place)) as mirror:
            assert mirror.known() == {}
            mirror.begin(site="s", account="a", shape="x", started=NOW)
            mirror.keep([{"id": "1", "key": "SHOP-1"}])
            mirror._db.write("UPDATE kept SET raw = ?", (b"\0",))
            if number == 1:
                mirror._db.write("UPDATE schema_version SET version = 999")
        assert [line["event"] for line in logs] == ["mirror.rebuilt"]
        assert place.beside(f"unreadable_{number}").exists()
    with closing(Mirror.open(place)) as mirror:
        with pytest.raises(DamagedStore, match="set aside") as raised:
            list(mirror.issues(["1"]))
        mirror.rebuild(raised.value)
        assert mirror.known() == {}


def test_steps_are_taken_once_also_where_two_processes_open_a_store_at_once(place: PostgresqlPlace) -> None:
    first = ("CREATE TABLE one (a TEXT NOT NULL) STRICT", "INSERT INTO one VALUES ('first')")
    schema = Schema("store", (first, ("INSERT INTO one VALUES ('second')",)), "")
    threads = [threading.Thread(target=lambda: place.open(schema).close()) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with closing(place.reading(schema)) as database:
        assert database.rows("SELECT a FROM one ORDER BY rowid") == [("first",), ("second",)]


def test_a_step_that_fails_takes_none_and_a_copy_of_an_earlier_version_takes_the_rest(place: PostgresqlPlace) -> None:
    one = ("CREATE TABLE one (a TEXT) STRICT", "INSERT INTO one VALUES ('first')")
    place.open(Schema("store", (one,), "")).close()
    with pytest.raises(StoreError, match="nowhere"):
        place.open(Schema("store", (one, ("DELETE FROM one", "DELETE FROM nowhere")), ""))
    with closing(place.reading(Schema("store", (one, ("ALTER TABLE one RENAME TO two",)), ""))) as database:
        assert database.rows("SELECT a FROM two") == [("first",)]


def test_a_text_with_a_character_that_postgresql_has_not_is_kept_without_it(place: PostgresqlPlace) -> None:
    with closing(Store.open(place)) as store:
        store.mails.learn({"a\0b": "1"})
        assert store.mails.accounts() == {"a\ufffdb": "1"}


def test_a_store_moves_to_another_schema_in_place_of_what_was_there(place: PostgresqlPlace) -> None:
    for issue in ("1", "2"):
        with closing(Store.open(place)) as store:
            store.journal.remember({issue: MARKS})
        place.move(STORE, place.beside("ended"))
    with closing(Store.copy_of(place.beside("ended"))) as ended:
        assert list(ended.journal.memory()) == ["2"]
    assert not place.exists()


def test_rights_that_the_account_lacks_are_named(
    place: PostgresqlPlace, admin: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    Store.open(place).close()
    account = f"writer_{place.name}"
    admin.execute(f"CREATE ROLE {account} LOGIN PASSWORD 'geheim'".encode())
    writer = replace(place, address=address_of(place, account))

    def grant(rights: str) -> None:
        admin.execute(f"GRANT {rights} TO {account}".encode())

    with pytest.raises(StoreError, match=r"lacks a right on .*: grant it USAGE and CREATE on the schema"):
        writer.condition(STORE)
    grant(f"USAGE ON SCHEMA {place.name}")
    grant(f"SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {place.name}")
    assert writer.condition(STORE).endswith("is writable")
    admin.execute(f"REVOKE DELETE ON {place.name}.marks, {place.name}.writes FROM {account}".encode())
    with pytest.raises(StoreError, match=r"lacks rights on marks, writes of .*: give it SELECT, INSERT, UPDATE"):
        writer.condition(STORE)


def test_an_account_that_does_not_own_the_tables_cannot_migrate_them(
    place: PostgresqlPlace, admin: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    Store.open(place).close()
    account = f"reader_{place.name}"
    for statement in (
        f"CREATE ROLE {account} LOGIN PASSWORD 'geheim'",
        f"GRANT USAGE, CREATE ON SCHEMA {place.name} TO {account}",
        f"GRANT ALL ON ALL TABLES IN SCHEMA {place.name} TO {account}",
        f"UPDATE {place.name}.schema_version SET version = version - 1",  # noqa: S608 - a name of the test's own
    ):
        admin.execute(statement.encode())
    with pytest.raises(StoreError, match=r"lacks rights on addresses, .*: give it the tables, which"):
        replace(place, address=address_of(place, account)).condition(STORE)


def test_its_condition_is_one_sentence(place: PostgresqlPlace, admin: "psycopg.Connection[tuple[object, ...]]") -> None:
    assert place.condition(STORE).endswith(f"schema {place.name} does not exist yet and can be created")
    place.open(MIRROR).close()
    assert place.condition(MIRROR).endswith(f"schema {place.name} is writable")

    admin.execute(f"CREATE ROLE \"{place.name}\" LOGIN PASSWORD 'geheim'".encode())
    guest = replace(place.beside("guest"), address=address_of(place, place.name))
    with pytest.raises(StoreError, match="grant the account CREATE on the database"):
        guest.condition(STORE)
    admin.execute(f'ALTER ROLE "{place.name}" SET default_transaction_read_only = on'.encode())
    with pytest.raises(StoreError, match="only answers queries"):
        guest.condition(STORE)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://u:geheim@127.0.0.1:1/db", r"127\.0\.0\.1:1/db, schema shop\" cannot be reached \(.*refused"),
        ("postgresql://u:geheim@[::1/db", "is not the address of a database"),
        ("postgresql://u:geheim@127.0.0.1:1/db?geheim=1", "is not the address of a database"),
    ],
)
def test_a_database_that_cannot_be_reached_is_one_sentence_without_the_password(address: str, said: str) -> None:
    place = PostgresqlPlace(address, "shop")
    for way in (Store.open, Store.copy_of):
        with pytest.raises(StoreError, match=said) as raised:
            way(place)
        assert "geheim" not in str(raised.value)
        assert "\n" not in str(raised.value)
        assert raised.value.exit_code == 2
    assert "geheim" not in repr(place)


def test_an_unknown_account_is_named(place: PostgresqlPlace) -> None:
    stranger = replace(place, address=address_of(place, "nobody"))
    with pytest.raises(StoreError, match=r'cannot be reached \(.*"nobody".*PGPASSWORD') as raised:
        Store.open(stranger)
    assert "geheim" not in str(raised.value)


def test_without_the_library_a_sentence_says_what_to_install(
    place: PostgresqlPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install -c constraints\.txt '\.\[cluster\]'"):
        Store.open(place)
