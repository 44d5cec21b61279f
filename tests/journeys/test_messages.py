"""What a run leaves behind next to the tracker: reports, messages sent once, and a sign of life."""

import json
from typing import Any

import pytest

from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey

CHANNEL = """
[[notify]]
kind = "file"
path = "messages.jsonl"
[[notify]]
kind = "webhook"
url_env = "NOBODY_LISTENS"
"""
NOBODY = "http://127.0.0.1:9/"  # the discard port: nothing answers there


def messages(shop: Office) -> list[Any]:
    path = shop.folder / "messages.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


@pytest.fixture
def telling(shop: Office) -> Office:
    """A shop with two channels, one of which takes nothing."""
    shop.config.write_text(shop.config.read_text(encoding="utf-8") + CHANNEL, encoding="utf-8")
    shop.environ["NOBODY_LISTENS"] = NOBODY
    return shop


def test_people_get_one_message_and_a_channel_that_is_away_ends_nothing(telling: Office) -> None:
    first = telling.run("run")
    assert first.code == 0, first.err
    told = messages(telling)
    assert told[0]["audience"] == "po"
    assert telling.run("run").code == 0
    assert messages(telling) == told


def test_every_run_writes_its_reports_and_when_it_ended(telling: Office) -> None:
    telling.write_reports("html")
    run = telling.run("run", "--format", "json").document
    health = json.loads((telling.folder / "readyline.db.health.json").read_text(encoding="utf-8"))
    pages = {path.name for path in (telling.folder / "reports").iterdir()}
    assert pages > {"index.html", "readyline.html", "readyline-admin.html", "readyline-team-payments.html"}
    assert (health["run"], health["done"]) == (run["run"], len(run["outcomes"]))


def test_a_channel_without_its_secret_stops_a_run_before_it_writes_and_no_look(telling: Office) -> None:
    telling.environ["NOBODY_LISTENS"] = ""
    ended = telling.run("run")
    assert ended.code == 2
    assert "NOBODY_LISTENS" in ended.err
    assert telling.jira.writes == []
    assert telling.run("plan").code == 0


def test_commands_that_look_send_no_messages(telling: Office) -> None:
    assert telling.run("check").code == 0
    assert messages(telling) == []
