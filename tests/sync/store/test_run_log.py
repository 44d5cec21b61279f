"""Every run is in the log, and what it did not write is kept once for all runs in a row that it holds for."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from rules.plan.grounds import Ground
from rules.plan.not_written import Decision, NotWritten
from rules.text import Quote
from sync.store import Store
from sync.store.database import Place
from sync.store.history import KEEP_FIGURES
from sync.store.serialization import not_written_from_json, not_written_to_json
from tests.factories import NOW

GROUNDS = (
    Ground(rule="ready.estimated", says="The estimate is missing.", evidence=(Quote("soon", 3),)),
    Ground(rule="ready.titled", passed=True),
)
ONE, TWO = (
    NotWritten(key=key, mark="sprint", decision=Decision.HELD, reason="w", kind="k", value="5", grounds=GROUNDS)
    for key in ("SHOP-1", "SHOP-2")
)


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    with closing(Store.open(place)) as opened:
        yield opened


def rows(store: Store) -> int:
    return int(store.database.rows("SELECT count(*) FROM not_written")[0][0])


def test_an_entry_is_read_back_as_it_was_stored() -> None:
    assert not_written_from_json(not_written_to_json(ONE)) == ONE


def test_what_holds_for_many_runs_is_kept_once(store: Store) -> None:
    for number in range(50):
        store.run_log.add(f"r{number}", NOW + timedelta(minutes=number), "d", (ONE, TWO))
    assert rows(store) == 2
    assert {store.run_log.not_written(f"r{number}") for number in range(50)} == {(ONE, TWO)}


def test_each_run_has_its_own_entries(store: Store) -> None:
    told = [(ONE,), (ONE, TWO), (), (ONE,), (TWO,)]
    for number, entries in enumerate(told):
        store.run_log.add(f"r{number}", NOW + timedelta(minutes=number), "d", entries)
    assert [store.run_log.not_written(f"r{number}") for number in range(5)] == told
    assert [one.not_written for one in store.run_log.runs(3)] == [1, 1, 0]


def test_a_run_that_the_log_does_not_know_has_no_entries_to_show(store: Store) -> None:
    assert store.run_log.not_written("r1") is None
    assert store.run_log.run("r1") is None


def test_what_is_too_old_is_dropped(store: Store) -> None:
    store.run_log.add("old", NOW, "d", (ONE,))
    store.run_log.add("new", NOW + KEEP_FIGURES + timedelta(days=1), "d", (TWO,))
    assert [one.run for one in store.run_log.runs(9)] == ["new"]
    assert rows(store) == 1


def test_a_repeated_run_has_the_entries_of_the_one_before_it(store: Store) -> None:
    store.run_log.add("r1", NOW, "d", (ONE,))
    store.run_log.add("r2", NOW + timedelta(minutes=15), "d", (ONE, TWO))
    store.run_log.repeat("r3", NOW + timedelta(minutes=30), "d")
    store.run_log.add("r4", NOW + timedelta(minutes=45), "d", (ONE, TWO))
    assert [store.run_log.not_written(run) for run in ("r1", "r2", "r3", "r4")] == [(ONE,), *[(ONE, TWO)] * 3]
    assert rows(store) == 2
