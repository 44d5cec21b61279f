"""Messages over servers on this machine that fail: what was refused is sent again, and only there."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from structlog.testing import capture_logs

from rules.capacity.model import Level
from rules.messages import Audience, Message, Target
from rules.plan.mail_budget import Mail
from sync.notifiers import ChannelSettings, Notifier, open_notifier
from sync.notifiers.mail import MailSettings
from sync.notifiers.slack import SlackSettings
from sync.notifiers.teams import TeamsSettings
from sync.run.sending import Sending, named
from sync.store.mail_log import MailLog
from sync.store.message_log import MessageLog
from sync.store.schema import STORE
from sync.store.sqlite import SqliteDatabase, in_memory
from tests.factories import NOW
from tests.sync.notifiers.messages import message
from tests.sync.notifiers.test_mail import post_office
from tests.sync.run.test_publish import Phone, PhoneSettings

LATER = NOW + timedelta(minutes=15)
MAIL_TARGET = Target("mail 127.0.0.1", "bo@example.com")


@dataclass
class Chats:
    """Slack and Teams: what each got, and the status with which each answers."""

    address: str = ""
    status: dict[str, int] = field(default_factory=lambda: {"slack": 200, "teams": 202})
    got: list[tuple[str, Any]] = field(default_factory=list)

    def names(self) -> list[str]:
        return [name for name, _ in self.got]


@pytest.fixture
def chats() -> Iterator[Chats]:
    state = Chats()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            name = self.path.strip("/")
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.got.append((name, body))
            self.send_response(state.status[name])
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        state.address = f"http://127.0.0.1:{server.server_address[1]}"
        yield state
        server.shutdown()
        thread.join()


@dataclass
class Office:
    """The logs of a store in memory, over several runs."""

    database: SqliteDatabase = field(default_factory=lambda: in_memory(STORE))

    def __post_init__(self) -> None:
        self.log, self.mails = MessageLog(self.database), MailLog(self.database)

    def run(
        self,
        channels: Sequence[tuple[ChannelSettings, Notifier]],
        *messages: Message,
        at: datetime = NOW,
        per_week: int = 3,
    ) -> list[str]:
        """One run that sends; the events of its log."""
        sending = Sending(log=self.log, mails=self.mails, channels=named(channels), per_week=per_week)
        with capture_logs() as logs:
            sending.send(messages, at, f"r{at:%H%M}")
        return [one["event"] for one in logs]

    def missing(self) -> list[Target]:
        return [target for one in self.log.undelivered() for target in one.missing]

    def mailed(self) -> list[str]:
        return [one.mail.person for one in self.mails.since(NOW - timedelta(days=7))]


def chat(chats: Chats) -> list[tuple[ChannelSettings, Notifier]]:
    environ = {"SLACK": f"{chats.address}/slack", "TEAMS": f"{chats.address}/teams"}
    tables: tuple[ChannelSettings, ...] = (SlackSettings(url_env="SLACK"), TeamsSettings(url_env="TEAMS"))
    return [(table, open_notifier(str(vars(table)["kind"]), table, environ)) for table in tables]


@contextmanager
def mail(*refused: str) -> Iterator[tuple[list[tuple[ChannelSettings, Notifier]], Any]]:
    with post_office(*refused) as post:
        table = MailSettings(
            host="127.0.0.1",
            port=post.port,
            security="none",
            sender="bot@example.com",
            to=("ana@example.com", "bo@example.com"),
        )
        yield [(table, open_notifier("mail", table, {}))], post


def test_a_channel_that_fails_gets_the_message_of_the_next_run_and_the_others_get_nothing_twice(chats: Chats) -> None:
    office = Office()
    chats.status["teams"] = 503
    assert office.run(chat(chats), message()) == ["message.sent", "message.failed"]
    assert office.missing() == [Target("teams TEAMS")]

    chats.status["teams"] = 202
    assert office.run(chat(chats), message(title="By now"), at=LATER) == ["message.sent"]
    assert chats.names() == ["slack", "teams", "teams"]
    assert "By now" in json.dumps(chats.got[-1])
    assert office.missing() == []
    assert office.run(chat(chats), message(), at=LATER + timedelta(hours=1)) == []


def test_a_person_with_two_roles_gets_one_mail_of_a_run() -> None:
    office = Office()
    owner = message(audience=Audience.PO, team="", level=Level.INFO, title="Ready work", occasions=("week 10",))
    with mail() as (channels, post):
        office.run(channels, owner, message())
        office.run(channels, owner, message(), at=LATER)
    assert sum(command.startswith("mail") for command in post.commands) == 1
    assert sorted(office.mailed()) == ["ana@example.com", "bo@example.com"]
    assert [row.recipient for row in office.log.rows()] == ["sm:Payments", "po:"]


def test_two_roles_with_a_chat_get_a_message_each(chats: Chats) -> None:
    Office().run(chat(chats), message(audience=Audience.PO, team="", occasions=("week 10",)), message())
    assert chats.names().count("slack") == 2


def test_a_mail_for_two_roles_that_was_refused_is_missing_for_each() -> None:
    office = Office()
    with mail("<ana@example.com>", "<bo@example.com>") as (channels, _):
        office.run(channels, message(audience=Audience.PO, team="", occasions=("week 10",)), message())
    assert len(office.missing()) == 4
    assert not any(row.is_reached for row in office.log.rows())


def test_a_channel_that_goes_on_failing_is_asked_less_and_less_often(chats: Chats) -> None:
    office = Office()
    chats.status["slack"] = 404
    for quarter in range(24 * 4):
        office.run(chat(chats), message(), at=NOW + timedelta(minutes=15 * quarter))
    assert chats.names().count("slack") == 9
    assert chats.names().count("teams") == 1


def test_a_recipient_who_was_refused_gets_the_mail_later_and_nobody_else_again() -> None:
    office = Office()
    with mail("<bo@example.com>") as (channels, _):
        assert office.run(channels, message()) == ["message.partly_sent"]
    assert (office.missing(), office.mailed()) == ([MAIL_TARGET], ["ana@example.com"])

    with mail() as (channels, post):
        office.run(channels, message(), at=LATER)
    assert [command for command in post.commands if command.startswith("rcpt")] == ["rcpt TO:<bo@example.com>"]
    assert (office.missing(), office.mailed()) == ([], ["ana@example.com", "bo@example.com"])


def test_a_mailbox_that_is_full_by_then_waits() -> None:
    office = Office()
    with mail("<bo@example.com>") as (channels, _):
        office.run(channels, message(), per_week=1)
    office.mails.add("r", [Mail(issue="", about="message", person="bo@example.com")], NOW)

    office.run([(channels[0][0], Phone(broken=True))], message(), at=LATER, per_week=1)
    assert office.missing() == [MAIL_TARGET]


def test_a_newer_message_about_the_same_takes_the_place_of_one_that_was_refused() -> None:
    office, phone = Office(), Phone(broken=True)
    office.run([(PhoneSettings(), phone)], message(occasions=("a",)))
    phone.broken = False

    office.run([(PhoneSettings(), phone)], message(occasions=("a", "b")), at=LATER)
    assert len(phone.commands) == 1
    assert office.missing() == []
    assert office.run([(PhoneSettings(), phone)], message(occasions=("a", "b")), at=LATER) == []


def test_what_nobody_got_is_forgotten_when_it_is_no_longer_true_and_is_news_when_it_is_true_again() -> None:
    office, phone = Office(), Phone(broken=True)
    office.run([(PhoneSettings(), phone)], message())
    assert office.run([(PhoneSettings(), phone)], at=LATER) == ["message.given_up"]
    assert office.log.rows() == ()

    phone.broken = False
    assert office.run([(PhoneSettings(), phone)], message(), at=LATER) == ["message.sent"]


def test_what_some_got_is_not_news_when_it_is_true_again(chats: Chats) -> None:
    office = Office()
    chats.status["teams"] = 500
    office.run(chat(chats), message())
    assert office.run(chat(chats), at=LATER) == ["message.given_up"]
    assert office.run(chat(chats), message(), at=LATER) == []


def test_the_week_of_a_message_counts_from_when_somebody_got_it() -> None:
    office, phone = Office(), Phone(broken=True)
    office.run([(PhoneSettings(), phone)], message())
    phone.broken = False
    office.run([(PhoneSettings(), phone)], message(), at=LATER)
    assert [row.at for row in office.log.rows()] == [LATER]


def test_a_channel_that_is_no_longer_configured_is_not_waited_for(chats: Chats) -> None:
    office = Office()
    chats.status["teams"] = 500
    office.run(chat(chats), message())
    office.run(chat(chats)[:1], message(), at=LATER)
    assert office.missing() == []
    assert chats.names() == ["slack", "teams"]


def test_two_channels_of_one_kind_have_names_of_their_own() -> None:
    assert list(named([(PhoneSettings(), Phone()), (PhoneSettings(), Phone())])) == ["phone", "phone (2)"]
