from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest
from pydantic import ValidationError

import sync.plugins
from rules.messages import Audience
from rules.options import meaning
from sync.errors import ConfigError
from sync.notifiers import GROUP, NOTIFIERS, Channel, known_notifiers, open_notifier
from sync.notifiers.file import File, FileSettings
from sync.notifiers.webhook import WebhookSettings
from tests.sync.notifiers.messages import message

ELSEWHERE = Channel(FileSettings, File)


def plugged(monkeypatch: pytest.MonkeyPatch, name: str, attribute: str) -> None:
    entry = EntryPoint(name=name, value=f"{__name__}:{attribute}", group=GROUP)
    monkeypatch.setattr(sync.plugins, "entry_points", lambda *, group: EntryPoints([entry]).select(group=group))


@pytest.mark.parametrize("kind", NOTIFIERS)
def test_every_channel_has_a_test_of_its_own(kind: str) -> None:
    assert (Path(__file__).parent / f"test_{kind}.py").exists()


@pytest.mark.parametrize("kind", NOTIFIERS)
def test_every_channel_is_named_as_its_settings_say(kind: str) -> None:
    assert NOTIFIERS[kind].settings.model_fields["kind"].default == kind


@pytest.mark.parametrize("kind", NOTIFIERS)
def test_every_option_is_explained(kind: str) -> None:
    assert all(meaning(NOTIFIERS[kind].settings, option) for option in NOTIFIERS[kind].settings.model_fields)


def test_a_channel_is_opened_by_its_kind(tmp_path: Path) -> None:
    open_notifier("file", FileSettings(path=tmp_path / "m"), {}).send(message())

    assert (tmp_path / "m").exists()


def test_a_channel_of_another_package_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    plugged(monkeypatch, "pager", "ELSEWHERE")

    assert known_notifiers()["pager"] is ELSEWHERE


@pytest.mark.parametrize(
    ("name", "attribute", "message"),
    [
        ("slack", "ELSEWHERE", "has the same name as another one"),
        ("pager", "MISSING", "cannot be loaded"),
        ("pager", "GROUP", "is not a sync.notifiers.base.Channel"),
    ],
)
def test_a_plugin_that_does_not_fit_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, attribute: str, message: str
) -> None:
    plugged(monkeypatch, name, attribute)

    with pytest.raises(ConfigError, match=f'"{name}" of .* {message}'):
        known_notifiers()


def test_a_channel_sends_only_the_configured_messages() -> None:
    channel = WebhookSettings(url_env="HOOK", audiences=frozenset({Audience.SM}), teams=frozenset({"Payments"}))

    assert channel.wants(message())
    assert not channel.wants(message(team="Search"))
    assert not channel.wants(message(audience=Audience.PO, team=""))


def test_a_channel_without_restrictions_sends_everything() -> None:
    assert WebhookSettings(url_env="HOOK").wants(message(audience=Audience.PO, team=""))


def test_a_misspelt_option_is_refused() -> None:
    with pytest.raises(ValidationError, match="url_envv"):
        WebhookSettings.model_validate({"url_env": "HOOK", "url_envv": "X"})
