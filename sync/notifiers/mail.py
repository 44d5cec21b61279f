"""A message as a plain-text mail through an SMTP server."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from copy import copy
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from sync.errors import NotifyError, PartlySent
from sync.notifiers.base import ChannelSettings, secret
from sync.notifiers.post import LOOPBACK
from sync.sanitize import clip

if TYPE_CHECKING:
    from email.message import EmailMessage
    from smtplib import SMTP
    from ssl import SSLContext

    from rules.messages import Message

SUBJECT, LINE = 150, 2000  # characters


def _address(text: str) -> str:
    name, at, host = text.partition("@")
    plain = text.isascii() and text.isprintable() and not set(text) & set(" ,;:<>()[]\"'\\")
    if not (at and name and host and plain) or "@" in host:
        raise ValueError(f'{text!r} is not a mail address; write one like "ana@example.com"')
    return text


MailAddress = Annotated[str, AfterValidator(_address)]


class MailSettings(ChannelSettings):
    """A message by mail."""

    kind: Literal["mail"] = "mail"
    """Which channel."""
    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9.:-]+$")]
    """The SMTP server."""
    port: int = Field(default=587, gt=0, le=65535)
    """Its port."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    """How the connection is encrypted; "none" only on this machine."""
    sender: MailAddress
    """The sender's address."""
    to: tuple[MailAddress, ...] = Field(min_length=1)
    """The addresses that get the mails."""
    user_env: str = ""
    """The environment variable that holds the user name; "" for a server without login."""
    password_env: str = ""
    """The environment variable that holds the password."""

    @property
    def place(self) -> str:
        """The server."""
        return self.host

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that get the mails."""
        return self.to

    def without(self, addresses: AbstractSet[str]) -> Self | None:
        """The channel to the other recipients; `None` where there are no others."""
        others = tuple(address for address in self.to if address.casefold() not in addresses)
        return self.model_copy(update={"to": others}) if others else None

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if self.security == "none" and self.host not in LOOPBACK:
            raise ValueError(f'"{self.host}" would get mails unencrypted; set security = "starttls" or "tls"')
        if bool(self.user_env) != bool(self.password_env):
            raise ValueError("user_env and password_env belong together; set both or neither")
        return self


class Mail:
    """Sends each message to fixed addresses."""

    def __init__(self, settings: MailSettings, environ: Mapping[str, str]) -> None:
        self._settings = settings
        self._login = (
            (secret(environ, settings.user_env), secret(environ, settings.password_env)) if settings.user_env else None
        )

    def send(self, message: "Message") -> None:
        """Send the mail once. Raises `NotifyError`, and `PartlySent` where the server refused some recipients."""
        import smtplib

        settings = self._settings
        where = f"the mail server {settings.host}:{settings.port}"
        try:
            with self._connected() as server:
                if settings.security == "starttls":
                    server.starttls(context=_context())
                if self._login is not None:
                    server.login(*self._login)
                refused = server.send_message(as_mail(message, settings), settings.sender, settings.to)
        # "from None": the answer of a server may repeat the login
        except smtplib.SMTPRecipientsRefused as error:
            raise NotifyError(f"{where} refused every recipient: {_refusals(error.recipients)}") from None
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise NotifyError(f"{where} did not take the mail ({type(error).__name__})") from None
        if refused:
            sentence = f"{where} refused {_refusals(refused)}; the other recipients got the mail"
            raise PartlySent(sentence, {one: f"{where} answered {code}" for one, (code, _) in refused.items()})

    def only_to(self, addresses: AbstractSet[str]) -> "Mail":
        """The same channel to some of its recipients."""
        to = tuple(address for address in self._settings.to if address in addresses)
        mail = copy(self)
        mail._settings = self._settings.model_copy(update={"to": to})  # noqa: SLF001 - its own copy
        return mail

    def _connected(self) -> "SMTP":
        from smtplib import SMTP, SMTP_SSL

        settings = self._settings
        if settings.security == "tls":
            return SMTP_SSL(settings.host, settings.port, timeout=settings.timeout_seconds, context=_context())
        return SMTP(settings.host, settings.port, timeout=settings.timeout_seconds)


def _context() -> "SSLContext":
    import ssl

    return ssl.create_default_context()


def _refusals(refused: Mapping[str, tuple[int, bytes]]) -> str:
    """The refused addresses with the server's codes (RFC 5321): "gone@example.com (550)"."""
    return ", ".join(f"{address} ({code})" for address, (code, _) in refused.items())


def as_mail(message: "Message", settings: MailSettings) -> "EmailMessage":
    """The message as a mail: the title on one line as the subject, the lines as plain text."""
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime, make_msgid

    mail = EmailMessage(policy=SMTP)
    mail["From"] = settings.sender
    mail["To"] = ", ".join(settings.to)
    mail["Subject"] = _subject(message.title)
    mail["Date"] = format_datetime(message.at)
    mail["Message-ID"] = make_msgid(domain=settings.sender.partition("@")[2])  # RFC 5322: unique to each mail
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: automatic replies must not answer
    lines = [clip(line, LINE) for line in message.lines]
    links = [clip(link) for link in (message.link, message.docs) if link]
    mail.set_content("\n".join([*lines, *([""] if links else []), *links]))
    return mail


def _subject(title: str) -> str:
    """The title on one line; what looks like an encoded word (RFC 2047) would be decoded with its line breaks."""
    return clip(title, SUBJECT).replace("=?", "= ?")
