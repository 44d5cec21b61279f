"""What a job does with a run that ends well, fails, is stopped, or cannot be begun."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from sync.cluster import runs as module
from sync.cluster.database import ClusterDatabase
from sync.cluster.overview import QueuedProduct
from sync.cluster.runs import FIRST_WAIT, UNKNOWN, ProductRuns
from sync.config import Settings, load
from sync.errors import CutAnswer, Locked, LoggedOut, Stopped, StoreError, Unreachable
from sync.run.product import ProductRun
from sync.stopping import StopRequest
from sync.worker import next_run
from tests.sync.config.files import RIGHT
from tests.sync.web.test_app import GOOD

pytestmark = pytest.mark.journey


@dataclass
class House:
    """A folder with the products shop and pay, whose runs end as a test wants."""

    folder: Path
    database: ClusterDatabase
    ends: list[Exception | tuple[datetime, ...]] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("pay", "shop"):
            self.write(name)
        read = partial(load, environ={"READYLINE_TOKEN": "t"})
        self.runs = ProductRuns(self.folder, self.database, StopRequest(), read=read, next_run=next_run)
        self.runs.keep_up()

    def write(self, name: str, more: str = "") -> None:
        (self.folder / f"{name}.toml").write_text(f'{RIGHT}\n[store]\npath = "{name}.db"\n{more}', encoding="utf-8")

    def answer(self, settings: Settings, **_: object) -> ProductRun:
        self.ran.append(settings.store.path.stem)
        end = self.ends.pop(0) if self.ends else ()
        if isinstance(end, Exception):
            raise end
        return ProductRun(GOOD, end)

    def run(self, name: str = "shop") -> QueuedProduct:
        """Run it, and how it is then."""
        self.runs.run(name)
        return next(one for one in self.runs.roster.overview().products if one.product == name)


@pytest.fixture
def house(tmp_path: Path, database: ClusterDatabase, monkeypatch: pytest.MonkeyPatch) -> House:
    folder = tmp_path / "products"
    folder.mkdir()
    made = House(folder, database)
    monkeypatch.setattr(module, "run_product", made.answer)
    return made


def left(product: QueuedProduct) -> timedelta:
    assert product.due is not None
    return product.due - datetime.now(UTC)


def test_after_a_good_run_the_next_one_is_due_by_the_schedule(house: House) -> None:
    ended = house.run()
    assert timedelta(minutes=14) < left(ended) <= timedelta(minutes=15)
    assert (ended.why, ended.failures, ended.last_good is not None) == ("", 0, True)


def test_an_extra_run_comes_before_the_next_one_of_the_schedule(house: House) -> None:
    now = datetime.now(UTC)
    house.ends = [(now - timedelta(days=1), now + timedelta(minutes=5), now + timedelta(days=1))]
    assert timedelta(minutes=4) < left(house.run()) <= timedelta(minutes=5)


def test_a_run_that_was_stopped_is_due_at_once_on_another_machine(house: House) -> None:
    house.ends = [Stopped("the run was asked to stop")]
    ended = house.run()
    assert (left(ended) <= timedelta(0), ended.failures, ended.why) == (True, 0, "")


@pytest.mark.parametrize("error", [StoreError("the disk is full"), Locked("another run works with it")])
def test_a_run_without_its_store_is_tried_again_soon_and_ever_later(house: House, error: Exception) -> None:
    house.ends = [error] * 3
    waits = [left(house.run()) for _ in range(3)]
    for turn, wait in enumerate(waits):
        assert FIRST_WAIT * 2**turn - timedelta(seconds=2) < wait <= FIRST_WAIT * 2**turn


def test_a_run_whose_tracker_is_away_waits_for_the_schedule(house: House) -> None:
    house.ends = [Unreachable("the site is down")]
    ended = house.run()
    assert left(ended) > timedelta(minutes=14)
    assert (ended.state, ended.why, ended.failures) == ("waiting", "the site is down", 1)


def test_a_refused_login_stops_the_product_and_others_with_the_same_one_are_not_asked(house: House) -> None:
    house.ends = [LoggedOut("the token has expired")]
    ended = house.run()
    assert (ended.state, ended.due) == ("stopped", None)
    assert house.run("pay").state == "stopped"
    assert house.ran == ["shop"]


def test_three_cut_answers_in_a_row_stop_the_product_and_a_good_run_between_counts_anew(house: House) -> None:
    cut = CutAnswer("cut")
    house.ends = [cut, cut, (), cut, cut, cut]
    assert [house.run().state for _ in range(6)] == ["waiting"] * 5 + ["stopped"]


def test_a_bug_fails_the_run_and_nothing_else(house: House) -> None:
    house.ends = [KeyError("x")]
    ended = house.run()
    assert (ended.why, ended.failures) == ("internal error", 1)
    assert left(ended) > timedelta(minutes=14)


def test_a_broken_file_fails_its_product_until_it_is_whole_again(house: House) -> None:
    house.write("shop", "[nonsense]")
    ended = house.run()
    assert ended.why.startswith(f"{house.folder / 'shop.toml'}:")
    assert UNKNOWN - timedelta(minutes=1) < left(ended) <= UNKNOWN
    house.runs.keep_up()
    house.write("shop")
    house.database.rows("UPDATE readyline_products SET began = NULL")
    assert "shop" in house.runs.keep_up()


def test_a_product_without_a_file_on_this_machine_is_left_to_another_one(house: House) -> None:
    (house.folder / "shop.toml").unlink()
    with capture_logs() as logs:
        ended = house.run()
    assert ([line["event"] for line in logs], house.ran) == (["product.unknown"], [])
    assert timedelta(0) < left(ended) <= FIRST_WAIT
    assert house.runs.keep_up() == ("pay",)


def test_a_folder_that_is_away_for_a_moment_changes_nothing(house: House) -> None:
    house.folder.rename(house.folder.with_name("away"))
    assert house.runs.keep_up() == ()
    house.folder.with_name("away").rename(house.folder)
    assert house.runs.keep_up() == ("pay", "shop")
