"""Where each value came from."""

from pathlib import Path

import pytest

from rules.model import Kind
from rules.ready import RULES
from sync.config import Row, effective, load, options_of, ruleset_of
from sync.errors import ConfigError, UsageError
from tests.sync.config.files import RIGHT, written

SPECIAL = """\
[teams.rules.ready.small_enough]
max_points = 5
[teams.rules.types.bug.ready.titled]
severity = "must"

[rules]
preset = "safe"
[rules.ready.small_enough]
max_share = 0.4
locked = false
[rules.types.task.ready.small_enough]
max_points = 13

[store]
path = "here.db"
"""


def rows(folder: Path, team: str | None = None, environ: dict[str, str] | None = None) -> dict[str, Row]:
    return {row.path: row for row in effective(load(written(folder, RIGHT, SPECIAL), environ or {}), team)}


def origins(found: dict[str, Row], folder: Path, *paths: str) -> list[tuple[object, str]]:
    return [(found[path].value, found[path].origin.replace(f"{folder}/", "")) for path in paths]


def test_a_value_comes_from_its_default_the_file_the_environment_or_the_preset(tmp_path: Path) -> None:
    found = rows(tmp_path, environ={"READYLINE__CAPACITY__HISTORY": "5", "READYLINE__TEAMS__0__BOARD": "99"})

    assert origins(
        found,
        tmp_path,
        "write_back.limits.max_changes",
        "teams[0].people[1].share",
        "teams[0].people[0].days",
        "capacity.history",
        "teams[0].board",
        "store.path",
        "rules.horizon",
        "rules.ready.has_team.severity",
        "rules.ready.small_enough.max_share",
        "rules.ready.small_enough.max_points",
    ) == [
        (50, "default"),
        (0.6, "config.toml:17"),
        ("Mon-Fri", "default"),
        (5, "READYLINE__CAPACITY__HISTORY"),
        (99, "READYLINE__TEAMS__0__BOARD"),
        ("here.db", "config.toml:39"),
        (5.0, "preset safe"),
        ("must", "preset safe"),
        (0.4, "config.toml:33"),
        (None, "default"),
    ]


def test_a_team_sees_what_holds_for_it_and_nothing_of_other_teams(tmp_path: Path) -> None:
    found = rows(tmp_path, "Search")

    assert origins(
        found,
        tmp_path,
        "rules.ready.small_enough.max_points",
        "rules.ready.small_enough.max_share",
        "rules.types.bug.ready.titled.severity",
        "teams[1].name",
    ) == [
        (5, "team Search, config.toml:26"),
        (0.4, "config.toml:33"),
        ("must", "team Search, type bug, config.toml:28"),
        ("Search", "config.toml:21"),
    ]
    assert "rules.types.task.ready.small_enough.max_points" not in found  # the team's own word is the last one
    assert not any(path.startswith("teams[0]") for path in found)


def test_a_kind_of_issue_is_shown_only_where_it_differs(tmp_path: Path) -> None:
    found = rows(tmp_path)

    kinds = [row for path, row in found.items() if path.startswith("rules.types.")]
    assert [(row.path, row.value) for row in kinds] == [("rules.types.task.ready.small_enough.max_points", 13)]
    assert kinds[0].origin.endswith("config.toml:36")
    assert kinds[0].origin.startswith("type task, ")


def test_every_option_of_every_rule_is_shown_and_no_secret(tmp_path: Path) -> None:
    found = rows(tmp_path, environ={"READYLINE_TOKEN": "hush"})

    for rule in RULES:
        assert {f"rules.ready.{rule.name}.{option}" for option in rule.model_fields} <= set(found)
    assert not any("hush" in str(row) or row.path == "token" for row in found.values())


def test_the_order_is_the_same_each_time(tmp_path: Path) -> None:
    assert list(rows(tmp_path).values()) == list(rows(tmp_path).values())


def test_the_options_of_one_rule_are_shown_for_an_issue(tmp_path: Path) -> None:
    settings = load(written(tmp_path, RIGHT, SPECIAL), {})
    options = {row.path.rpartition(".")[2]: row for row in options_of(settings, "small_enough", "Search", Kind.TASK)}

    assert (options["max_points"].value, options["max_points"].text) == (5, "5.0")
    assert options["max_points"].origin.startswith("team Search, ")
    assert options["severity"].origin == "default"


def test_a_team_that_is_not_there_is_reported_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r'--team "Serch": unknown team; did you mean "Search"\?'):
        rows(tmp_path, "Serch")


def test_a_faulty_file_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="unknown section"):
        effective(load(written(tmp_path, RIGHT, "[write_bck]"), {}))


def test_dates_and_tables_are_shown_as_the_file_writes_them_and_are_plain_data(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        RIGHT.replace("[product]", '[tracker.types]\n"Change Request" = "story"\n\n[product]'),
        "days_off = [2026-12-24]",
    )
    found = {row.path: row for row in effective(load(path, {}))}

    assert (found["teams[1].days_off"].text, found["teams[1].days_off"].value) == ("[2026-12-24]", ["2026-12-24"])
    assert found["tracker.types"].text == '{ "Change Request" = "story" }'
    assert found["capacity.holidays"].text == "{}"
    assert found["capacity.points_per_day"].text == ""


def test_what_is_shown_is_what_the_rules_are_run_with(tmp_path: Path) -> None:
    settings = load(written(tmp_path, RIGHT, SPECIAL), {})
    ruleset = ruleset_of(settings)

    for team in ("Payments", "Search"):
        for kind in Kind:
            for rule in ruleset.for_issue(team, kind):
                rows = {row.path.rpartition(".")[2]: row for row in options_of(settings, rule.name, team, kind)}
                values = rule.model_dump(mode="json")
                assert {option for option in values if rows[option].origin != "default"} == rule.model_fields_set
                assert all(rows[option].value == values[option] for option in rule.model_fields_set)


def test_a_kind_of_work_is_shown_only_where_it_differs_and_with_its_origin(tmp_path: Path) -> None:
    own = "[rules.work.debt.ready.small_enough]\nmax_points = 3\nmax_share = 0.5"
    settings = load(written(tmp_path, RIGHT, own), {})
    shown = [row for row in effective(settings) if row.path.startswith("rules.work.")]
    asked = {work: options_of(settings, "small_enough", "Search", Kind.STORY, work) for work in ("debt", "story")}
    (points,) = (row for row in asked["debt"] if row.path.endswith("max_points"))
    assert [(row.path, row.value) for row in shown] == [("rules.work.debt.ready.small_enough.max_points", 3)]
    assert (points.value, points.origin.split(", ")[0]) == (3, "work debt")
    assert [row.value for row in asked["story"] if row.path.endswith("max_points")] == [None]
