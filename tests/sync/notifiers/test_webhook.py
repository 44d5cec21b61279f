import json

import pytest
import requests
import responses

from sync.errors import ConfigError, NotifyError
from sync.notifiers.webhook import Webhook, WebhookSettings
from tests.sync.notifiers.messages import HOSTILE, message

ADDRESS = "https://hooks.example.com/T0P-SECRET"
SETTINGS = WebhookSettings(url_env="HOOK")


def webhook(address: str = ADDRESS) -> Webhook:
    return Webhook(SETTINGS, {"HOOK": address})


@responses.activate
def test_a_message_arrives_as_one_json_document() -> None:
    responses.post(ADDRESS, status=204)

    webhook().send(message())

    call = responses.calls[0].request
    assert call.headers["Content-Type"] == "application/json"
    assert json.loads(call.body or b"") == {
        "schema": "readyline/message/1",
        "at": "2026-03-02T09:00:00+00:00",
        "audience": "sm",
        "team": "Payments",
        "level": "red",
        "title": "Payments: Sprint 7 starts on Monday 9 March",
        "lines": ["Availability: 15 of 20 person-days.", "Capacity: 12 points."],
        "link": "https://reports.example.com/shop",
    }


@responses.activate
def test_hostile_lines_arrive_as_the_strings_they_are() -> None:
    responses.post(ADDRESS)

    webhook().send(message(lines=HOSTILE))

    assert json.loads(responses.calls[0].request.body or b"")["lines"] == list(HOSTILE)


@responses.activate
@pytest.mark.parametrize("status", [302, 400, 404, 429, 500])
def test_a_refusal_names_the_variable_and_the_status_and_never_the_address(status: int) -> None:
    responses.post(ADDRESS, status=status, headers={"Location": "https://elsewhere.example.com"})

    with pytest.raises(NotifyError) as caught:
        webhook().send(message())

    assert str(caught.value) == f"the address in HOOK refused the message (status {status})"
    assert len(responses.calls) == 1


@responses.activate
@pytest.mark.parametrize(
    "fault",
    [
        requests.ConnectionError(f"cannot reach {ADDRESS}"),
        requests.ReadTimeout(ADDRESS),
        requests.exceptions.SSLError(ADDRESS),
        requests.exceptions.InvalidURL(ADDRESS),
    ],
)
def test_a_missing_answer_is_reported_without_the_address_and_its_cause(fault: Exception) -> None:
    responses.post(ADDRESS, body=fault)

    with pytest.raises(NotifyError) as caught:
        webhook().send(message())

    assert "T0P-SECRET" not in str(caught.value)
    assert caught.value.__suppress_context__
    assert type(fault).__name__ in str(caught.value)


@responses.activate
def test_every_request_has_a_time_out() -> None:
    responses.post(ADDRESS)

    Webhook(SETTINGS.model_copy(update={"timeout_seconds": 3.0}), {"HOOK": ADDRESS}).send(message())

    assert responses.calls[0].request.req_kwargs["timeout"] == 3.0  # type: ignore[attr-defined]


def test_an_empty_variable_is_named() -> None:
    with pytest.raises(ConfigError, match="HOOK is empty"):
        Webhook(SETTINGS, {"HOOK": " "})


@pytest.mark.parametrize(
    "address", ["http://hooks.example.com/s3cret", "ftp://x/s3cret", "s3cret", "https://[s3cret", "https:///s3cret"]
)
def test_an_unencrypted_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(ConfigError) as caught:
        webhook(address)

    assert "HOOK must hold an https address" in str(caught.value)
    assert "s3cret" not in str(caught.value)


@responses.activate
def test_an_address_on_this_machine_may_be_plain_http() -> None:
    responses.post("http://127.0.0.1:8080/hook")

    webhook("http://127.0.0.1:8080/hook").send(message())

    assert len(responses.calls) == 1
