"""`readyline undo` and `readyline resume` as a person uses them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey


def test_what_was_undone_stays_so_until_somebody_resumes(shop: Office) -> None:
    first = shop.run("run", "--format", "json").document
    assert shop.run("undo", first["run"]).code == 0
    assert shop.run("run", "--format", "json").document["changes"] == []
    assert shop.run("resume", "--format", "json").document["resumed"] > 0
    assert shop.run("resume").out == "Nothing was paused.\n"


def test_undo_needs_writing_to_be_on_or_force(shop: Office) -> None:
    run = shop.run("run", "--format", "json").document["run"]
    shop.write_config("enabled = true", "enabled = false")
    writes = len(shop.jira.writes)
    ended = shop.run("undo", run)
    assert (ended.code, len(shop.jira.writes)) == (2, writes)
    assert "--force" in ended.err
    assert shop.run("undo", run, "--force").code == 0
    assert len(shop.jira.writes) > writes


def test_a_day_that_cannot_be_read_is_a_wrong_usage(shop: Office) -> None:
    run = shop.run("run", "--format", "json").document["run"]
    ended = shop.run("undo", run, "--pause-until", "soon")
    assert ended.code == 2
    assert '--pause-until "soon"' in ended.err


def test_what_was_undone_stays_so_until_the_day_that_was_named(cloud: Office) -> None:
    first = cloud.run("run", "--format", "json").document
    today = datetime.now(ZoneInfo("Europe/Berlin")).date()
    cloud.run("undo", first["run"], "--pause-until", f"{today + timedelta(days=1)}")
    assert cloud.run("plan", "--format", "json").document["changes"] == []
    cloud.run("resume")
    again = cloud.run("run", "--format", "json").document
    assert again["changes"]
    cloud.run("undo", again["run"], "--pause-until", f"{today}")
    assert cloud.run("plan", "--format", "json").document["changes"]
