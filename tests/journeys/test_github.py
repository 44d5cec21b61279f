"""The whole job on a GitHub, through the command line: judge, write once, and nothing more while nothing changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sync.cli.commands import app
from sync.fake_github.server import FakeGithub
from sync.fake_github.state import BOT
from tests.contract.github_place import NOW, small_site

pytestmark = pytest.mark.journey

CONFIG = """
[tracker]
kind = "github"
url = "URL"
project = "acme/7"
pause = 0
[tracker.fields]
points = "Story points"
sprint = "Sprint"
[product]
name = "Test"
owner = "Ana Alvarez"
backlog = "state=open"
[[teams]]
name = "Payments"
board = 7
[write_back]
enabled = true
comments = "all"
[write_back.limits]
max_share = 1.0
"""


@pytest.fixture
def github() -> Iterator[FakeGithub]:
    with FakeGithub(small_site, now=NOW) as site:
        yield site


def run(github: FakeGithub, folder: Path, *words: str) -> str:
    config = folder / "config.toml"
    config.write_text(CONFIG.replace("URL", github.url))
    ended = CliRunner().invoke(app, [*words, "-c", str(config)], env={"READYLINE_TOKEN": github.token})
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def test_two_runs_write_once_and_undo_takes_everything_back(github: FakeGithub, tmp_path: Path) -> None:
    records = github.state.issues.values()
    first = run(github, tmp_path, "run")
    written = len(github.writes)
    assert "labels added" in first
    assert any(remark.author == BOT for record in records for remark in record.remarks)
    assert any("readyline-not-ready" in record.labels for record in records)
    assert "the tracker is up to date" in run(github, tmp_path, "run")
    assert len(github.writes) == written
    name = first.partition("Run ")[2].split()[0]
    run(github, tmp_path, "undo", name)
    assert not any(remark.author == BOT for record in records for remark in record.remarks)
    assert not any("readyline-not-ready" in record.labels for record in records)
