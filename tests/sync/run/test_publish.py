"""The last stop: people get each message once, within their week, outside quiet hours, never at the cost of a run."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from structlog.testing import capture_logs

from rules.messages import Audience, Message, Sent
from rules.plan.mail_budget import Mail
from rules.plan.quiet_hours import QuietTime
from rules.planning.lead_time import PlanningLeadTime
from sync.errors import ConfigError, NotifyError, PartlySent
from sync.notifiers import ChannelSettings
from sync.notifiers.mail import MailSettings
from sync.notifiers.webhook import WebhookSettings
from sync.reports.base import RunReport
from sync.run.publish import Publisher, open_channels
from sync.store import Store
from sync.store.mail_log import MailLog
from sync.store.message_log import MessageLog
from sync.store.schema import STORE
from sync.store.sqlite import in_memory
from tests.sync.reports.sample import STARTED, sample

FAR_EVE = PlanningLeadTime(working_days=5)


class PhoneSettings(ChannelSettings):
    """A channel of the tests."""

    kind: Literal["phone"] = "phone"


@dataclass
class Phone:
    """Remembers what it was given, or refuses everything."""

    broken: bool = False
    commands: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        if self.broken:
            raise NotifyError("nobody answers")
        self.commands.append(message)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[MessageLog]:
    with closing(Store.open(tmp_path / "readyline.db")) as store:
        yield store.messages


def publisher(log: MessageLog, *phones: Phone, at: datetime = STARTED, **options: Any) -> Publisher:
    channels = tuple((PhoneSettings(), phone) for phone in phones)
    mails = MailLog(in_memory(STORE))
    values: dict[str, Any] = {"channels": channels, "lead_time": FAR_EVE, "mails": mails}
    return Publisher(log=log, clock=lambda: at, **(values | options))


TEAMS = ("Payments", "Storefront", "Search")
EVERYBODY = ["po:", *(f"sm:{team}" for team in TEAMS), *(f"team:{team}" for team in TEAMS)]
"""Who gets a message when all plannings are near, each a single one.

It tells the Product Owner of the week and the planning, two Scrum Masters also what their teams must agree on.
"""


def test_everybody_concerned_gets_one_message_whatever_the_number_of_runs(log: MessageLog) -> None:
    phone = Phone()

    for minutes in range(0, 60, 15):
        publisher(log, phone, at=STARTED + timedelta(minutes=minutes))(sample())

    assert [message.recipient for message in phone.commands] == EVERYBODY


def test_a_message_that_reached_some_recipients_is_not_sent_again_and_the_log_names_the_others(log: MessageLog) -> None:
    class Choosy(Phone):
        def send(self, message: Message) -> None:
            super().send(message)
            raise PartlySent("the mail server refused gone@example.com (550)")

    phone = Choosy()

    with capture_logs() as logs:
        for _ in range(2):
            publisher(log, phone)(sample())

    assert len(phone.commands) == len(EVERYBODY)
    assert [one["why"] for one in logs if one["event"] == "message.partly_sent"] == [
        "the mail server refused gone@example.com (550)"
    ] * len(EVERYBODY)


def test_the_page_of_the_next_run_says_which_messages_somebody_did_not_get(log: MessageLog, tmp_path: Path) -> None:
    options: dict[str, Any] = {"reports": [("html", tmp_path)], "lead_time": PlanningLeadTime(working_days=1)}
    publisher(log, Phone(broken=True), **options)(sample())
    publisher(log, Phone(), **options)(sample())
    page = (tmp_path / "readyline-admin.html").read_text()
    assert 'phone: <span class="quiet">nobody answers; 1 try, next try from' in page

    publisher(log, Phone(), **options)(sample())
    assert "Messages not delivered" not in (tmp_path / "readyline-admin.html").read_text()


def test_a_restart_repeats_no_message(tmp_path: Path) -> None:
    phone = Phone()
    for _ in range(2):
        with closing(Store.open(tmp_path / "readyline.db")) as store:
            publisher(store.messages, phone)(sample())

    assert len(phone.commands) == len(EVERYBODY)


def test_a_worker_that_dies_while_sending_does_not_say_it_again(log: MessageLog) -> None:
    class Dying(Phone):
        def send(self, message: Message) -> None:
            super().send(message)
            raise KeyboardInterrupt

    dying, next_one = Dying(), Phone()
    with pytest.raises(KeyboardInterrupt):
        publisher(log, dying)(sample())
    publisher(log, next_one)(sample())

    everybody = [message.recipient for message in (*dying.commands, *next_one.commands)]
    assert sorted(everybody) == sorted(EVERYBODY)


def test_a_channel_that_fails_ends_nothing_and_another_one_carries_the_message(log: MessageLog) -> None:
    working = Phone()
    with capture_logs() as logs:
        publisher(log, Phone(broken=True), working)(sample())

    assert len(working.commands) == len(EVERYBODY)
    assert {entry["why"] for entry in logs if entry["event"] == "message.failed"} == {"nobody answers"}


def test_what_no_channel_took_is_tried_again(log: MessageLog) -> None:
    phone = Phone(broken=True)
    publisher(log, phone)(sample())
    phone.broken = False
    publisher(log, phone)(sample())

    assert len(phone.commands) == len(EVERYBODY)


def test_a_channel_gets_only_what_it_wants_and_what_nobody_wants_is_not_noted(log: MessageLog) -> None:
    phone = Phone()
    only_search = PhoneSettings(audiences=frozenset({Audience.SM}), teams=frozenset({"Search"}))
    publisher(log, channels=((only_search, phone),))(sample())

    assert [message.recipient for message in phone.commands] == ["sm:Search"]
    assert [row.recipient for row in log.rows()] == ["sm:Search"]


def test_in_quiet_hours_no_message_is_sent_and_afterwards_they_are(log: MessageLog) -> None:
    phone = Phone()
    quiet = QuietTime(begin=time(8), end=time(10))
    publisher(log, phone, quiet=quiet)(sample())
    assert phone.commands == []

    publisher(log, phone, quiet=quiet, at=STARTED + timedelta(hours=1))(sample())
    assert len(phone.commands) == len(EVERYBODY)


def test_the_page_in_confluence_is_written_after_a_run_but_not_in_quiet_hours(log: MessageLog) -> None:
    written: list[str] = []

    def note(report: RunReport) -> None:
        written.append(report.run)

    quiet = QuietTime(begin=time(8), end=time(10))
    publisher(log, wiki=note, quiet=quiet)(sample())
    assert written == []
    publisher(log, wiki=note, quiet=quiet, at=STARTED + timedelta(hours=1))(sample())
    assert written == [sample().run]


def test_nobody_gets_more_than_the_weeks_messages(log: MessageLog) -> None:
    phone = Phone()
    for day in range(3):
        log.add(Sent(at=STARTED - timedelta(days=day), recipient="sm:Search", occasions=(f"told {day}",)))
    publisher(log, phone, per_week=3)(sample())

    assert [message.recipient for message in phone.commands] == [one for one in EVERYBODY if one != "sm:Search"]


def test_before_the_lead_time_scrum_masters_hear_of_promises_only(log: MessageLog) -> None:
    phone = Phone()
    publisher(log, phone, lead_time=PlanningLeadTime(working_days=1))(sample())

    assert [message.recipient for message in phone.commands] == ["po:", "sm:Payments", "sm:Storefront"]
    assert all("promise" in message.title or "waits" in message.title for message in phone.commands[1:])


def test_every_report_is_written_into_its_folder(log: MessageLog, tmp_path: Path) -> None:
    publisher(log, reports=(("html", tmp_path / "a"), ("csv", tmp_path / "b")))(sample())

    teams = {f"readyline-team-{team}.html" for team in ("payments", "search", "storefront")}
    assert {path.name for path in (tmp_path / "a").iterdir()} == {
        "readyline.html",
        "readyline-admin.html",
        "index.html",
    } | teams
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["readyline.csv"]


def test_messages_link_to_the_published_reports_that_are_written(tmp_path: Path) -> None:
    def links(*kinds: str) -> set[str]:
        phone, log = Phone(), MessageLog(in_memory(STORE))
        reports = tuple((kind, tmp_path) for kind in kinds)
        publisher(log, phone, reports=reports, address="https://intranet.example/r/")(sample())
        return {message.link for message in phone.commands}

    assert links("csv") == {""}
    teams = {f"https://intranet.example/r/readyline-team-{team}.html" for team in ("payments", "search", "storefront")}
    assert links("html") == {"https://intranet.example/r/readyline.html", *teams}
    assert links("planning") == {"https://intranet.example/r/readyline-planning.html"}
    both = {"https://intranet.example/r/readyline.html", "https://intranet.example/r/readyline-planning.html", *teams}
    assert links("html", "planning") == both


def test_messages_link_to_the_rules_pages_where_they_are_published(log: MessageLog) -> None:
    phone = Phone()
    publisher(log, phone, docs="https://intranet.example/rules/")(sample())
    assert {message.docs for message in phone.commands} == {"https://intranet.example/rules/README.md"}


def test_a_report_that_cannot_be_written_ends_nothing(log: MessageLog, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    phone = Phone()
    with capture_logs() as logs:
        publisher(log, phone, reports=(("text", tmp_path / "taken"), ("text", tmp_path / "free")))(sample())

    assert [entry["kind"] for entry in logs if entry["event"] == "report.failed"] == ["text"]
    assert (tmp_path / "free" / "readyline.txt").exists()
    assert len(phone.commands) == len(EVERYBODY)


def test_a_channel_without_its_secret_is_reported_before_anything_happens() -> None:
    with pytest.raises(ConfigError, match="READYLINE_WEBHOOK"):
        open_channels([WebhookSettings(url_env="READYLINE_WEBHOOK")], {})


def test_the_log_lets_go_of_what_is_over_a_year_old(log: MessageLog) -> None:
    old = Sent(at=datetime(2024, 1, 1, tzinfo=UTC), recipient="po:", occasions=("a",))
    log.add(old)
    log.add(replace(old, at=STARTED))

    assert [row.at for row in log.rows()] == [STARTED]


MAIL = MailSettings(host="127.0.0.1", sender="bot@example.com", to=("Ana@example.com",))
"""A mailbox that gets the messages of every role."""


def published(log: MessageLog, mails: MailLog, **options: Any) -> list[str]:
    """The recipients of the messages that go to one mailbox."""
    phone = Phone()
    publisher(log, channels=((MAIL, phone),), mails=mails, **options)(sample())
    return [message.recipient for message in phone.commands]


def test_messages_of_several_roles_to_one_mailbox_count_for_that_mailbox(log: MessageLog) -> None:
    mails = MailLog(in_memory(STORE))
    assert len(published(log, mails, per_week=2)) == 1  # two roles in one mail, as many as the week has room for
    assert len(published(log, mails, per_week=2)) == 1
    assert published(log, mails, per_week=2) == []
    assert len(published(log, mails, per_week=3, at=STARTED + timedelta(hours=1))) == 1


def test_mails_of_the_tracker_leave_less_room_for_messages_to_the_same_person(log: MessageLog) -> None:
    mails = MailLog(in_memory(STORE))
    mails.add("r1", [Mail(issue=str(number), about="comment", person="acc-ana") for number in range(4)], STARTED)
    limits: dict[str, Any] = {"mails_per_week": 5, "accounts": {"ana@example.com": "acc-ana"}}
    assert len(published(log, mails, **limits)) == 1
    assert published(log, mails, **limits) == []


def test_a_message_that_was_not_sent_does_not_count(log: MessageLog) -> None:
    mails = MailLog(in_memory(STORE))
    publisher(log, channels=((MAIL, Phone(broken=True)),), mails=mails)(sample())
    assert mails.since(STARTED - timedelta(days=7)) == ()
