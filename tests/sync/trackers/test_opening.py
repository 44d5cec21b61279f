"""Opening a tracker: what the settings allow, and that both client libraries go through the one transport."""

import base64
import logging
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint, EntryPoints
from typing import Any, Literal

import pytest
import responses
from pydantic import TypeAdapter, ValidationError

import sync.plugins
from sync.config.registry import TrackerTable
from sync.errors import ConfigError
from sync.trackers import GROUP, TRACKERS, TrackerKind, open_tracker, tracker_kinds
from sync.trackers.github.settings import GithubSettings
from sync.trackers.gitlab.settings import GitlabSettings
from sync.trackers.http import Transport
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings, JiraSettings
from sync.trackers.jira.tracker import JiraTracker
from sync.trackers.memory import MemoryTracker
from sync.trackers.redmine.settings import RedmineSettings
from tests.factories import snapshot
from tests.sync.trackers.http_stub import FakeClock, Script, answer

TOKEN = "s3cret-token"


def cloud(**values: Any) -> CloudSettings:
    return CloudSettings(**{"url": "https://shop.example", "email": "bot@shop.example", **values})


def datacenter(**values: Any) -> DatacenterSettings:
    return DatacenterSettings(**{"url": "https://jira.shop.example/jira", **values})


def opened(settings: JiraSettings) -> JiraTracker:
    tracker = open_tracker(settings, TOKEN)
    assert isinstance(tracker, JiraTracker)
    return tracker


@pytest.mark.parametrize(
    "url", ["https://shop.example", "https://shop.example/", "http://127.0.0.1:8080", "http://localhost"]
)
def test_a_web_address_is_taken(url: str) -> None:
    assert datacenter(url=url).base == url.rstrip("/")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://shop.example", "unencrypted; use https"),
        ("shop.example", "is not a web address"),
        ("ftp://shop.example", "is not a web address"),
        ("https://bot:pw@shop.example", "not contain a user name or password"),
        ("", "is not a web address"),
    ],
)
def test_an_address_that_would_do_harm_is_refused(url: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        datacenter(url=url)


@pytest.mark.parametrize(
    "values",
    [{"email": "nobody"}, {"email": "a:b@c"}, {"cloud_id": "../x"}, {"patience": 0}, {"types": {"Risk": "odd"}}],
)
def test_a_bad_value_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        cloud(**values)


def test_every_kind_opens_with_its_own_settings_and_asks_for_nothing_yet() -> None:
    assert set(TRACKERS) == {"github", "gitlab", "jira-cloud", "jira-datacenter", "redmine"}
    github, gitlab = GithubSettings(project="acme/7"), GitlabSettings(project="acme/shop")
    for settings in (cloud(), datacenter(), github, gitlab, RedmineSettings(url="https://redmine.example")):
        assert open_tracker(settings, TOKEN).requests == 0


@pytest.mark.parametrize(("tracker", "library"), [("gitlab", "gitlab"), ("redmine", "redminelib")])
def test_without_its_library_a_tracker_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, tracker: str, library: str
) -> None:
    rooms = ("tracker", "api", "pull", "write", "site")
    for name in (f"sync.trackers.{tracker}.{room}" for room in rooms):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    given = {"url": "https://tracker.example", "project": "acme/shop"}
    settings = TRACKERS[tracker].settings
    known = {name: value for name, value in given.items() if name in settings.model_fields}
    with pytest.raises(ConfigError, match=rf"'\.\[{tracker}\]'"):
        TRACKERS[tracker].open(settings.model_validate(known), TOKEN, None)


def test_without_a_token_nothing_is_opened() -> None:
    with pytest.raises(ConfigError, match="READYLINE_TOKEN"):
        open_tracker(cloud(), "  ")


def test_settings_without_an_account_open_nothing() -> None:
    with pytest.raises(ConfigError, match="is not an installed tracker"):
        open_tracker(JiraSettings(url="https://shop.example"), TOKEN)


class ElsewhereSettings(JiraSettings):
    """The `[tracker]` table of another package's tracker."""

    kind: Literal["elsewhere"] = "elsewhere"
    page: int = 10


ELSEWHERE = TrackerKind(ElsewhereSettings, lambda *_: MemoryTracker(snapshot()))


def plugged(monkeypatch: pytest.MonkeyPatch, name: str, attribute: str) -> None:
    entry = EntryPoint(name=name, value=f"{__name__}:{attribute}", group=GROUP)
    monkeypatch.setattr(sync.plugins, "entry_points", lambda *, group: EntryPoints([entry]).select(group=group))


def test_a_tracker_of_another_package_is_configured_checked_and_opened_like_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plugged(monkeypatch, "elsewhere", "ELSEWHERE")
    tables: TypeAdapter[JiraSettings] = TypeAdapter(TrackerTable)
    settings = tables.validate_python({"kind": "elsewhere", "url": "https://elsewhere.example", "page": 20})
    assert isinstance(settings, ElsewhereSettings)
    assert settings.page == 20
    assert isinstance(open_tracker(settings, TOKEN), MemoryTracker)
    with pytest.raises(ValidationError, match=r"elsewhere\.pgae"):
        tables.validate_python({"kind": "elsewhere", "url": "https://elsewhere.example", "pgae": 20})


@pytest.mark.parametrize(
    ("name", "attribute", "message"),
    [
        ("jira-cloud", "ELSEWHERE", "has the same name as another one"),
        ("elsewhere", "MISSING", "cannot be loaded"),
        ("elsewhere", "TOKEN", "is not a sync.trackers.TrackerKind"),
    ],
)
def test_a_tracker_of_another_package_that_does_not_fit_is_named(
    name: str, attribute: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged(monkeypatch, name, attribute)
    with pytest.raises(ConfigError, match=f'"{name}" of .* {message}'):
        tracker_kinds()


def sessions(tracker: JiraTracker) -> list[Any]:
    api = tracker.api
    return [api._site._session, api._core._session, api._agile._session]


@pytest.mark.parametrize("settings", [cloud(), datacenter()], ids=["cloud", "datacenter"])
def test_every_client_goes_through_the_one_transport_and_retries_nothing_itself(settings: JiraSettings) -> None:
    tracker = opened(settings)
    for session in sessions(tracker):
        assert session.get_adapter("https://shop.example/x") is tracker.api.transport
        assert session.get_adapter("http://shop.example/x") is tracker.api.transport
        assert getattr(session, "max_retries", 0) == 0
    for client in (tracker.api._core, tracker.api._agile):
        assert not client.retry_with_header
        assert not client.backoff_and_retry


CALLS: list[Callable[[JiraTracker], Any]] = [
    lambda tracker: tracker.api.myself(),
    lambda tracker: tracker.api.board(1),
    lambda tracker: tracker.api.issue("1", ("summary",)),
]


@pytest.mark.parametrize("call", CALLS, ids=["jira", "agile", "core"])
@pytest.mark.parametrize(
    ("settings", "prefix", "login"),
    [
        (cloud(), "https://shop.example/rest/", f"Basic {base64.b64encode(b'bot@shop.example:s3cret-token').decode()}"),
        (
            cloud(cloud_id="11aa-22bb"),
            "https://api.atlassian.com/ex/jira/11aa-22bb/rest/",
            f"Basic {base64.b64encode(b'bot@shop.example:s3cret-token').decode()}",
        ),
        (datacenter(), "https://jira.shop.example/jira/rest/", "Bearer s3cret-token"),
    ],
    ids=["cloud", "gateway", "datacenter"],
)
def test_each_client_logs_in_and_asks_at_the_right_address(
    monkeypatch: pytest.MonkeyPatch, call: Callable[[JiraTracker], Any], settings: JiraSettings, prefix: str, login: str
) -> None:
    script = Script(monkeypatch, FakeClock(), answer(200, {"id": "1"}))
    call(opened(settings))
    [(_, request)] = script.sent
    assert str(request.url).startswith(prefix)
    assert request.headers["Authorization"] == login
    assert "Origin" not in request.headers
    assert "Mozilla" not in request.headers["User-Agent"]


@pytest.mark.parametrize("settings", [cloud(), datacenter()], ids=["cloud", "datacenter"])
def test_no_client_ever_sends_a_comment_again_by_itself(
    monkeypatch: pytest.MonkeyPatch, settings: JiraSettings
) -> None:
    from requests.exceptions import ConnectionError as Dropped

    from rules.plan.comment import CommentBody
    from sync.errors import Uncertain

    tracker = opened(settings)
    script = Script(monkeypatch, FakeClock(), Dropped("reset by peer"))
    with pytest.raises(Uncertain):
        tracker.api.add_comment("1", CommentBody(headline="Ready."))
    assert len(script.sent) == 1


def test_a_recorded_site_is_read_through_the_real_adapter() -> None:
    with responses.RequestsMock() as site:
        site.get("https://shop.example/rest/api/3/myself", json={"accountId": "712020:bot", "displayName": "Bot"})
        site.get("https://shop.example/rest/api/3/field", json=[])
        site.get("https://shop.example/rest/api/3/priority", json=[])
        assert opened(cloud()).site.account == "712020:bot"


@pytest.mark.usefixtures("caplog")
def test_no_body_and_no_token_reaches_a_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    Script(monkeypatch, FakeClock(), answer(200, {"id": "1", "fields": {"summary": "private words"}}))
    with caplog.at_level(logging.INFO):
        opened(cloud()).api.issue("1", ("summary",))
    told = caplog.text + "".join(capsys.readouterr())
    assert "private words" not in told
    assert TOKEN not in told


def test_the_transport_takes_its_times_from_the_settings() -> None:
    transport = opened(cloud(connect_timeout=3, read_timeout=7, patience=99)).api.transport
    assert isinstance(transport, Transport)
    assert (transport._timeout, transport._patience) == ((3, 7), 99)
