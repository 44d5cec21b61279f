"""A wrong board stops its team and no other: over HTTP and in both dialects, in every output."""

import json
from pathlib import Path
from typing import Any

import pytest

from sync.demo.people import CREWS
from sync.fake_jira import faults
from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey

STOPPED = CREWS[1]  # Storefront, board 12
OTHERS = {crew.name for crew in CREWS} - {STOPPED.name}
CASE = Path(__file__).parents[1] / "cases" / "31-board-422"
NO_SUCH_BOARD = "board 99 does not exist, or this account cannot see it"


def keys_of(place: Office, component: str) -> set[str]:
    """The keys of a team's issues."""
    return {record.key for record in place.jira.state.issues.values() if component in record.components}


def written(place: Office) -> set[str]:
    """The keys of the issues that have a label or a comment of ours, or that we moved."""
    return {key for key, (labels, comments, _) in place.end_state().items() if labels or comments}


def documents(place: Office) -> dict[str, Any]:
    """Every report of `readyline report`, by its ending."""
    assert place.run("report", "--out", str(place.folder / "out")).code == 0
    return {path.suffix: path.read_text(encoding="utf-8") for path in (place.folder / "out").iterdir()}


def test_one_wrong_board_stops_that_team_and_run_ends_with_5(shop: Office) -> None:
    before = shop.end_state()
    shop.write_config("board = 12", "board = 99")
    ended = shop.run("run", "--format", "json")
    assert ended.code == 5
    (left_out,) = ended.document["left_out_teams"]
    assert left_out["team"] == STOPPED.name
    assert left_out["why"].startswith(NO_SUCH_BOARD)
    mine = keys_of(shop, STOPPED.component)
    after = shop.end_state()
    assert {key for key in mine if after[key] != before[key]} == set()
    assert all(written(shop) & keys_of(shop, crew.component) for crew in CREWS if crew.name in OTHERS)
    assert shop.run("run").code == 5
    assert shop.end_state() == after


def test_a_wrong_board_takes_nothing_away_from_its_team(shop: Office) -> None:
    assert shop.run("run").code == 0
    before = shop.end_state()
    mine = keys_of(shop, STOPPED.component)
    assert written(shop) & mine
    shop.write_config("board = 12", "board = 99")
    assert shop.run("run").code == 5
    assert {key for key in mine if shop.end_state()[key] != before[key]} == set()
    shop.write_config("board = 99", "board = 12")
    ended = shop.run("run", "--format", "json")
    assert (ended.code, ended.document["left_out_teams"]) == (0, [])
    assert {change["issue"] for change in ended.document["changes"]} & mine == set()


def test_every_output_names_the_team_that_is_left_out(shop: Office) -> None:
    shop.write_config("board = 12", "board = 99")
    for command in ("check", "plan", "capacity"):
        ended = shop.run(command)
        said = " ".join(ended.out.split())
        assert (ended.code, f"{STOPPED.name} is left out of this run" in said, NO_SUCH_BOARD in said) == (0, True, True)
        document = shop.run(command, "--format", "json").document
        assert [one["team"] for one in document["left_out_teams"]] == [STOPPED.name]
    assert f"{STOPPED.name} is left out of this run" in shop.run("capacity", "--team", STOPPED.name).out
    reports = documents(shop)
    assert set(reports) == {".csv", ".html", ".json", ".md", ".txt"}
    for ending, text in reports.items():
        assert f"{STOPPED.name} is left out of this run" in text or ending == ".json", ending
    document = json.loads(reports[".json"])
    assert [one["team"] for one in document["left_out_teams"]] == [STOPPED.name]
    assert {one["name"] for one in document["teams"]} == OTHERS
    assert {one["team"] for one in document["deep"]["runway"]["teams"]} == OTHERS
    key = min(keys_of(shop, STOPPED.component) & {issue["key"] for issue in document["issues"]})
    assert f"{STOPPED.name} is left out of this run: left alone" in shop.run("why", key).out


def test_doctor_and_run_end_with_the_same_code(shop: Office) -> None:
    text = shop.config.read_text(encoding="utf-8")
    cases = (
        ("board = 12", "board = 99", 5),
        ("board = 1", "board = 9", 4),  # all three of them
        ("project = SHOP AND", "projekt = SHOP AND", 4),
    )
    for old, new, code in cases:
        shop.config.write_text(text.replace(old, new), encoding="utf-8")
        ended, doctor = shop.run("run"), shop.run("doctor")
        assert (ended.code, doctor.code) == (code, code), (ended.err, doctor.out)


def test_where_every_board_is_wrong_one_sentence_names_them_all(shop: Office) -> None:
    shop.write_config("board = 1", "board = 9")
    ended = shop.run("run")
    assert ended.code == 4
    (sentence,) = ended.err.strip().splitlines()
    assert all(f'of team "{crew.name}"' in sentence for crew in CREWS)
    assert sentence.count("[[teams]] board") == 1
    assert shop.jira.writes == []


def test_a_board_without_mapped_columns_is_named_with_jiras_reason_and_the_remedy(shop: Office) -> None:
    given = json.loads((CASE / "input.json").read_text(encoding="utf-8"))
    right = json.loads((CASE / "expected.json").read_text(encoding="utf-8"))
    (message,) = given["body"]["errorMessages"]
    shop.jira.faults.on(faults.refused(given["status"], message), path="/board/12/sprint", times=None)
    ended = {command: shop.run(command) for command in ("doctor", "capacity", "run")}
    assert {command: one.code for command, one in ended.items()} == {"doctor": 5, "capacity": 0, "run": 5}
    for command, one in ended.items():
        said = " ".join(f"{one.out} {one.err}".split())
        assert right["doctor_contains" if command == "doctor" else "capacity_contains"] in said
        assert "map a status to a column of board 12" in said
        assert not [wrong for wrong in right["neither_contains"] if wrong in said]
