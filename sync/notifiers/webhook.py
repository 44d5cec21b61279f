"""A message as a JSON document, posted to any address, signed where a key is configured.

The signature is that of Standard Webhooks, for which receivers have libraries: an id that a repeated message keeps, the
time, and an HMAC with SHA-256 over both and the body. https://www.standardwebhooks.com
"""

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from sync.errors import ConfigError
from sync.notifiers.base import ChannelSettings, secret
from sync.notifiers.post import NO_HEADERS, as_body, post, secret_address

if TYPE_CHECKING:
    from rules.messages import Message

SCHEMA = "readyline/message/1"
KEY_PREFIX = "whsec_"
SHORTEST_KEY = 24  # bytes, as Standard Webhooks asks


class WebhookSettings(ChannelSettings):
    """A message to a web address."""

    kind: Literal["webhook"] = "webhook"
    """Which channel."""
    url_env: Annotated[str, Field(min_length=1, pattern=r"\S")]
    """The environment variable that holds the address; the address itself is a secret."""
    secret_env: str = ""
    """The environment variable with the key that signs messages: "whsec_" and Base64; "" for no signature."""

    @property
    def place(self) -> str:
        """The variable with the address."""
        return self.url_env


class Webhook:
    """Posts each message to the address in an environment variable."""

    def __init__(
        self, settings: WebhookSettings, environ: Mapping[str, str], clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._address = secret_address(environ, settings.url_env)
        self._key = signing_key(environ, settings.secret_env) if settings.secret_env else None
        self._clock = clock

    def send(self, message: "Message") -> None:
        """Post the message once. Raises `NotifyError`."""
        body = as_body(as_document(message))
        headers = NO_HEADERS if self._key is None else signature(self._key, message, body, int(self._clock()))
        limit = self._settings.timeout_seconds
        post(self._address, body, name=self._settings.url_env, timeout_seconds=limit, headers=headers)


def as_document(message: "Message") -> dict[str, Any]:
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
        "docs": message.docs,
    }


def signing_key(environ: Mapping[str, str], name: str) -> bytes:
    """The key in an environment variable. Raises `ConfigError` where it is missing, malformed or too short."""
    text = secret(environ, name).removeprefix(KEY_PREFIX)
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) < SHORTEST_KEY:
        raise ConfigError(
            f'[[notify]]: the environment variable {name} must hold "{KEY_PREFIX}" and at least {SHORTEST_KEY} bytes '
            f"in Base64; `openssl rand -base64 32` makes some"
        )
    return key


def signature(key: bytes, message: "Message", body: bytes, at: int) -> dict[str, str]:
    """The headers of a signed message; `at` is in seconds since 1970. A repeated message has the same id."""
    about = "\n".join((message.recipient, *sorted(message.occasions)))
    number = f"msg_{hashlib.sha256(about.encode()).hexdigest()[:32]}"
    signed = hmac.new(key, b".".join((number.encode(), str(at).encode(), body)), hashlib.sha256).digest()
    return {
        "webhook-id": number,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }
