"""`--as-of` answers from what a run kept: as the command did before the run, without token and tracker."""

from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey

COMMANDS = ("check", "plan", "capacity")


def test_commands_say_of_a_day_what_they_said_then_and_ask_nothing(cloud: Office) -> None:
    then = {command: document(cloud, command) for command in COMMANDS}
    cloud.run("run")
    cloud.jira.state.delete("SHOP-116")
    cloud.environ.clear()
    asked = len(cloud.jira.requests)
    day = cloud.jira.state.clock().date().isoformat()
    for command, document_then in then.items():
        now = document(cloud, command, "--as-of", day)
        earlier = now.pop("earlier_day")
        assert (earlier["day"], earlier["unknown"], earlier["taken_at"]) == (day, [], now.pop("as_of"))
        assert document_then.pop("earlier_day") is document_then.pop("as_of") is None
        assert now == document_then
    assert f"what run {earlier['run']} was given" in cloud.run("capacity", "--as-of", day).out
    assert cloud.run("report", "--out", str(cloud.folder / "out"), "--as-of", day).code == 0
    assert f"what run {earlier['run']} was given" in (cloud.folder / "out" / "readyline.html").read_text("utf-8")
    assert len(cloud.jira.requests) == asked


def test_a_day_before_the_first_run_has_figures_but_no_plan(cloud: Office) -> None:
    cloud.run("run")
    day = (cloud.jira.state.clock() - timedelta(days=20)).date().isoformat()
    checked = document(cloud, "check", "--as-of", day)
    assert checked["earlier_day"]["run"] == ""
    assert len(checked["earlier_day"]["unknown"]) >= 4
    assert checked["issues"]
    assert "rebuilt from the changelog" in cloud.run("check", "--as-of", day).out
    refused = cloud.run("plan", "--as-of", day)
    assert (refused.code, refused.out) == (2, "")
    assert f"there is no plan of {day}" in refused.err


def document(place: Office, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = place.run(*words, "--format", "json").document
    return found


def test_a_preview_lists_what_another_configuration_flips_and_fails_above_a_limit(cloud: Office) -> None:
    """Nothing flips with the same configuration; a limit of one point flips every issue that was ready and has more."""
    cloud.run("run")
    cloud.environ.clear()
    asked = len(cloud.jira.requests)
    assert cloud.run("preview", "--max-flips", "0").code == 0
    ready = {one["issue"] for one in document(cloud, "preview")["flips"]}
    assert ready == set()
    cloud.config.write_text(f"{cloud.config.read_text('utf-8')}\n[rules.ready.small_enough]\nmax_points = 1\n", "utf-8")
    ended = cloud.run("preview", "--max-flips", "1", "--format", "json")
    flips = ended.document["flips"]
    assert (ended.code, len(flips) > 1, ended.document["labels"] > 0) == (1, True, True)
    assert {(one["after"], *one["fails"]) for one in flips} == {("not-ready", "ready.small_enough")}
    assert "--max-flips allows 1" in ended.err
    assert cloud.run("preview", "--format", "markdown").out.count("| ready | not ready |") == len(flips)
    assert len(cloud.jira.requests) == asked
