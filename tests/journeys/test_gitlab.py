"""The whole job on a GitLab, through the command line: judge, write once, and nothing more while nothing changes."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sync.cli.commands import app
from tests.contract.gitlab_place import GitlabPlace, gitlab_place

CONFIG = """
[tracker]
kind = "gitlab"
url = "{url}"
project = "acme/test"
flagged = "impeded"
[tracker.types]
"type::bug" = "bug"
"type::task" = "task"
"type::epic" = "epic"
[product]
name = "Test"
owner = "Ana Alvarez"
backlog = "issue_type=issue"
[[teams]]
name = "Payments"
board = 7
[write_back]
enabled = true
comments = "all"
[write_back.limits]
max_share = 1.0
"""

pytestmark = pytest.mark.journey


def run(place: GitlabPlace, folder: Path, *words: str) -> str:
    config = folder / "config.toml"
    config.write_text(CONFIG.format(url=place.gitlab.url))
    ended = CliRunner().invoke(app, [*words, "-c", str(config)], env={"READYLINE_TOKEN": place.gitlab.token})
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def test_two_runs_write_once_and_undo_takes_everything_back(tmp_path: Path) -> None:
    with gitlab_place() as place:
        first = run(place, tmp_path, "run")
        written = len(place.gitlab.writes)
        assert "labels added" in first
        assert len(place.comments("T-1")) == 1
        assert "readyline-not-ready" in place.labels("T-1")
        assert "the tracker is up to date" in run(place, tmp_path, "run")
        assert len(place.gitlab.writes) == written
        for store in tmp_path.glob("readyline.db*"):  # what we wrote is known without it
            store.unlink()
        assert "the tracker is up to date" in run(place, tmp_path, "run")
        assert len(place.gitlab.writes) == written


def test_an_undo_takes_everything_back(tmp_path: Path) -> None:
    with gitlab_place() as place:
        name = run(place, tmp_path, "run").partition("Run ")[2].split()[0]
        run(place, tmp_path, "undo", name)
        assert place.comments("T-1") == []
        assert not any(label.startswith("readyline-") for label in place.labels("T-1"))
