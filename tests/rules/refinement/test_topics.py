"""Topics next to the issues: on each agenda of their meeting until closed, and escalated after some sessions."""

from datetime import timedelta
from typing import Any

import pytest

from rules.refinement.agenda import Agenda, agenda
from rules.refinement.layers import Layer
from rules.refinement.look_ahead import Seen, is_unseen
from rules.refinement.sessions import PlannedItem
from rules.refinement.topics import Topic, TopicMeeting
from tests.factories import NOW
from tests.rules.planning.world import PAYMENTS, capacity, story
from tests.rules.refinement.test_cadence import running_since
from tests.rules.refinement.world import OPTIONS, backlog, refined

WEEK = timedelta(weeks=1)


def topic(number: int = 1, **overrides: Any) -> Topic:
    values: dict[str, Any] = {
        "at": NOW - 2 * WEEK + number * timedelta(hours=1),
        "meeting": TopicMeeting.TEAM,
        "team": "Payments",
        "text": "How do we test refunds?",
        "minutes": 10,
        "by": "Bo",
    }
    return Topic(number=number, **(values | overrides))


def made(*topics: Topic, timebox: int = 60, items: tuple[PlannedItem, ...] = ()) -> Agenda:
    whole = refined(backlog(story("A-1", 3), story("A-2", 3)), unready=["A-1", "A-2"])
    return agenda(
        whole.candidates,
        whole.routes,
        items,
        OPTIONS,
        layer=Layer.TEAM,
        team="Payments",
        timebox=timebox,
        now=NOW,
        topics=topics,
    )


def numbers(one: Agenda) -> tuple[list[int], list[int]]:
    return [line.topic.number for line in one.topics], [line.topic.number for line in one.topics_left]


def session(weeks_ago: int) -> PlannedItem:
    at = NOW - weeks_ago * WEEK
    return PlannedItem(at=at, layer=Layer.TEAM, team="Payments", issue="9", key="A-9", base=5, minutes=5, points=1)


def test_a_topic_is_open_from_when_it_was_asked_for_until_it_is_closed() -> None:
    closed = topic(closed=NOW, closed_by="Ana", result="with a stub")

    assert topic().is_open(NOW)
    assert not topic().is_open(NOW - 3 * WEEK)
    assert closed.is_open(NOW - WEEK)
    assert not closed.is_open(NOW)


def test_topics_of_the_meeting_come_first_the_oldest_first_and_take_their_minutes_of_the_time_box() -> None:
    others = (topic(3, meeting=TopicMeeting.PLANNING, team=""), topic(4, team="Search"))
    one = made(topic(2), topic(1), *others)

    assert numbers(one) == ([1, 2], [])
    assert one.minutes == 20 + sum(line.minutes for line in one.lines)
    assert one.topics[0].since == topic(1).at.date()


@pytest.mark.parametrize(
    ("minutes", "timebox", "expected"),
    [
        ((20, 20), 60, ([1, 2], [])),
        ((20, 20), 50, ([1], [2])),
        ((40, 5), 30, ([2], [1])),
    ],
    ids=["the second has the room that is left", "the issues come before the second", "too long for the session"],
)
def test_topics_take_half_of_the_time_box_and_what_issues_leave(
    minutes: tuple[int, int], timebox: int, expected: tuple[list[int], list[int]]
) -> None:
    one = made(*(topic(number, minutes=each) for number, each in enumerate(minutes, start=1)), timebox=timebox)

    assert numbers(one) == expected
    assert one.minutes <= timebox
    assert all(left.topic.minutes > timebox - one.minutes for left in one.topics_left)


def test_sessions_that_left_a_topic_open_are_counted_and_after_three_it_is_escalated() -> None:
    asked = topic(at=NOW - 3 * WEEK - timedelta(days=1))
    (third,) = made(asked, items=tuple(session(weeks) for weeks in (5, 3, 2, 1))).topics
    (second,) = made(asked, items=tuple(session(weeks) for weeks in (5, 2, 1))).topics

    assert (third.sessions, third.escalate) == (3, True)
    assert (second.sessions, second.escalate) == (2, False)


@pytest.mark.parametrize(("seen_ago", "unseen"), [(None, True), (8, True), (6, False)])
def test_a_team_sees_its_next_sprints_in_each_sprint(seen_ago: int | None, *, unseen: bool) -> None:
    seen = Seen(at=NOW - timedelta(days=seen_ago), by="Bo") if seen_ago is not None else None

    assert is_unseen(seen, running_since(NOW - WEEK)) is unseen
    assert not is_unseen(None, capacity(PAYMENTS))
