"""A dry run over HTTP, in both dialects: a dry-run log first, then the very same with writing on."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey


def dry_run_log(shop: Office) -> list[tuple[str, str]]:
    """What the dry-run log says would have been written: kinds of change and keys."""
    with closing(sqlite3.connect(shop.folder / "readyline.db.shadow")) as file:
        return list(file.execute("SELECT kind, key FROM writes WHERE result = 'done' ORDER BY seq"))


def test_the_dry_run_log_is_what_a_run_with_writing_on_then_writes(shop: Office) -> None:
    shop.write_config("enabled = true", "enabled = false")
    first = shop.run("run", "--format", "json").document
    second = shop.run("run", "--format", "json").document
    assert shop.jira.writes == []
    assert first["shadow"]["entries"] == second["shadow"]["entries"] == len(first["changes"])
    kept = dry_run_log(shop)

    shop.write_config("enabled = false", "enabled = true")
    live = shop.run("run", "--format", "json").document
    assert [(one["change"]["kind"], one["change"]["issue"]) for one in live["outcomes"]] == kept
    assert {one["outcome"] for one in live["outcomes"]} == {"done"}
    assert live["shadow"] is None


def test_the_card_is_shown_after_a_run_and_in_the_reports(shop: Office) -> None:
    shop.write_config("enabled = true", "enabled = false")
    assert "To go live, set max_changes = " in " ".join(shop.run("run").out.split())
    shop.run("report", "--out", str(shop.folder / "out"))
    assert "Dry run" in (shop.folder / "out" / "readyline-admin.html").read_text(encoding="utf-8")
    report = json.loads((shop.folder / "out" / "readyline.json").read_text(encoding="utf-8"))
    assert report["shadow"]["findings"] > 0
    assert report["shadow"]["post"]


def test_in_quiet_hours_a_run_says_until_when(shop: Office) -> None:
    shop.write_config("[write_back]\n", '[write_back]\nquiet_hours = "00:00-23:59"\n')
    ended = shop.run("run", "--format", "json")
    if ended.document["quiet_until"] is None:  # the one minute of the day that is not quiet
        pytest.skip("it is 23:59 in Berlin")
    assert (ended.code, ended.document["outcomes"]) == (0, [])
    assert ended.document["changes"]
    assert shop.jira.writes == []
    assert "quiet hours, until" in " ".join(shop.run("run").out.split())


def test_going_live_with_the_limits_that_the_dry_run_suggests_works(cloud: Office) -> None:
    cloud.write_config("enabled = true", "enabled = false")
    cloud.run("run")
    cloud.jira.state.edit("SHOP-109", description="Soon.", by="ana")
    card = cloud.run("run", "--format", "json").document["shadow"]
    assert card["passes"] == 2

    old = "max_changes = 1000\nmax_share = 1.0"
    first = f"max_changes = {card['first_max_changes']}\nmax_share = {card['first_max_share']}"
    ordinary = f"max_changes = {card['max_changes']}\nmax_share = {card['max_share']}"
    assert first != ordinary
    cloud.write_config(old, first)
    cloud.write_config("enabled = false", "enabled = true")
    live = cloud.run("run", "--format", "json")
    assert (live.code, len(live.document["outcomes"])) == (0, card["wave"][0])

    cloud.write_config(first, ordinary)
    cloud.jira.state.edit("SHOP-110", description="Soon.", by="ana")
    after = cloud.run("run", "--format", "json")
    assert after.code == 0
    assert after.document["outcomes"]
