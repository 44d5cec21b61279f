"""Which products `serve` runs as their files come, change and go. No run is started here: the tests call them."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from sync.cli import serve as steps
from sync.cli.formats import Form
from sync.cli.serve import Pages, ServedProducts
from sync.cli.terminal import Terminal
from sync.config import Settings
from sync.config.products import products_in
from sync.errors import ConfigError, LoggedOut, UsageError, WebPage
from sync.run.product import ProductRun
from sync.worker import Worker
from tests.sync.config.files import RIGHT
from tests.sync.web.test_app import GOOD


@dataclass
class House:
    """A folder of products, the worker that runs them, and what the runs were given."""

    folder: Path
    worker: Worker = field(default_factory=Worker)
    ran: list[str] = field(default_factory=list)
    refusing: dict[str, Exception] = field(default_factory=dict)

    def __post_init__(self) -> None:
        terminal = Terminal(config=self.folder, form=Form.TEXT, verbosity=-1, colour=False)
        files = partial(products_in, self.folder)
        self.products = ServedProducts(terminal, files, self.worker, Pages(ExitStack()))
        for name in ("shop", "pay"):
            self.write(name)

    def write(self, name: str, more: str = "") -> None:
        text = f'{RIGHT}\n[store]\npath = "{name}.db"\n{more}'
        (self.folder / f"{name}.toml").write_text(text, encoding="utf-8")

    def run(self, settings: Settings, **_: object) -> ProductRun:
        name = settings.store.path.stem
        self.ran.append(name)
        if name in self.refusing:
            raise self.refusing[name]
        return ProductRun(GOOD, ())


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    folder = tmp_path / "products"
    folder.mkdir()
    made = House(folder)
    monkeypatch.setattr(steps, "run_product", made.run)
    made.worker._scheduler.start(paused=True)
    yield made
    made.worker._scheduler.shutdown()


def test_each_file_is_a_product_and_each_runs_with_its_own_settings(house: House) -> None:
    house.products.begin()
    assert house.worker.products == ("pay", "shop")
    house.worker._run("shop")
    assert house.ran == ["shop"]


def test_a_broken_file_leaves_out_its_product_only_and_is_said_once(house: House) -> None:
    house.write("shop", "[nonsense]")
    with capture_logs() as logs:
        house.products.begin()
        house.products.look()
    assert list(house.worker.products) == ["pay"]
    (said,) = (line for line in logs if line["event"] == "product.left_out")
    assert said["product"] == "shop"
    assert said["why"].startswith(f"{house.folder / 'shop.toml'}:")

    house.write("shop")
    house.products.look()
    assert house.worker.products == ("pay", "shop")


def test_a_file_that_breaks_while_it_is_served_fails_its_runs_until_it_is_whole_again(house: House) -> None:
    house.products.begin()
    house.write("shop", "[nonsense]")
    house.products.look()
    house.worker._run("shop")
    house.worker._run("pay")
    assert house.ran == ["pay"]
    house.write("shop")
    house.products.look()
    house.worker._run("shop")
    assert house.ran == ["pay", "shop"]


def test_products_come_and_go_with_their_files_and_a_changed_schedule_is_planned(house: House) -> None:
    house.products.begin()
    house.write("new")
    (house.folder / "pay.toml").unlink()
    house.write("shop", '[schedule]\npass = "every 2 hours"')
    with capture_logs() as logs:
        house.products.look()
        house.products.look()
    assert house.worker.products == ("shop", "new")
    assert [(line["event"], line["product"]) for line in logs] == [
        ("product.dropped", "pay"),
        ("product.planned", "new"),
        ("product.planned", "shop"),
    ]


def test_a_folder_that_is_away_for_a_moment_changes_nothing(house: House) -> None:
    house.products.begin()
    house.folder.rename(house.folder.with_name("away"))
    house.products.look()
    assert house.worker.products == ("pay", "shop")


def test_a_product_that_takes_the_store_of_another_never_runs_on_it(house: House) -> None:
    house.products.begin()
    house.write("aaa", "")
    (house.folder / "aaa.toml").write_text(f'{RIGHT}\n[store]\npath = "shop.db"\n', encoding="utf-8")
    with capture_logs() as logs:
        house.products.look()
    assert house.worker.products == ("pay", "shop")
    assert 'shop.db" belongs to' in logs[0]["why"]

    (house.folder / "pay.toml").write_text(f'{RIGHT}\n[store]\npath = "shop.db"\n', encoding="utf-8")
    house.worker._run("pay")
    assert house.ran == []


def test_a_login_that_was_refused_is_tried_for_no_other_product_until_a_file_changes(house: House) -> None:
    house.products.begin()
    house.refusing["shop"] = LoggedOut("the token has expired")
    with capture_logs() as logs:
        house.worker._run("shop")
        house.worker._run("pay")
    assert (house.ran, house.worker.stopping()) == (["shop"], True)
    assert 'refused this log-in for "shop"' in [line["why"] for line in logs if line["event"] == "run.failed"][1]


def test_after_its_file_changed_a_stopped_product_is_tried_once_more(house: House) -> None:
    house.write("other", "")
    (house.folder / "other.toml").write_text(
        RIGHT.replace("bot@", "other@") + '\n[store]\npath = "other.db"\n', encoding="utf-8"
    )
    house.products.begin()
    house.refusing["shop"] = LoggedOut("the token has expired")
    house.worker._run("shop")
    house.worker._run("other")
    house.refusing.clear()
    house.write("shop", "# mended")
    house.products.look()
    house.worker._run("shop")
    assert house.ran == ["shop", "other", "shop"]


def test_a_web_page_is_no_refused_login(house: House) -> None:
    house.products.begin()
    house.refusing["shop"] = WebPage("a proxy")
    house.worker._run("shop")
    house.worker._run("pay")
    assert house.ran == ["shop", "pay"]


def test_where_no_product_can_run_every_fault_is_named(house: House) -> None:
    for name in ("shop", "pay"):
        house.write(name, f"[{name}]")
    with pytest.raises(ConfigError) as raised:
        house.products.begin()
    assert all(f"{name}.toml:" in str(raised.value) for name in ("shop", "pay"))


def test_the_error_of_an_only_product_is_its_own(house: House) -> None:
    (house.folder / "pay.toml").unlink()
    house.write("shop", '[serve]\nhttp = "127.0.0.1:1"\nhook_env = "NO_SUCH"')
    with pytest.raises(UsageError, match="NO_SUCH is empty"):
        house.products.begin()


def test_an_empty_folder_is_one_sentence(house: House) -> None:
    for name in ("shop", "pay"):
        (house.folder / f"{name}.toml").unlink()
    with pytest.raises(UsageError, match=r"the folder has no file NAME\.toml"):
        house.products.begin()
