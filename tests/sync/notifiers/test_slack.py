import json
from typing import Any

import pytest
import responses

from sync.errors import NotifyError
from sync.notifiers.slack import BLOCKS, TEXT, TITLE, Slack, SlackSettings, as_blocks
from tests.hostile import detectors as signs
from tests.sync.notifiers.messages import HOSTILE, message

ADDRESS = "https://hooks.slack.com/services/T0P/SECRET"


def texts(document: dict[str, Any]) -> list[str]:
    return [document["text"], *(block["text"]["text"] for block in document["blocks"])]


@responses.activate
def test_a_message_arrives_as_title_lines_and_link() -> None:
    responses.post(ADDRESS, body="ok")

    Slack(SlackSettings(url_env="SLACK"), {"SLACK": ADDRESS}).send(message())

    blocks = json.loads(responses.calls[0].request.body or b"")["blocks"]
    assert [block["type"] for block in blocks] == ["header", "section", "section"]
    assert blocks[0]["text"] == {
        "type": "plain_text",
        "text": "Payments: Sprint 7 starts on Monday 9 March",
        "emoji": False,
    }
    assert blocks[1]["text"] == {
        "type": "mrkdwn",
        "text": "Availability: 15 of 20 person-days.\nCapacity: 12 points.",
        "verbatim": True,
    }
    assert blocks[2]["text"]["text"] == "<https://reports.example.com/shop|Open the page>"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_pings_links_or_breaks_out(hostile: str) -> None:
    document = as_blocks(message(title=hostile, lines=(hostile,), link=""))

    json.dumps(document).encode()
    assert signs.in_slack(document) == []


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://x.test|>evil", "https://x.test/<!here>", "", "x"])
def test_only_a_plain_web_address_becomes_a_link(link: str) -> None:
    assert len(as_blocks(message(link=link))["blocks"]) == 2


def test_a_long_message_stays_within_the_limits() -> None:
    document = as_blocks(message(title="t" * 500, lines=("&" * 5000,) * 80))

    assert len(document["blocks"]) <= BLOCKS
    assert len(document["blocks"][0]["text"]["text"]) <= TITLE
    assert all(0 < len(block["text"]["text"]) <= TEXT for block in document["blocks"])


def test_an_empty_title_is_still_a_header() -> None:
    assert as_blocks(message(title="\u202e"))["blocks"][0]["text"]["text"] == "readyline"


@responses.activate
def test_a_refusal_never_shows_the_address() -> None:
    responses.post(ADDRESS, status=403, body="invalid_token")

    with pytest.raises(NotifyError) as caught:
        Slack(SlackSettings(url_env="SLACK"), {"SLACK": ADDRESS}).send(message())

    assert "SECRET" not in str(caught.value)
