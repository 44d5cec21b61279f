"""A message in a channel of Microsoft Teams, through a workflow that waits for a webhook request.

The message is an Adaptive Card. All text is in text runs, which have no Markdown. A word joiner after each "{" keeps
the functions for dates away, and one after each at sign stops clients that look for mentions themselves.
https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
https://adaptivecards.io/explorer/TextRun.html
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from sync.notifiers.base import ChannelSettings, is_link
from sync.notifiers.post import as_body, post, secret_address
from sync.sanitize import clip

if TYPE_CHECKING:
    from rules.messages import Message

TITLE, LINE = 150, 600  # characters
BODY = 24_000  # bytes; Teams takes at most 28 KB, with the frame around the texts
APART = "\N{WORD JOINER}"


class TeamsSettings(ChannelSettings):
    """A message to a channel of Microsoft Teams."""

    kind: Literal["teams"] = "teams"
    """Which channel."""
    url_env: Annotated[str, Field(min_length=1, pattern=r"\S")]
    """The environment variable that holds the address of the workflow; the address itself is a secret."""

    @property
    def place(self) -> str:
        """The variable with the address."""
        return self.url_env


class Teams:
    """Posts each message to a workflow."""

    def __init__(self, settings: TeamsSettings, environ: Mapping[str, str]) -> None:
        self._settings = settings
        self._address = secret_address(environ, settings.url_env)

    def send(self, message: "Message") -> None:
        """Post the message once. Raises `NotifyError`."""
        limit = self._settings.timeout_seconds
        post(self._address, as_body(as_card(message)), name=self._settings.url_env, timeout_seconds=limit)


def as_card(message: "Message") -> dict[str, Any]:
    """The message as an Adaptive Card: the title, the lines, and buttons with the links."""
    title = _text(inert(clip(message.title, TITLE)) or "readyline", weight="Bolder", size="Medium")
    buttons = (("Open the page", message.link), ("What the rules mean", message.docs))
    content = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [title, *_lines(message)],
        "actions": [{"type": "Action.OpenUrl", "title": name, "url": url} for name, url in buttons if is_link(url)],
    }
    card = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": content}
    return {"type": "message", "attachments": [card]}


def inert(text: str) -> str:
    """Text that Teams shows unchanged: no mention, no function."""
    return text.replace("@", f"@{APART}").replace("{", f"{{{APART}")


def _text(text: str, **style: str) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **style}]}


def _lines(message: "Message") -> Iterator[dict[str, Any]]:
    """The lines as far as a card has room, and how many are left out."""
    room = BODY
    for number, line in enumerate(message.lines):
        block = _text(inert(clip(line, LINE)) or " ")
        room -= len(as_body(block))
        if room < 0:
            yield _text(f"And {len(message.lines) - number} more.")
            return
        yield block
