"""What becomes of a message that somebody did not get."""

from dataclasses import replace
from datetime import timedelta

from rules.messages import Message, Sent, Target, Undelivered, next_try, retries
from tests.factories import NOW
from tests.sync.notifiers.messages import message

SLACK = Target("slack READYLINE_SLACK")


def late(*occasions: str, **overrides: object) -> Undelivered:
    sent = Sent(at=NOW, recipient="sm:Payments", occasions=occasions)
    values = {"number": 1, "sent": sent, "missing": {SLACK: "status 500"}, "tries": 1}
    return Undelivered(**(values | {"next_try": NOW} | overrides))  # type: ignore[arg-type]


def about(*occasions: str, title: str = "now") -> Message:
    return message(occasions=occasions, title=title)


def test_the_gaps_between_tries_grow_up_to_six_hours() -> None:
    gaps = [next_try(tries, NOW) - NOW for tries in range(1, 9)]
    assert gaps[:3] == [timedelta(0), timedelta(minutes=15), timedelta(minutes=30)]
    assert gaps[-2:] == [timedelta(hours=6)] * 2
    assert gaps == sorted(gaps)


def test_it_is_sent_again_as_it_is_true_by_now() -> None:
    one = late("a", "b")
    due = retries([one], [about("a", title="first"), about("b", title="second"), about("c")], [one.sent], NOW)
    assert [(again, sent.title, sent.occasions) for again, sent in due.again] == [
        (one, "first, and 1 more message", ("a", "b"))
    ]
    assert due.over == []


def test_it_waits_for_its_next_try_and_for_news_about_the_same() -> None:
    waiting = late("a", next_try=NOW + timedelta(minutes=1))
    assert retries([waiting], [about("a")], [waiting.sent], NOW).again == []
    one = late("a")
    due = retries([one], [about("a", "news")], [one.sent], NOW)
    assert (due.again, due.over) == ([], [])


def test_what_is_no_longer_true_or_is_for_somebody_else_is_let_go() -> None:
    one = late("a")
    others = [about("c"), replace(about("a"), team="Search")]
    assert retries([one], others, [one.sent], NOW).over == [one]


def test_a_target_is_called_by_its_channel_and_address() -> None:
    assert str(SLACK) == "slack READYLINE_SLACK"
    assert str(Target("mail host", "Ana@example.com")) == "mail host: Ana@example.com"
