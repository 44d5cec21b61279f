from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from rules.model import NO_MARKS
from rules.plan.changes import AddLabel, Change
from rules.plan.mail_budget import Mail
from rules.plan.outcome import Outcome, Result
from sync.store import Store
from sync.store.database import Place
from sync.store.mail_log import MailLog
from tests.factories import NOW

ANA, BO = Mail(issue="1", about="comment", person="ana"), Mail(issue="2", about="sprint", person="bo")


@pytest.fixture
def log(place: Place) -> Iterator[MailLog]:
    with closing(Store.open(place)) as store:
        yield store.mails


def test_expected_mails_count_at_once(log: MailLog) -> None:
    log.expect("r1", [ANA, BO], NOW)

    assert [one.mail for one in log.since(NOW - timedelta(days=7))] == [ANA, BO]
    assert log.unsettled() == ("r1",)


def test_mails_of_changes_that_did_not_take_hold_are_let_go(log: MailLog) -> None:
    log.expect("r1", [ANA, BO], NOW)
    log.settle("r1", {("1", "comment")}, NOW)

    assert log.rows() == ((NOW, "ana"),)
    assert log.unsettled() == ()


def test_a_week_begins_when_the_last_mail_of_a_run_may_have_gone_out(log: MailLog) -> None:
    log.expect("r1", [ANA], NOW)
    log.settle("r1", {("1", "comment")}, NOW + timedelta(hours=1))

    assert [one.at for one in log.since(NOW)] == [NOW + timedelta(hours=1)]


def test_messages_count_at_once_and_are_no_mails_of_the_tracker(log: MailLog) -> None:
    log.add("r1 message 1", [Mail(issue="", about="message", person="po@example.com")], NOW)

    assert [one.mail.person for one in log.since(NOW - timedelta(days=7))] == ["po@example.com"]
    assert (log.unsettled(), log.rows()) == ((), ())
    log.drop("r1 message 1")
    assert log.since(NOW - timedelta(days=7)) == ()


def test_what_waits_keeps_its_time_until_it_waits_no_more(log: MailLog) -> None:
    log.wait({("1", "comment"), ("2", "labels")}, NOW)
    log.wait({("2", "labels"), ("3", "sprint")}, NOW + timedelta(days=1))

    assert log.waiting() == {("2", "labels"): NOW, ("3", "sprint"): NOW + timedelta(days=1)}


def test_addresses_that_the_tracker_showed_are_kept(log: MailLog) -> None:
    log.learn({"ana@example.com": "ana"})
    log.learn({"ana@example.com": "ana", "bo@example.com": "bo"})

    assert log.accounts() == {"ana@example.com": "ana", "bo@example.com": "bo"}


def test_a_week_ends_to_the_second(log: MailLog) -> None:
    log.expect("r1", [ANA], NOW)

    assert [one.mail for one in log.since(NOW - timedelta(seconds=1))] == [ANA]
    assert log.since(NOW) == ()


def test_what_is_over_a_year_old_is_let_go(log: MailLog) -> None:
    log.expect("r1", [ANA], NOW - timedelta(days=500))
    log.expect("r2", [BO], NOW)

    assert [person for _, person in log.rows()] == ["bo"]


def test_the_journal_gives_what_was_written_on_recently_written_issues_and_what_undid_a_run(place: Place) -> None:
    label = AddLabel(issue="1", key="SHOP-1", label="readyline-ready", why="w")
    other = AddLabel(issue="2", key="SHOP-2", label="readyline-ready", why="w")
    with closing(Store.open(place)) as store:
        journal = store.journal

        def write(run: str, change: Change, hours_ago: int, result: Result = Result.DONE) -> None:
            (row,) = journal.intend(run, [change], {}, NOW - timedelta(hours=hours_ago))
            journal.settle([(row, Outcome(change=change, result=result), NO_MARKS)])

        journal.open_run("r1", started=NOW, digest="d")
        journal.open_run("r2", started=NOW, digest="d", undoes="r1")
        write("r1", label, 30)
        write("r1", other, 30)
        write("r1", label, 3, Result.FAILED)
        write("r2", label, 1)

        past = journal.past_writes(NOW - timedelta(hours=24))
        assert [(one.change.issue, one.undoes) for one in past] == [("1", False), ("1", True)]
