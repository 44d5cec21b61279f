"""`init` looks at a GitLab and writes a valid configuration for it."""

import json
import tomllib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sync.cli.commands import app
from sync.config import load
from sync.demo import gitlab_shop
from sync.fake_gitlab.records import Box
from sync.fake_gitlab.server import TOKEN, FakeGitlab
from sync.init.gitlab_site import _priorities, _types
from tests.contract.gitlab_place import GROUP, PROJECT, GitlabPlace, gitlab_place

pytestmark = pytest.mark.journey


def init(url: str, folder: Path, *options: str, token: str = TOKEN) -> Any:
    out = folder / "config.toml"
    words = ["init", "--url", url, "--kind", "gitlab", "--out", str(out), "--no-report", *options]
    return CliRunner().invoke(app, words, env={"READYLINE_TOKEN": token})


def written(folder: Path) -> dict[str, Any]:
    """The configuration, which loads without a fault."""
    load(folder / "config.toml", {})
    return tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))


def test_the_shop_is_found_with_its_cadences_weights_and_labels(tmp_path: Path) -> None:
    with FakeGitlab(gitlab_shop.fill, now=datetime(2026, 11, 25, 9, tzinfo=UTC)) as gitlab:
        ended = init(gitlab.url, tmp_path, "--project", "shop")
        assert gitlab.writes == []
    assert ended.exit_code == 0, ended.output
    assert 'Shop is on GitLab 19.2.1; 3 teams, from "Payments", "Storefront", "Search".' in ended.stdout
    config = written(tmp_path)
    tracker = config["tracker"]
    assert (tracker["group"], tracker["sprints"], tracker["points"]) == ("shop", "iterations", "weight")
    assert [name.partition("::")[2] for name in tracker["priorities"]] == ["Highest", "High", "Medium", "Low", "Lowest"]
    assert set(tracker["doing"]) == set(gitlab_shop.DOING)
    assert tracker["types"]["type::Bug"] == "bug"
    assert [(team["board"], team["sprint_days"]) for team in config["teams"]] == [(11, 10), (12, 10), (13, 10)]
    assert not config["write_back"]["enabled"]
    assert (tmp_path / "absences.csv").exists()


def test_a_project_has_its_milestones_and_the_output_as_json_says_so(tmp_path: Path) -> None:
    with gitlab_place() as place:
        ended = init(place.gitlab.url, tmp_path, "--project", "acme/test", "--format", "json")
    document = json.loads(ended.stdout)
    assert (document["kind"], document["projects"], document["boards"]) == ("gitlab", ["acme/test"], [PROJECT])
    tracker = written(tmp_path)["tracker"]
    assert (tracker["project"], tracker["sprints"]) == ("acme/test", "project-milestones")


def labels(*names: str) -> Callable[[GitlabPlace], None]:
    return lambda place: place.gitlab.state.projects[PROJECT].labels.extend(names)


def times(place: GitlabPlace) -> None:
    for record in place.gitlab.state.issues.values():
        record.seconds = 3600


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (labels("size::3", "size::5"), {"points": "label", "points_label": "size::"}),
        (times, {"points": "time"}),
        (labels(), {"points": "weight"}),
    ],
    ids=["labels", "times", "nothing"],
)
def test_without_weights_estimates_are_labels_or_times(
    tmp_path: Path, change: Callable[[GitlabPlace], None], expected: dict[str, str]
) -> None:
    with gitlab_place("free") as place:
        change(place)
        init(place.gitlab.url, tmp_path, "--project", "acme/test")
    tracker = written(tmp_path)["tracker"]
    assert {name: tracker[name] for name in expected} == expected


def test_a_group_without_cadences_has_milestones_and_teams_by_their_labels(tmp_path: Path) -> None:
    with gitlab_place("free") as place:
        labels("team::Red", "team::Blue")(place)
        day = date(2026, 11, 20)
        place.gitlab.state.boxes[1] = Box(
            id=1, place="groups", owner=GROUP, title="One", state="active", start=day, due=day
        )
        init(place.gitlab.url, tmp_path, "--project", "acme")
    config = written(tmp_path)
    assert config["tracker"]["sprints"] == "group-milestones"
    assert [(team["name"], team["takes"]["labels"]) for team in config["teams"]] == [
        ("Red", ["team::Red"]),
        ("Blue", ["team::Blue"]),
    ]


def test_names_that_the_configuration_refuses_become_numbers(tmp_path: Path) -> None:
    hostile = 'x"]\n[tracker]\nurl = "https://evil.example"'
    with gitlab_place() as place:
        place.gitlab.state.projects[PROJECT].name = "  "
        labels(hostile, f"type::bug {hostile}", f"priority {hostile}")(place)
        ended = init(place.gitlab.url, tmp_path, "--project", "acme/test")
    assert ended.exit_code == 0, ended.output
    assert written(tmp_path)["tracker"]["url"].startswith("http://127.0.0.1")


@pytest.mark.parametrize(
    ("options", "token", "sentence"),
    [
        ([], TOKEN, "add --project with the path of a project or group"),
        (["--project", "acme/none"], TOKEN, "no project or group has this path"),
        (["--project", "acme/test"], "", "the token is missing"),
        (["--project", "acme/test"], "nonsense", "does not accept the token"),
    ],
)
def test_what_cannot_be_found_is_one_sentence(tmp_path: Path, options: list[str], token: str, sentence: str) -> None:
    with gitlab_place() as place:
        ended = init(place.gitlab.url, tmp_path, *options, token=token)
    assert ended.exit_code in {2, 4}
    [line] = ended.stderr.splitlines()
    assert sentence in line
    assert not (tmp_path / "config.toml").exists()


def test_an_address_that_is_not_one_is_refused(tmp_path: Path) -> None:
    ended = init("http://gitlab.example", tmp_path, "--project", "acme/test")
    assert "--url:" in ended.stderr
    assert "use https" in ended.stderr


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["priority::2", "priority::1", "priority::10"], ("priority::1", "priority::2", "priority::10")),
        (["Prio: low", "Prio: urgent", "other"], ("Prio: urgent", "Prio: low")),
    ],
)
def test_the_most_urgent_label_comes_first(names: Iterable[str], expected: tuple[str, ...]) -> None:
    assert _priorities(names) == expected


def test_labels_of_types_are_known_with_and_without_a_scope() -> None:
    assert _types(["type::feature", "bug", "kind/task", "ux"]) == {
        "type::feature": "story",
        "bug": "bug",
        "kind/task": "task",
    }
