"""`init` looks at a Redmine and writes a valid configuration for it."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sync.cli.commands import app
from sync.config import load
from sync.init.redmine_site import _fields, _label_fields
from tests.contract.redmine_place import RedminePlace, redmine_place


@pytest.fixture
def place() -> Iterator[RedminePlace]:
    with redmine_place() as made:
        yield made


def init(place: RedminePlace, folder: Path, *options: str, key: str = "bot") -> Any:
    words = ["init", "--url", place.url, "--kind", "redmine", "--out", str(folder / "config.toml"), "--no-report"]
    return CliRunner().invoke(app, [*words, *options], env={"READYLINE_TOKEN": place.keys.get(key, key)})


def test_the_small_product_is_found_with_its_fields_versions_and_trackers(place: RedminePlace, tmp_path: Path) -> None:
    ended = init(place, tmp_path, "--project", "test")
    assert ended.exit_code == 0, ended.output
    assert "Test is a project on a Redmine, with 4 versions as sprints." in ended.stdout
    load(tmp_path / "config.toml", {})
    config = tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))
    tracker, (team,) = config["tracker"], config["teams"]
    assert tracker["fields"] == {
        "points": "Story points",
        "rank": "Rank",
        "flagged": "Impeded",
        "acceptance": "",
        "version_start": "Start",
    }
    assert tracker["label_fields"] == {"readyline-ready": "RL ready", "readyline-not-ready": "RL not-ready"}
    assert (tracker["types"]["Story"], tracker["types"]["Epic"]) == ("story", "epic")
    assert config["product"]["backlog"] == "project_id=test&status_id=open"
    assert (team["board"], team["sprint_days"]) == (1, 10)
    assert not config["write_back"]["enabled"]
    assert (tmp_path / "absences.csv").exists()


def test_the_output_as_json_names_kind_project_and_board(place: RedminePlace, tmp_path: Path) -> None:
    document = json.loads(init(place, tmp_path, "--project", "test", "--format", "json").stdout)
    assert (document["kind"], document["projects"], document["boards"]) == ("redmine", ["test"], [1])


@pytest.mark.parametrize(
    ("options", "key", "code", "said"),
    [
        ((), "bot", 2, "add --project with the identifier"),
        (("--project", "elsewhere"), "bot", 2, "--project elsewhere: no project has this identifier"),
        (("--project", "test"), "wrong", 4, "does not accept the API key"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_no_file(
    place: RedminePlace, tmp_path: Path, options: tuple[str, ...], key: str, code: int, said: str
) -> None:
    ended = init(place, tmp_path, *options, key=key)
    assert ended.exit_code == code
    assert said in ended.stderr
    assert not (tmp_path / "config.toml").exists()


def issue(fields: Mapping[str, object], hours: float | None = None) -> dict[str, Any]:
    named = [{"id": place, "name": name, "value": value} for place, (name, value) in enumerate(fields.items())]
    return {"estimated_hours": hours, "custom_fields": named}


def test_a_field_has_the_name_and_the_values_of_its_purpose() -> None:
    first = {"Points": "5", "Rank": "x1", "Blocked": "1", "Criteria": "Done when\nit pays"}
    fields = _fields([issue(first), issue({"Points": "0.5", "Rank": "2"})], [issue({"Start": "soon"})])
    assert (fields.points, fields.rank, fields.flagged) == ("Points", "", "Blocked")
    assert (fields.acceptance, fields.version_start) == ("Criteria", "")


def test_without_a_field_for_points_hours_are_the_estimate_where_issues_have_them() -> None:
    assert _fields([issue({}, 4.0), issue({})], []).points == "estimated_hours"
    assert _fields([issue({})], []).points == ""


def test_label_fields_are_yes_no_fields_about_ready() -> None:
    fields = _label_fields([issue({"Not ready": "0", "Ready": "", "Ready on": "2026-11-02", "Tags": ["ready"]})])
    assert fields == {"readyline-not-ready": "Not ready", "readyline-ready": "Ready"}
