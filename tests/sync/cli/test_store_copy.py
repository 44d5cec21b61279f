"""`readyline store copy`: a store moves into the place that the configuration names."""

import json
from contextlib import closing
from pathlib import Path

from typer.testing import CliRunner

from rules.model import OwnMarks
from sync.cli.commands import app
from sync.store import Store
from tests.sync.config.files import RIGHT, written

MARKS = {"1": OwnMarks(labels=frozenset({"readyline-ready"}), comment_digest="x")}


def test_it_says_what_it_copied_and_refuses_a_second_time(tmp_path: Path) -> None:
    config, old = written(tmp_path, RIGHT), tmp_path / "old.db"
    with closing(Store.open(old)) as store:
        store.journal.remember(MARKS)
    words = ["store", "copy", str(old), "-c", str(config)]
    copied = CliRunner().invoke(app, [*words, "--format", "json"])
    assert (copied.exit_code, json.loads(copied.stdout)["rows"]) == (0, {"store": 1})
    with closing(Store.copy_of(tmp_path / "readyline.db")) as store:
        assert store.journal.memory() == MARKS
    again = CliRunner().invoke(app, words)
    assert (again.exit_code, again.stdout) == (2, "")
    assert "holds something already" in again.stderr
