import base64
import hashlib
import hmac
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
        "docs": "",
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


# The key, the id, the time and the body of the test of the reference libraries, and what they compute for it.
REFERENCE_KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
REFERENCE = (b"msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')


def signed(key: str, number: bytes, at: int, body: bytes) -> str:
    secret = base64.b64decode(key.removeprefix("whsec_"))
    made = hmac.new(secret, number + b"." + str(at).encode() + b"." + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(made).decode()


@responses.activate
def test_a_signed_message_can_be_checked_by_its_id_time_and_body_and_keeps_its_id_when_repeated() -> None:
    responses.post(ADDRESS)
    assert signed(REFERENCE_KEY, *REFERENCE) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    settings = WebhookSettings(url_env="HOOK", secret_env="KEY")
    clock = iter((1_800_000_000.7, 1_800_000_900.0))
    channel = Webhook(settings, {"HOOK": ADDRESS, "KEY": REFERENCE_KEY}, lambda: next(clock))

    channel.send(message())
    channel.send(message(title="as it is by now"))

    first, second = (call.request for call in responses.calls)
    assert first.headers["webhook-timestamp"] == "1800000000"
    for one in (first, second):
        assert isinstance(one.body, bytes)
        number, at = one.headers["webhook-id"].encode(), int(one.headers["webhook-timestamp"])
        assert one.headers["webhook-signature"] == signed(REFERENCE_KEY, number, at, one.body)
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]


@responses.activate
def test_without_a_key_nothing_is_signed() -> None:
    responses.post(ADDRESS)
    webhook().send(message())
    assert not [name for name in responses.calls[0].request.headers if name.lower().startswith("webhook-")]


@pytest.mark.parametrize("key", ["whsec_c2hvcnQ=", "not base64 s3cret", "s3cret"])
def test_a_key_that_cannot_be_used_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(ConfigError, match="KEY must hold") as caught:
        Webhook(WebhookSettings(url_env="HOOK", secret_env="KEY"), {"HOOK": ADDRESS, "KEY": key})

    assert key not in str(caught.value)
