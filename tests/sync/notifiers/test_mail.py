import json
import re
import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any, Self

import pytest
from pydantic import ValidationError

from sync.errors import ConfigError, NotifyError, PartlySent
from sync.notifiers.mail import Mail, MailSettings, as_mail
from tests.sync.notifiers.messages import HOSTILE, message

CASES = Path(__file__).parents[2] / "cases"


@dataclass
class Post:
    """The commands that the small SMTP server got, and the mail it took."""

    port: int = 0
    commands: list[str] = field(default_factory=list)
    mail: bytes = b""


@contextmanager
def post_office(*refused: str) -> Iterator[Post]:
    """An SMTP server on this machine that takes one connection; it refuses commands that contain one of the texts."""
    post = Post()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        post.port = listener.getsockname()[1]
        listener.settimeout(5)
        thread = threading.Thread(target=_serve, args=(listener, post, refused))
        thread.start()
        try:
            yield post
        finally:
            thread.join()


def _serve(listener: socket.socket, post: Post, refused: tuple[str, ...]) -> None:
    connection, _ = listener.accept()
    with connection, connection.makefile("rwb", buffering=0) as line:
        line.write(b"220 hello\r\n")
        while received := line.readline():
            command = received.decode().strip()
            post.commands.append(command)
            if command.upper() == "DATA":
                line.write(b"354 go\r\n")
                while (part := line.readline()) != b".\r\n":
                    post.mail += part
            refuses = any(text in command for text in refused)
            quits = command.upper() == "QUIT"
            line.write(b"550 no s3cret here\r\n" if refuses else b"221 bye\r\n" if quits else b"250 ok\r\n")
            if quits:
                return


def settings(**overrides: Any) -> MailSettings:
    values: dict[str, Any] = {
        "host": "127.0.0.1",
        "security": "none",
        "sender": "bot@example.com",
        "to": ("ana@example.com", "bo@example.com"),
    }
    return MailSettings(**(values | overrides))


def test_a_message_arrives_as_a_plain_text_mail() -> None:
    with post_office() as post:
        Mail(settings(port=post.port), {}).send(message())

    mail = message_from_bytes(post.mail, policy=default)
    assert mail["Subject"] == "Payments: Sprint 7 starts on Monday 9 March"
    assert mail["From"] == "bot@example.com"
    assert mail["To"] == "ana@example.com, bo@example.com"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().splitlines() == [
        "Availability: 15 of 20 person-days.",
        "Capacity: 12 points.",
        "",
        "https://reports.example.com/shop",
    ]
    assert [command for command in post.commands if command.upper().startswith(("MAIL", "RCPT"))] == [
        "mail FROM:<bot@example.com>",
        "rcpt TO:<ana@example.com>",
        "rcpt TO:<bo@example.com>",
    ]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_title_and_no_line_adds_a_header_or_a_part(hostile: str) -> None:
    mail = message_from_bytes(as_mail(message(title=hostile, lines=(hostile,)), settings()).as_bytes(), policy=default)

    assert {name.lower() for name in mail} <= {
        "from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version", "content-type",
        "content-transfer-encoding",
    }  # fmt: skip
    assert mail["To"] == "ana@example.com, bo@example.com"
    assert mail.get_content_type() == "text/plain"
    assert not mail.is_multipart()
    assert "\x1b" not in mail.get_content()
    assert "\u202e" not in mail.get_content()


@pytest.mark.parametrize(
    "address",
    [
        "ana",
        "ana@",
        "@x.test",
        "a@b@c",
        "ana@x.test\nBcc: b@x.test",
        "ana@x.test, b@x.test",
        "<ana@x.test>",
        "änä@x.test",
    ],
)
def test_anything_but_one_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="is not a mail address"):
        settings(to=(address,))


def test_a_remote_server_needs_an_encrypted_connection() -> None:
    with pytest.raises(ValidationError, match="unencrypted"):
        settings(host="mail.example.com")


def test_a_user_without_a_password_is_refused() -> None:
    with pytest.raises(ValidationError, match="belong together"):
        settings(user_env="MAIL_USER")


def test_a_missing_password_names_its_variable() -> None:
    with pytest.raises(ConfigError, match="MAIL_PASSWORD is empty"):
        Mail(settings(user_env="MAIL_USER", password_env="MAIL_PASSWORD"), {"MAIL_USER": "bot"})


def test_a_refusal_names_the_server_and_not_its_answer() -> None:
    with post_office("mail FROM") as post, pytest.raises(NotifyError) as caught:
        Mail(settings(port=post.port), {}).send(message())

    assert str(caught.value) == f"the mail server 127.0.0.1:{post.port} did not take the mail (SMTPSenderRefused)"
    assert caught.value.__suppress_context__


def test_every_mail_has_a_message_id_of_its_own() -> None:
    case = CASES / "22-mail-without-message-id"
    given, wanted = (json.loads((case / name).read_text("utf-8")) for name in ("input.json", "expected.json"))
    channel = settings(sender=given["message"]["sender"], to=given["message"]["to"])

    ids = [as_mail(message(), channel)[wanted["header"]] for _ in range(given["sent"])]

    assert all(re.search(wanted["matches"], one) for one in ids)
    assert all(one.endswith("@example.com>") for one in ids)
    assert len(set(ids)) == given["sent"]


def test_a_mail_that_reaches_some_recipients_names_those_who_were_refused() -> None:
    wanted = json.loads((CASES / "23-mail-partly-refused" / "expected.json").read_text("utf-8"))
    recipients = (*wanted["delivered"], *wanted["fault_names"])

    with (
        post_office(*(f"<{address}>" for address in wanted["fault_names"])) as post,
        pytest.raises(PartlySent) as caught,
    ):
        Mail(settings(port=post.port, to=recipients), {}).send(message())

    assert str(caught.value) == (
        f"the mail server 127.0.0.1:{post.port} refused gone@example.com (550); the other recipients got the mail"
    )
    assert b"Availability: 15 of 20 person-days." in post.mail


def test_a_mail_that_reaches_no_recipient_is_not_sent_and_names_them_all() -> None:
    with post_office("rcpt TO") as post, pytest.raises(NotifyError) as caught:
        Mail(settings(port=post.port), {}).send(message())

    assert not isinstance(caught.value, PartlySent)
    assert str(caught.value).endswith("refused every recipient: ana@example.com (550), bo@example.com (550)")
    assert post.mail == b""


def test_an_unreachable_server_is_a_notify_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(NotifyError, match="ConnectionRefusedError"):
        Mail(settings(port=port), {}).send(message())


class Spy:
    """Replaces the clients of smtplib and records the calls."""

    used: list[tuple[Any, ...]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        type(self).used = [("open", *args, kwargs["timeout"])]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def starttls(self, *, context: Any) -> None:
        self.used.append(("starttls", context.check_hostname))

    def login(self, user: str, password: str) -> None:
        self.used.append(("login", user, password))

    def send_message(self, *_: object) -> dict[str, tuple[int, bytes]]:
        self.used.append(("send",))
        return {}


@pytest.mark.parametrize(
    ("security", "client", "expected"),
    [
        ("starttls", "SMTP", ["open", "starttls", "login", "send"]),
        ("tls", "SMTP_SSL", ["open", "login", "send"]),
    ],
)
def test_the_login_comes_after_the_encryption(
    monkeypatch: pytest.MonkeyPatch, security: str, client: str, expected: list[str]
) -> None:
    monkeypatch.setattr(smtplib, client, Spy)
    channel = settings(host="mail.example.com", security=security, user_env="U", password_env="P", timeout_seconds=4)

    Mail(channel, {"U": "bot", "P": "s3cret"}).send(message())

    assert [step for step, *_ in Spy.used] == expected
    assert Spy.used[0] == ("open", "mail.example.com", 587, 4.0)
    assert ("login", "bot", "s3cret") in Spy.used


def test_addresses_of_people_who_opted_out_are_left_out_whatever_their_case() -> None:
    settings = MailSettings(
        host="localhost", security="none", sender="a@x.example", to=("Ana@x.example", "bo@x.example")
    )
    others = settings.without({"ana@x.example", "cy@x.example"})
    assert others is not None
    assert others.to == ("bo@x.example",)
    assert settings.without({"ana@x.example", "bo@x.example"}) is None
    assert settings.without(set()) == settings


def test_a_mail_can_be_repeated_to_those_who_were_refused_alone() -> None:
    with post_office("<bo@example.com>") as post, pytest.raises(PartlySent) as caught:
        Mail(settings(port=post.port), {}).send(message())
    assert set(caught.value.refused) == {"bo@example.com"}

    with post_office() as post:
        Mail(settings(port=post.port), {}).only_to(caught.value.refused.keys()).send(message())
    assert [command for command in post.commands if command.startswith("rcpt")] == ["rcpt TO:<bo@example.com>"]
    assert message_from_bytes(post.mail, policy=default)["To"] == "bo@example.com"
