"""The whole job on a Redmine, through the command line: judge, write once, and nothing more while nothing changes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sync.cli.commands import app
from tests.contract.small_redmine import BOT, NOT_READY, URL, SmallRedmine, served, small_site

pytestmark = pytest.mark.journey

CONFIG = f"""
[tracker]
kind = "redmine"
url = "{URL}"
read_labels = ["Tags"]
[tracker.fields]
points = "Story points"
rank = "Rank"
flagged = "Impeded"
version_start = "Start"
[tracker.label_fields]
"readyline-ready" = "RL ready"
"readyline-not-ready" = "RL not-ready"
[product]
name = "Test"
owner = "Ana Alvarez"
backlog = "project_id=test&status_id=open"
[[teams]]
name = "Payments"
board = 1
[write_back]
enabled = true
comments = "all"
[write_back.limits]
max_share = 1.0
"""


@pytest.fixture
def site() -> Iterator[SmallRedmine]:
    small = small_site(datetime.now(UTC).replace(microsecond=0))
    with served(small):
        yield small


def run(folder: Path, *words: str) -> str:
    config = folder / "config.toml"
    config.write_text(CONFIG)
    ended = CliRunner().invoke(app, [*words, "-c", str(config)], env={"READYLINE_TOKEN": "key-of-bot"})
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def test_two_runs_write_once_and_undo_takes_everything_back(site: SmallRedmine, tmp_path: Path) -> None:
    first = run(tmp_path, "run")
    written = list(site.writes)
    assert "labels added" in first
    assert any(note.user == BOT and note.notes for note in site.journals)
    assert any(issue.values.get(NOT_READY) == "1" for issue in site.issues.values())
    assert "the tracker is up to date" in run(tmp_path, "run")
    assert site.writes == written
    name = first.partition("Run ")[2].split()[0]
    run(tmp_path, "undo", name)
    assert not any(note.user == BOT and note.notes for note in site.journals)
    assert not any(issue.values.get(NOT_READY) == "1" for issue in site.issues.values())
