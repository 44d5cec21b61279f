import json
from typing import Any

import pytest
import responses

from sync.errors import NotifyError
from sync.notifiers.teams import Teams, TeamsSettings, as_card
from tests.hostile import detectors as signs
from tests.sync.notifiers.messages import HOSTILE, message

ADDRESS = "https://prod.logic.azure.example/workflows/SECRET"
MOST = 28_000  # bytes that Teams takes


def content(document: dict[str, Any]) -> dict[str, Any]:
    (card,) = document["attachments"]
    assert card["contentType"] == "application/vnd.microsoft.card.adaptive"
    return dict(card["content"])


def texts(document: dict[str, Any]) -> list[str]:
    return [run["text"] for block in content(document)["body"] for run in block["inlines"]]


@responses.activate
def test_a_message_arrives_as_a_card_with_title_lines_and_buttons() -> None:
    responses.post(ADDRESS, status=202)

    docs = "https://docs.example.com/rules/README.md"
    Teams(TeamsSettings(url_env="TEAMS"), {"TEAMS": ADDRESS}).send(message(docs=docs))

    sent = json.loads(responses.calls[0].request.body or b"")
    assert texts(sent) == [
        "Payments: Sprint 7 starts on Monday 9 March",
        "Availability: 15 of 20 person-days.",
        "Capacity: 12 points.",
    ]
    assert content(sent)["actions"] == [
        {"type": "Action.OpenUrl", "title": "Open the page", "url": "https://reports.example.com/shop"},
        {"type": "Action.OpenUrl", "title": "What the rules mean", "url": docs},
    ]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_pings_links_or_breaks_out(hostile: str) -> None:
    assert signs.in_teams(as_card(message(title=hostile, lines=(hostile,), link=""))) == []


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://x.test/ <at>", "x", ""])
def test_only_a_plain_web_address_becomes_a_button(link: str) -> None:
    assert content(as_card(message(link=link)))["actions"] == []


def test_a_long_message_says_how_many_lines_have_no_room() -> None:
    document = as_card(message(lines=("ü" * 5000,) * 80))

    assert len(json.dumps(document)) < MOST
    assert texts(document)[-1] == f"And {80 - len(texts(document)) + 2} more."


@responses.activate
@pytest.mark.parametrize("status", [302, 404, 429, 502])
def test_a_refusal_never_shows_the_address(status: int) -> None:
    responses.post(ADDRESS, status=status, body="bad SECRET", headers={"Location": ADDRESS})

    with pytest.raises(NotifyError) as caught:
        Teams(TeamsSettings(url_env="TEAMS"), {"TEAMS": ADDRESS}).send(message())

    assert str(caught.value) == f"the address in TEAMS refused the message (status {status})"
