"""Several products in one `serve`: two local Jiras, and a third product whose tracker is away."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.worker import Worker
from tests.journeys.app_harness import Office, office

pytestmark = pytest.mark.journey


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    for name in ("shop", "pay"):
        (tmp_path / name).mkdir()
    with office(tmp_path / "shop", "cloud") as shop, office(tmp_path / "pay", "datacenter") as pay:
        yield shop, pay


def test_each_product_writes_to_its_own_tracker_and_one_that_is_away_stops_no_other(
    offices: tuple[Office, Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "products"
    folder.mkdir()
    for place in offices:
        name = place.folder.name
        place.write_reports("html")
        text = place.config.read_text(encoding="utf-8").replace(
            "[tracker]\n", f'[tracker]\ntoken_env = "{name.upper()}"\n'
        )
        text = text.replace('path = "', f'path = "{name}-').replace("absences.csv", f"{name}-absences.csv")
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
        shutil.copy(place.folder / "absences.csv", folder / f"{name}-absences.csv")
    shop, pay = offices
    away = (folder / "shop.toml").read_text(encoding="utf-8").replace(shop.jira.url, "http://127.0.0.1:1")
    (folder / "away.toml").write_text(away.replace('path = "shop-', 'path = "away-'), encoding="utf-8")
    environ = {"SHOP": shop.jira.token, "PAY": pay.jira.token}

    def serve(worker: Worker, _look: object) -> None:
        assert worker.products == ("away", "pay", "shop")
        for name in worker.products:
            worker._run(name)

    monkeypatch.setattr(Worker, "serve", serve)
    shop.environ.update(environ)
    ended = shop.run("serve", "--products", str(folder))

    assert ended.code == 0, ended.err
    failed = [line for line in ended.err.splitlines() if "run.failed" in line]
    assert len(failed) == 1
    assert '"product": "away"' in failed[0]
    for place in offices:
        assert any(place.ours().values())
        assert (folder / f"{place.folder.name}-readyline.db").exists()
        assert list(folder.glob(f"{place.folder.name}-*/readyline.html"))
        assert place.jira.token not in ended.err
