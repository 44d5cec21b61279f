"""A message through the library `apprise`, for the many services that have no channel of their own here.

Mail is not sent this way: the recipients would not count towards the mails of a week.
https://appriseit.com
"""

import logging
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from sync.errors import ConfigError, NotifyError
from sync.extras import installing
from sync.notifiers.base import ChannelSettings, is_link, secret
from sync.sanitize import clip

if TYPE_CHECKING:
    from rules.messages import Message

if TYPE_CHECKING:
    from apprise import Apprise as Library

TITLE, LINE = 150, 600  # characters
MAIL = frozenset({"mailto", "mailtos", "ses", "sendgrid", "mailgun", "sparkpost", "smtp2go", "brevo", "resend"})
APART = "\N{WORD JOINER}"


class AppriseSettings(ChannelSettings):
    """A message through one of the services of apprise."""

    kind: Literal["apprise"] = "apprise"
    """Which channel."""
    url_env: Annotated[str, Field(min_length=1, pattern=r"\S")]
    """The environment variable that holds the address as apprise writes it ("discord://..."); it is a secret."""

    @property
    def place(self) -> str:
        """The variable with the address."""
        return self.url_env


class Apprise:
    """Sends each message to one service."""

    def __init__(self, settings: AppriseSettings, environ: Mapping[str, str]) -> None:
        self._name = settings.url_env
        self._service = _service(secret(environ, settings.url_env), settings)

    def send(self, message: "Message") -> None:
        """Send the message once. Raises `NotifyError`."""
        from apprise import NotifyFormat

        try:
            is_sent = self._service.notify(
                title=inert(clip(message.title, TITLE)), body=as_text(message), body_format=NotifyFormat.TEXT
            )
        except Exception as error:  # noqa: BLE001 - any of a hundred services; its text may hold the address
            raise NotifyError(f"the service in {self._name} failed ({type(error).__name__})") from None
        if not is_sent:
            raise NotifyError(f"the service in {self._name} did not take the message")


def as_text(message: "Message") -> str:
    """The lines and the links as plain text."""
    links = [link for link in (message.link, message.docs) if is_link(link)]
    return "\n".join([*(inert(clip(line, LINE)) for line in message.lines), *links])


def inert(text: str) -> str:
    """Text in which no service finds a mention: a word joiner follows each at sign and each "<"."""
    return text.replace("@", f"@{APART}").replace("<", f"<{APART}")


def _service(address: str, settings: AppriseSettings) -> "Library":
    """The opened service. Raises `ConfigError` without the library, and for an address that it does not know."""
    if find_spec("apprise") is None:
        raise ConfigError(f'[[notify]]: kind = "apprise" needs its extra; {installing("apprise")}')
    from apprise import Apprise as Library

    logging.getLogger("apprise").disabled = True  # its lines hold parts of the address
    name = settings.url_env
    if address.partition(":")[0].casefold() in MAIL:
        raise ConfigError(f'[[notify]]: {name} holds a mail service; use kind = "mail", whose recipients are counted')
    library = Library()
    if not library.add(address) or len(library) != 1:
        raise ConfigError(f"[[notify]]: the environment variable {name} must hold one address that apprise knows")
    for service in library:
        service.socket_connect_timeout = service.socket_read_timeout = settings.timeout_seconds
    return library
