"""Which product of a cluster is due, what it may use, and what `readyline queue` shows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.cluster.database import ClusterDatabase
from sync.cluster.overview import QueueDocument, page
from sync.cluster.roster import Roster
from sync.config import Settings
from sync.config.products import ProductFile
from sync.errors import ConfigError, LoggedOut
from sync.reports.blocks import plain
from tests.sync.config.files import settings

pytestmark = pytest.mark.journey

SOON, LONG_AGO = datetime.now(UTC) + timedelta(hours=1), datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def roster(database: ClusterDatabase) -> Roster:
    made = Roster(database)
    made.keep_up({"pay": "1", "shop": "1"})
    return made


@pytest.fixture
def using(tmp_path: Path) -> Callable[..., tuple[ProductFile, Settings]]:
    def make(name: str, store: str = "", held: str = "one") -> tuple[ProductFile, Settings]:
        file = ProductFile(name=name, path=tmp_path / f"{name}.toml", place=name)
        return file, settings(tmp_path, f'[store]\npath = "{store or name}.db"', environ={"READYLINE_TOKEN": held})

    return make


def due(roster: Roster) -> tuple[str, ...]:
    return roster.due([one.product for one in roster.overview().products])


def test_a_new_product_is_due_at_once_and_not_again_once_it_is_queued(roster: Roster) -> None:
    assert due(roster) == ("pay", "shop")
    roster.queued(["shop"])
    assert due(roster) == ("pay",)


def test_after_a_run_a_product_is_due_when_its_schedule_says_so(roster: Roster) -> None:
    roster.succeeded("shop", SOON)
    roster.succeeded("pay", LONG_AGO)
    assert due(roster) == ("pay",)


def test_a_changed_file_makes_its_product_due_but_not_within_a_minute_of_its_last_run(
    roster: Roster, using: Callable[..., tuple[ProductFile, Settings]]
) -> None:
    for name in ("pay", "shop"):
        roster.succeeded(name, SOON)
    roster.begin(*using("pay"), "one:1")
    roster.keep_up({"pay": "2", "shop": "2", "new": "1"})
    assert set(due(roster)) == {"new", "shop"}
    (moment,) = (one.due for one in roster.overview().products if one.product == "pay")
    assert moment is not None
    assert timedelta(seconds=50) < moment - datetime.now(UTC) <= timedelta(minutes=1)


def test_a_product_that_only_another_machine_has_is_left_to_that_one_and_forgotten_once_none_has_it(
    roster: Roster, database: ClusterDatabase
) -> None:
    roster.keep_up({"shop": "1"})
    assert [one.product for one in roster.overview().products] == ["pay", "shop"]
    assert roster.due(["shop"]) == ("shop",)
    database.rows("UPDATE readyline_products SET seen = now() - interval '11 minutes' WHERE product = 'pay'")
    roster.keep_up({"shop": "1"})
    assert [one.product for one in roster.overview().products] == ["shop"]


def test_a_stopped_product_stays_so_with_each_file_that_was_refused(roster: Roster) -> None:
    roster.stop("shop", "expired")
    roster.keep_up({"shop": "2"})
    assert "shop" in due(roster)
    roster.stop("shop", "expired")
    for digest in ("1", "2", "1"):  # two machines with two files
        roster.keep_up({"shop": digest})
        assert "shop" not in due(roster)
    roster.keep_up({"shop": "3"})
    assert "shop" in due(roster)


def test_the_same_files_again_change_nothing(roster: Roster) -> None:
    roster.succeeded("shop", SOON)
    roster.keep_up({"pay": "1", "shop": "1"})
    assert due(roster) == ("pay",)


def test_two_products_with_one_store_are_refused_on_every_machine(
    roster: Roster, using: Callable[..., tuple[ProductFile, Settings]]
) -> None:
    roster.begin(*using("shop"), "one:1")
    roster.begin(*using("shop"), "two:2")
    with pytest.raises(ConfigError, match=r'pay\.toml: its store or folder of reports belongs to .*"shop"'):
        roster.begin(*using("pay", store="shop"), "one:1")
    roster.begin(*using("pay"), "one:1")


def test_a_refused_login_is_tried_for_no_other_product_until_somebody_asks_for_a_run(
    roster: Roster, using: Callable[..., tuple[ProductFile, Settings]]
) -> None:
    roster.begin(*using("shop"), "one:1")
    roster.stop("shop", "expired")
    with pytest.raises(LoggedOut, match='refused this log-in for "shop"'):
        roster.begin(*using("pay"), "one:1")
    roster.begin(*using("pay", held="two"), "one:1")
    assert "shop" not in due(roster)
    assert roster.ask_for("shop")
    assert "shop" in due(roster)
    roster.begin(*using("pay"), "one:1")


def test_only_a_known_product_can_be_asked_for(roster: Roster) -> None:
    assert not roster.ask_for("other")


def test_failures_in_a_row_are_counted_until_a_good_run(roster: Roster) -> None:
    roster.failed("shop", "a page", SOON, unreadable=1)
    roster.again("shop", "away", SOON)
    assert (roster.failures("shop"), roster.unreadable("shop")) == (2, 1)
    roster.succeeded("shop", SOON)
    assert (roster.failures("shop"), roster.unreadable("shop"), roster.unreadable("other")) == (0, 0, 0)


def test_the_overview_shows_what_runs_what_waits_and_what_is_wrong(
    roster: Roster, database: ClusterDatabase, using: Callable[..., tuple[ProductFile, Settings]]
) -> None:
    roster.keep_up(dict.fromkeys(("pay", "shop", "old", "web"), "1"))
    roster.begin(*using("shop"), "host:7")
    roster.succeeded("web", SOON)
    roster.stop("old", "the token has expired")
    for name, status in (("shop", "doing"), ("shop", "todo"), ("pay", "todo")):
        database.rows(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, status) VALUES ('runs', 'run', %s, %s)",
            (f"product:{name}", status),
        )
    document = roster.overview()
    assert {one.product: one.state for one in document.products} == {
        "old": "stopped",
        "pay": "queued",
        "shop": "running",
        "web": "waiting",
    }
    shown = plain(page(document))
    assert "old, 1 failed run: the token has expired" in shown
    assert [one.worker for one in document.products] == ["", "", "host:7", ""]


def test_without_products_the_page_says_so() -> None:
    assert "No worker has seen a product yet." in plain(page(QueueDocument(workers=0, products=())))
