"""`init` looks at a GitHub and writes a valid configuration for it."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sync.cli.commands import app
from sync.config import load
from sync.demo import github_shop
from sync.fake_github.server import TOKEN, FakeGithub
from tests.contract.github_place import NOW, SHOP
from tests.sync.trackers.test_github import with_milestones

pytestmark = pytest.mark.journey


@pytest.fixture
def github() -> Iterator[FakeGithub]:
    with FakeGithub(with_milestones, now=NOW, clock=lambda: NOW) as site:
        yield site


def init(url: str, folder: Path, *options: str, token: str = TOKEN) -> Any:
    out = folder / "config.toml"
    words = ["init", "--url", url, "--kind", "github", "--no-report", "--out", str(out), *options]
    return CliRunner().invoke(app, words, env={"READYLINE_TOKEN": token})


def written(folder: Path) -> dict[str, Any]:
    """The configuration, which loads without a fault."""
    load(folder / "config.toml", {})
    return tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))


def test_a_project_is_found_with_its_fields_and_iterations(tmp_path: Path) -> None:
    with FakeGithub(github_shop.fill, now=NOW, clock=lambda: NOW) as github:
        ended = init(github.url, tmp_path, "--project", "acme/7")
        assert github.writes == []
    assert ended.exit_code == 0, ended.output
    assert 'Shop is acme/7 on GitHub; 1 team, from "Shop".' in ended.stdout
    config = written(tmp_path)
    tracker = config["tracker"]
    assert tracker["fields"] == {"points": "Estimate", "sprint": "Sprint", "priority": "Priority"}
    assert (tracker["project"], tracker["doing"]) == ("acme/7", ["In Progress", "In Review"])
    assert tracker["types"]["Bug"] == "bug"
    assert [(team["board"], team["sprint_days"]) for team in config["teams"]] == [(7, 10)]
    assert not config["write_back"]["enabled"]


def test_a_repository_has_its_milestones_and_the_output_as_json_says_so(github: FakeGithub, tmp_path: Path) -> None:
    ended = init(github.url, tmp_path, "--project", SHOP, "--format", "json")
    document = json.loads(ended.stdout)
    assert (document["kind"], document["projects"], document["boards"]) == ("github", [SHOP], [1])
    tracker = written(tmp_path)["tracker"]
    assert (tracker["repositories"], tracker["points_label"]) == ([SHOP], "size:")


def test_a_field_with_the_teams_makes_a_team_of_each_option(github: FakeGithub, tmp_path: Path) -> None:
    board = github.state.board
    board.fields |= {"Team": "SINGLE_SELECT", "Size": "TEXT", "Acceptance criteria": "TEXT"}
    board.options["Team"] = ["Red", "Blue"]
    init(github.url, tmp_path, "--project", "acme/7")
    config = written(tmp_path)
    assert [(team["name"], team["takes"]) for team in config["teams"]] == [
        ("Red", {"field": "Team"}),
        ("Blue", {"field": "Team"}),
    ]
    assert config["tracker"]["fields"]["acceptance"] == "Acceptance criteria"
    assert config["tracker"]["fields"]["points"] == "Story points"


def test_names_that_the_configuration_refuses_become_numbers(github: FakeGithub, tmp_path: Path) -> None:
    hostile = 'x"]\n[tracker]\nurl = "https://evil.example"'
    github.state.board.title = "  "
    github.state.board.fields["Team"] = "SINGLE_SELECT"
    github.state.board.options["Team"] = ["same", "same", hostile]
    github.state.label(f"{SHOP}#1", f"bug {hostile}", by="ana")
    ended = init(github.url, tmp_path, "--project", "acme/7")
    assert ended.exit_code == 0, ended.output
    config = written(tmp_path)
    assert config["tracker"]["url"] == github.url
    assert [team["name"] for team in config["teams"]] == ["Team 1", "Team 2", "Team 3"]


@pytest.mark.parametrize(
    ("options", "token", "sentence"),
    [
        ([], TOKEN, "add --project with a Project (acme/7) or repository (acme/shop)"),
        (["--project", "acme/none"], TOKEN, "--project acme/none: it does not exist"),
        (["--project", "acme/8"], TOKEN, "--project acme/8: it does not exist"),
        (["--project", "shop"], TOKEN, "--project:"),
        (["--project", SHOP], "", "the token is missing"),
        (["--project", SHOP], "nonsense", "does not accept the token"),
    ],
)
def test_what_cannot_be_found_is_one_sentence(
    github: FakeGithub, tmp_path: Path, options: list[str], token: str, sentence: str
) -> None:
    ended = init(github.url, tmp_path, *options, token=token)
    assert ended.exit_code in {2, 4}
    [line] = ended.stderr.splitlines()
    assert sentence in line
    assert not (tmp_path / "config.toml").exists()


def test_an_address_that_is_not_one_is_refused(tmp_path: Path) -> None:
    ended = init("http://github.example", tmp_path, "--project", SHOP)
    assert "--url:" in ended.stderr
    assert "use https" in ended.stderr
