"""What several sessions left open is a decision for the Product Owner, who hears of each once."""

from dataclasses import replace
from datetime import timedelta

from rules.messages import Audience, escalated_messages
from rules.refinement.escalated import escalated
from rules.refinement.layers import Layer
from rules.refinement.sessions import PlannedItem
from rules.refinement.topics import TopicMeeting
from tests.factories import NOW
from tests.rules.refinement.test_topics import WEEK, session, topic

ITEMS = tuple(session(weeks) for weeks in (3, 2, 1))


def test_an_issue_that_three_sessions_left_open_is_escalated_and_one_that_was_settled_is_not() -> None:
    other = [replace(item, issue="8", key="A-8") for item in ITEMS]
    settled = [replace(item, issue="7", key="A-7", settled=NOW) for item in ITEMS]

    decisions = escalated((*ITEMS, *other[1:], *settled), (), 3, NOW)

    assert [(one.what, one.team, one.sessions) for one in decisions] == [("A-9", "Payments", 3)]
    assert decisions[0].since == (NOW - 3 * WEEK).date()


def test_sessions_of_other_teams_and_layers_are_counted_apart() -> None:
    elsewhere = replace(ITEMS[0], team="Search"), replace(ITEMS[1], layer=Layer.OVERALL, team="")
    assert escalated((*elsewhere, ITEMS[2]), (), 2, NOW) == ()


def test_a_topic_is_escalated_after_so_many_sessions_but_never_one_of_the_planning() -> None:
    old = {"at": NOW - 4 * WEEK}
    planning = topic(2, meeting=TopicMeeting.PLANNING, team="", **old)
    closed = topic(3, closed=NOW, **old)
    without_session = topic(4, team="Search", **old)
    items: list[PlannedItem] = [replace(item, settled=item.at) for item in ITEMS]

    decisions = escalated(items, (topic(1, **old), planning, closed, without_session), 3, NOW)

    assert [(one.name, one.what) for one in decisions] == [("topic 1", 'topic 1, "How do we test refunds?"')]
    assert escalated(items, (topic(1),), 3, NOW) == ()


def test_the_product_owner_gets_one_message_with_an_occasion_for_each_decision() -> None:
    decisions = escalated(ITEMS, (topic(1, at=NOW - 4 * WEEK),), 3, NOW)
    (message,) = escalated_messages(decisions, NOW, product="Shop", link="https://x/page")

    since = NOW - 3 * WEEK
    assert (message.audience, message.team, message.link) == (Audience.PO, "", "https://x/page")
    assert message.title == "Shop: 2 decisions wanted after refinement"
    assert message.lines[1] == f"- A-9: open after 3 sessions of Payments, since {since.day} {since:%B}."
    assert message.occasions == ("escalated issue team Payments 9", "escalated topic 1")
    assert escalated_messages((), NOW, product="Shop") == ()


def test_a_long_message_says_how_many_more_there_are() -> None:
    many = [replace(item, issue=str(n), key=f"A-{n}", team="") for n in range(12) for item in ITEMS]
    (message,) = escalated_messages(escalated(many, (), 3, NOW), NOW + timedelta(days=1), product="Shop")

    assert message.lines[1].startswith("- A-0: open after 3 sessions of several teams")
    assert message.lines[-2] == "- and 2 more, on the agendas"
