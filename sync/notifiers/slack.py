"""A message in a Slack channel, through an incoming webhook.

All text is data: the three characters with a meaning in Slack are escaped. `verbatim` turns automatic mentions and
links off. A word joiner after each at sign stops clients that look for mentions themselves.
https://docs.slack.dev/reference/block-kit/composition-objects/text-object
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from sync.notifiers.base import ChannelSettings, is_link
from sync.notifiers.post import as_body, post, secret_address
from sync.sanitize import clip

if TYPE_CHECKING:
    from rules.messages import Message

TITLE, TEXT, BLOCKS = 150, 3000, 50  # Slack's limits for a header, a text object and a message
APART = "\N{WORD JOINER}"


class SlackSettings(ChannelSettings):
    """A message to a Slack channel."""

    kind: Literal["slack"] = "slack"
    """Which channel."""
    url_env: Annotated[str, Field(min_length=1, pattern=r"\S")]
    """The environment variable that holds the address of the incoming webhook; the address itself is a secret."""

    @property
    def place(self) -> str:
        """The variable with the address."""
        return self.url_env


class Slack:
    """Posts each message to an incoming webhook."""

    def __init__(self, settings: SlackSettings, environ: Mapping[str, str]) -> None:
        self._settings = settings
        self._address = secret_address(environ, settings.url_env)

    def send(self, message: "Message") -> None:
        """Post the message once. Raises `NotifyError`."""
        limit = self._settings.timeout_seconds
        post(self._address, as_body(as_blocks(message)), name=self._settings.url_env, timeout_seconds=limit)


def as_blocks(message: "Message") -> dict[str, Any]:
    """The message as Slack's blocks: the title, the lines, the links."""
    title = clip(message.title, TITLE)
    sections = [_section(text) for text in _texts(message)][: BLOCKS - 2]
    named = (("Open the page", message.link), ("What the rules mean", message.docs))
    links = " · ".join(f"<{link}|{name}>" for name, link in named if is_link(link))
    return {
        "text": inert(title),
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
        "blocks": [{"type": "header", "text": _plain(title)}, *sections, *([_section(links)] if links else [])],
    }


def inert(text: str) -> str:
    """Text that Slack shows unchanged: no mention, no link, no entity."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("@", f"@{APART}")


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text.replace("@", f"@{APART}")[:TITLE] or "readyline", "emoji": False}


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _texts(message: "Message") -> Iterator[str]:
    """The lines in as few texts as Slack's limit allows; escaping makes a line at most five times as long."""
    text = ""
    for line in message.lines:
        escaped = inert(clip(line, TEXT // 5))
        if text and len(text) + 1 + len(escaped) > TEXT:
            yield text
            text = escaped
        else:
            text = f"{text}\n{escaped}" if text else escaped
    if text:
        yield text
