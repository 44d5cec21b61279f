"""What `worker` and `queue` say where they cannot begin, and what they show."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sync.cli import cluster
from sync.cli.commands import app
from sync.cluster.database import ClusterDatabase
from sync.cluster.roster import Roster
from tests.sync.cluster.conftest import database, opened

__all__ = ["database", "opened"]


def run(*words: str, url: str = "") -> tuple[int, str, str]:
    ended = CliRunner().invoke(app, words, env={"READYLINE_DATABASE": url})
    return ended.exit_code, ended.stdout, ended.stderr


@pytest.mark.parametrize("words", [("queue",), ("worker", "--products", "products")])
@pytest.mark.parametrize("url", ["", "mysql://db/x"])
def test_without_an_address_it_is_one_sentence(words: tuple[str, ...], url: str) -> None:
    code, out, err = run(*words, url=url)
    assert (code, out) == (2, "")
    assert err.startswith("the environment variable READYLINE_DATABASE must hold the address of the queue's database")


def test_without_its_libraries_it_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "LIBRARIES", ("no_such_library",))
    assert run("queue", url="postgresql://db/x")[2].endswith("pip install -c constraints.txt '.[cluster]'\n")


def test_a_folder_that_is_not_there_is_one_sentence(database: ClusterDatabase, tmp_path: Path) -> None:
    code, _, err = run("worker", "--products", str(tmp_path / "none"), url=database.url)
    assert (code, err.splitlines()[-1].startswith("--products: the folder")) == (2, True)


def test_queue_shows_the_products_and_asks_for_a_run(database: ClusterDatabase) -> None:
    roster = Roster(database)
    roster.keep_up({"shop": "1"})
    roster.stop("shop", "the token has expired")
    assert "stopped" in run("queue", url=database.url)[1]
    code, out, _ = run("queue", "--run", "shop", "--format", "json", url=database.url)
    assert (code, '"state": "waiting"' in out) == (0, True)
    assert roster.due(["shop"]) == ("shop",)
    assert run("queue", "--run", "other", url=database.url)[2] == '--run: the cluster has no product "other"\n'


def test_the_address_of_the_database_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: ClusterDatabase) -> Any:
        raise RuntimeError(f"cannot use {self.url}")

    monkeypatch.setattr(ClusterDatabase, "__enter__", refuse)
    code, _, err = run("queue", url="postgresql://me:s3cret@db.example/x")
    assert (code, "s3cret" in err) == (70, False)
