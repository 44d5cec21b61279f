"""A store in a file moves into another place with all it holds, and goes on there."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from rules.model import OwnMarks
from rules.plan.changes import AddLabel
from sync.errors import DamagedStore, StoreError
from sync.store import Store
from sync.store.copying import copy
from sync.store.database import Place
from sync.store.days import Days
from sync.store.dry_run_log import DryRunLog
from sync.store.sqlite import FilePlace
from tests.factories import NOW

CHANGE = AddLabel(issue="1", key="SHOP-1", label="readyline-ready", why="w", reason="r")
MARKS = {"1": OwnMarks(labels=frozenset({"readyline-ready"}), comment_digest="x")}


@pytest.fixture
def file(tmp_path: Path) -> FilePlace:
    """A store with something in every part of it."""
    place = FilePlace(tmp_path / "old.db")
    with closing(Store.open(place)) as store:
        store.journal.open_run("r1", started=NOW, digest="d")
        store.journal.intend("r1", [CHANGE, CHANGE], {}, NOW)
        store.journal.remember(MARKS)
        store.run_log.add("r1", NOW, "d", ())
    with closing(Days.open(place)) as days:
        days.add(NOW, {("issue", "1"): b"text"}, keep_days=9)
    DryRunLog.open(place, NOW).close()
    return place


def test_everything_is_there_and_the_next_rows_are_numbered_from_there_on(file: FilePlace, new_place: Place) -> None:
    before = file.path.read_bytes()
    assert copy(file, new_place) == {"store": 5, "dry-run log": 1, "file of earlier days": 2}
    assert file.path.read_bytes() == before
    with Store.held(new_place) as store:
        assert store.journal.memory() == MARKS
        old, new = store.journal.writes(), store.journal.intend("r1", [CHANGE], {}, NOW)
        assert [write.change for write in old] == [CHANGE, CHANGE]
        assert new > (old[-1].seq,)
        store.run_log.add("r2", NOW + timedelta(hours=1), "d", ())
        assert [run.run for run in store.run_log.runs(2)] == ["r2", "r1"]
    with closing(Days.read_only(new_place)) as days:
        assert days.parts(NOW.date()) == {("issue", "1"): b"text"}
    with closing(DryRunLog.copy_of(new_place)) as log:
        assert log.since == NOW


def test_a_store_that_holds_something_is_not_overwritten(file: FilePlace, new_place: Place) -> None:
    with closing(Store.open(new_place)) as store:
        store.journal.remember(MARKS)
    with pytest.raises(StoreError, match="holds something already"):
        copy(file, new_place)


def test_what_a_cut_copy_left_is_replaced(file: FilePlace, new_place: Place) -> None:
    with closing(Days.open(new_place)) as days:
        days.add(NOW - timedelta(days=1), {("issue", "9"): b"half"}, keep_days=9)
    copy(file, new_place)
    with closing(Days.read_only(new_place)) as days:
        assert days.known() == (NOW.date(),)


def test_a_file_that_is_missing_or_damaged_is_named_and_nothing_is_made(tmp_path: Path, new_place: Place) -> None:
    file = FilePlace(tmp_path / "old.db")
    with pytest.raises(StoreError, match=r'there is no store at ".*old\.db"'):
        copy(file, new_place)
    file.path.write_bytes(b"dear diary " * 500)
    with pytest.raises(DamagedStore):
        copy(file, new_place)
    assert not new_place.exists()
