"""A store that cannot be read stops the program with a sentence and is left as it is; a copy changes nothing."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rules.model import OwnMarks
from sync.errors import DamagedStore, StoreError
from sync.store import Store
from sync.store.schema import STORE
from tests.factories import NOW

MARKS = {str(number): OwnMarks(labels=frozenset({f"label-{number}"}), comment_digest="x" * 60) for number in range(200)}


def filled(path: Path) -> Path:
    with closing(Store.open(path)) as store:
        store.journal.open_run("r1", started=NOW, digest="d")
        store.journal.remember(MARKS)
    return path


def garbage(path: Path) -> None:
    path.write_bytes(b"dear diary " * 2000)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def overwritten(path: Path) -> None:
    """Eight thousand bytes in the middle are lost, the size is not."""
    content = bytearray(path.read_bytes())
    content[8192:16384] = os.urandom(8192)
    path.write_bytes(content)


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"PRAGMA user_version = {len(STORE.steps) + 1}")


DAMAGES = [garbage, cut, overwritten, newer]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("way", [Store.open, Store.copy_of])
def test_a_store_that_cannot_be_read_is_left_as_it_is(
    way: Callable[[Path], Store], damage: Callable[[Path], None], tmp_path: Path
) -> None:
    path = filled(tmp_path / "readyline.db")
    damage(path)
    before = path.read_bytes()
    with pytest.raises(DamagedStore, match=r'the store ".*readyline\.db" cannot be read \(.*left as it is') as raised:
        closing(way(path)).__enter__().journal.memory()
    assert "\n" not in str(raised.value)
    assert raised.value.exit_code == 2
    assert path.read_bytes() == before


def test_a_newer_version_is_named(tmp_path: Path) -> None:
    path = filled(tmp_path / "readyline.db")
    newer(path)
    with pytest.raises(StoreError, match="of a newer readyline; this one reads versions up to"):
        Store.open(path)


def test_where_there_is_no_file_a_copy_is_empty_and_makes_none(tmp_path: Path) -> None:
    with closing(Store.copy_of(tmp_path / "readyline.db")) as store:
        assert store.journal.memory() == {}
        assert store.history.trend() == ()
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_to_a_copy_is_read_back_and_never_reaches_the_file(tmp_path: Path) -> None:
    path = filled(tmp_path / "readyline.db")
    before = path.read_bytes()
    with closing(Store.copy_of(path)) as copy:
        copy.journal.remember({"new": MARKS["1"]})
        assert copy.journal.memory().keys() == MARKS.keys() | {"new"}
    assert path.read_bytes() == before


def test_a_copy_holds_what_is_committed_while_another_connection_writes(tmp_path: Path) -> None:
    path = filled(tmp_path / "readyline.db")
    with closing(Store.open(path)) as writer:
        writer.journal.remember({"committed": MARKS["1"]})
        with writer.database.transaction():
            writer.database.write("DELETE FROM marks")
            with closing(Store.copy_of(path)) as copy:
                assert copy.journal.memory().keys() == MARKS.keys() | {"committed"}


def test_there_is_one_connection_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    connect = sqlite3.connect

    def counted(path: Path | str, **options: Any) -> sqlite3.Connection:
        opened.append(Path(path).name)
        made: sqlite3.Connection = connect(path, **options)
        return made

    monkeypatch.setattr(sqlite3, "connect", counted)
    Store.open(tmp_path / "readyline.db").close()
    assert opened == ["readyline.db"]
