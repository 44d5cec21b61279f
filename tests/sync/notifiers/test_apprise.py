"""The other services, over one that posts JSON to a given address."""

import importlib.util
import json
import logging

import pytest
import requests
import responses

import sync.notifiers.apprise
from sync.errors import ConfigError, NotifyError
from sync.notifiers.apprise import Apprise, AppriseSettings, as_text
from tests.sync.notifiers.messages import HOSTILE, message

ADDRESS = "jsons://bot:s3cret@chat.example.com/hook"
POSTED = "https://chat.example.com/hook"


def channel(address: str = ADDRESS) -> Apprise:
    return Apprise(AppriseSettings(url_env="CHAT", timeout_seconds=3), {"CHAT": address})


@responses.activate
def test_a_message_arrives_with_its_lines_and_its_link() -> None:
    responses.post(POSTED)

    channel().send(message())

    sent = json.loads(responses.calls[0].request.body or b"")
    assert sent["title"] == "Payments: Sprint 7 starts on Monday 9 March"
    assert sent["message"].splitlines() == [
        "Availability: 15 of 20 person-days.",
        "Capacity: 12 points.",
        "https://reports.example.com/shop",
    ]
    assert responses.calls[0].request.req_kwargs["timeout"] == (3.0, 3.0)  # type: ignore[attr-defined]


@responses.activate
@pytest.mark.parametrize("fault", [500, requests.ConnectionError(ADDRESS)])
def test_a_refusal_names_the_variable_and_shows_no_secret(
    fault: int | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    responses.post(POSTED, **({"status": fault} if isinstance(fault, int) else {"body": fault}))

    with caplog.at_level(logging.DEBUG), pytest.raises(NotifyError) as caught:
        channel().send(message())

    assert "CHAT" in str(caught.value)
    assert "s3cret" not in f"{caught.value} {caplog.text}"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_pings(hostile: str) -> None:
    text = as_text(message(lines=(hostile,)))
    assert "@everyone" not in text
    assert "<!" not in text
    assert "<@" not in text


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("", "CHAT is empty"),
        ("nonsense-s3cret", "must hold one address that apprise knows"),
        ("unknown://s3cret", "must hold one address that apprise knows"),
        (f"{ADDRESS}, {ADDRESS}2", "must hold one address that apprise knows"),
        ("mailto://ana:s3cret@example.com", 'use kind = "mail"'),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_and_not_repeated(address: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        channel(address)

    assert "s3cret" not in str(caught.value)


def test_without_its_extra_the_channel_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync.notifiers.apprise, "find_spec", lambda _: None)
    assert importlib.util.find_spec("apprise")

    with pytest.raises(ConfigError, match=r"pip install -c constraints\.txt '\.\[apprise\]'"):
        channel()
