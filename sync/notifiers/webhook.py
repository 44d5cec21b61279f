"""A message as a JSON document, posted to any address."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from rules.messages import Message
from sync.notifiers.base import ChannelSettings
from sync.notifiers.post import post, secret_address

SCHEMA = "readyline/message/1"


class WebhookSettings(ChannelSettings):
    """A message to a web address."""

    kind: Literal["webhook"] = "webhook"
    """Which channel."""
    url_env: Annotated[str, Field(min_length=1, pattern=r"\S")]
    """The environment variable that holds the address; the address itself is a secret."""


class Webhook:
    """Posts each message to the address in an environment variable."""

    def __init__(self, settings: WebhookSettings, environ: Mapping[str, str]) -> None:
        self._settings = settings
        self._address = secret_address(environ, settings.url_env)

    def send(self, message: Message) -> None:
        """Post the message once. Raises `NotifyError`."""
        limit = self._settings.timeout_seconds
        post(self._address, as_document(message), name=self._settings.url_env, timeout_seconds=limit)


def as_document(message: Message) -> dict[str, Any]:
    """The message as plain data."""
    return {
        "schema": SCHEMA,
        "at": message.at.isoformat(),
        "audience": message.audience.value,
        "team": message.team,
        "level": message.level.value,
        "title": message.title,
        "lines": list(message.lines),
        "link": message.link,
    }
