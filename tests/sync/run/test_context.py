"""A context is put together from the settings: what of them reaches a run."""

from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sync.config import load
from sync.errors import ConfigError, Locked
from sync.run.context import open_context, open_look
from sync.run.publish import Publisher
from tests.factories import issue, product, snapshot, sprint, team

CONFIG = """
[tracker]
kind = "jira-cloud"
url = "https://example.atlassian.net"
email = "bot@example.com"
[product]
name = "Shop"
owner = "Ana Alvarez"
backlog = "project = SHOP"
[[teams]]
name = "Payments"
board = 12
[write_back]
quiet_hours = "20:00-07:00"
mails_per_week = 7
[store]
path = "readyline.db"
[messages]
per_week = 2
[schedule]
timezone = "Europe/Berlin"
before_planning = "{before}"
[[reports]]
kind = "html"
path = "reports"
[[notify]]
kind = "webhook"
url_env = "HOOK"
"""
ENVIRON = {"READYLINE_TOKEN": "t0ken", "HOOK": "https://hooks.example.com/x"}
BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
PLANNED = snapshot(issue(), product=product(team()), sprints=(sprint("7", start=START),))


def config(folder: Path, before: str = "3 working days before sprint start at 08:30") -> Path:
    path = folder / "config.toml"
    path.write_text(CONFIG.format(before=before), encoding="utf-8")
    return path


def test_the_settings_about_messages_reach_the_publisher(tmp_path: Path) -> None:
    with open_context(load(config(tmp_path), ENVIRON), environ=ENVIRON) as context:
        publisher = context.publisher()

    assert isinstance(publisher, Publisher)
    assert (publisher.per_week, publisher.reports) == (2, (("html", tmp_path / "reports"),))
    assert len(publisher.channels) == 1
    assert publisher.quiet is not None
    assert (publisher.quiet.begin, publisher.quiet.end, publisher.quiet.zone) == (time(20), time(7), BERLIN)
    assert publisher.quiet == context.quiet
    assert context.policy.mails_per_week == 7


@pytest.mark.parametrize("is_on", [True, False])
def test_the_page_in_confluence_is_written_only_where_writing_is_on(tmp_path: Path, *, is_on: bool) -> None:
    path = config(tmp_path)
    page = '[living_page.confluence]\nkind = "datacenter"\nurl = "https://wiki.example.com"\npage = 7\n'
    text = path.read_text(encoding="utf-8").replace("[write_back]\n", f"[write_back]\nenabled = {str(is_on).lower()}\n")
    path.write_text(f"{text}\n{page}", encoding="utf-8")
    with open_context(load(path, ENVIRON), environ=ENVIRON | {"READYLINE_CONFLUENCE_TOKEN": "x"}) as context:
        assert (context.publisher().wiki is not None) is is_on  # type: ignore[attr-defined]


def test_a_planning_gets_its_extra_run_at_the_hour_that_was_asked_for(tmp_path: Path) -> None:
    with open_context(load(config(tmp_path), ENVIRON), environ=ENVIRON) as context:
        assert context.extra_runs(PLANNED) == (datetime(2026, 3, 4, 8, 30, tzinfo=BERLIN),)


def test_by_default_there_is_no_extra_run_and_people_get_their_messages_all_the_same(tmp_path: Path) -> None:
    with open_context(load(config(tmp_path, ""), ENVIRON), environ=ENVIRON) as context:
        assert context.extra_runs(PLANNED) == ()
        assert context.publisher().lead_time.working_days == 2  # type: ignore[attr-defined]


def test_a_missing_secret_is_reported_when_messages_are_wanted_and_not_to_commands_that_look(tmp_path: Path) -> None:
    with open_context(load(config(tmp_path), ENVIRON), environ={}) as context, pytest.raises(ConfigError, match="HOOK"):
        context.publisher()


def test_two_contexts_over_one_store_do_not_meet(tmp_path: Path) -> None:
    settings = load(config(tmp_path), ENVIRON)
    with open_context(settings), pytest.raises(Locked, match="another run"), open_context(settings):
        pass


def test_a_run_reads_everything_from_the_site_while_a_command_goes_on_filling_the_mirror(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.run.context.PATIENCE", 0.0)
    settings = load(config(tmp_path), ENVIRON)
    with open_look(settings), open_context(settings) as context:
        assert context.tracker._mirror is None  # type: ignore[attr-defined]
    with open_context(settings) as context:
        assert context.tracker._mirror is not None  # type: ignore[attr-defined]


def test_a_look_waits_for_nothing_and_writes_to_its_copy_alone(tmp_path: Path) -> None:
    settings = load(config(tmp_path), ENVIRON)
    with open_context(settings) as running, open_look(settings) as context:
        running.store.baseline.hold([("1", "verdict", "after the look was opened")])
        context.store.baseline.hold([("1", "verdict", "never written")])
        assert running.store.baseline.marks() == {("1", "verdict", "after the look was opened")}


MAIL = """
[[notify]]
kind = "mail"
host = "localhost"
security = "none"
sender = "bot@example.com"
to = ["bo@example.com", "cy@example.com", "di@example.com"]
[opt_out]
people = ["Bo", "acc-cy"]
"""
WITH_BO = """[[teams]]
name = "Payments"
people = [{ name = "Bo", account = "acc-bo", email = "bo@example.com" }]
"""


def test_messages_do_not_go_to_people_who_opted_out_also_where_only_the_tracker_knows_the_address(
    tmp_path: Path,
) -> None:
    path = config(tmp_path)
    path.write_text(path.read_text("utf-8").replace('[[teams]]\nname = "Payments"\n', WITH_BO) + MAIL, "utf-8")
    with open_context(load(path, ENVIRON), environ=ENVIRON) as context:
        context.store.mails.learn({"cy@example.com": "acc-cy"})
        publisher = context.publisher()
    assert isinstance(publisher, Publisher)
    assert [settings.addresses for settings, _ in publisher.channels] == [(), ("di@example.com",)]
