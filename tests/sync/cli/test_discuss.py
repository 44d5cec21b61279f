"""`discuss`, `discussed` and `seen`: what they record, what the agendas show of it, and what is refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from rules.refinement.look_ahead import Seen
from rules.refinement.topics import TopicMeeting
from sync.cli import discuss, refinement
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.reports.json_models.results import TopicsDocument
from sync.reports.planning.part_one import part_one_page
from sync.run.context import RunContext
from sync.run.run import plan_run
from sync.trackers.memory import MemoryTracker
from tests.factories import NOW
from tests.sync.run_contexts import backlog, context


@dataclass
class Desk:
    """A terminal over a context, which remembers what it printed."""

    place: RunContext
    printed: list[tuple[str, Any]] = field(default_factory=list)

    @contextmanager
    def context(self) -> Iterator[RunContext]:
        yield self.place

    look = context

    def print_result(self, text: str, document: Callable[[], Any]) -> None:
        self.printed.append((text, document()))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with context(tmp_path, MemoryTracker(backlog())) as place:
        yield Desk(place)


def terminal(desk: Desk) -> Terminal:
    return cast("Terminal", desk)


def add(desk: Desk, text: str, meeting: TopicMeeting = TopicMeeting.TEAM, team: str = "") -> None:
    discuss.add(terminal(desk), text, meeting, team=team, minutes=10, by="Bo")


def test_a_topic_is_listed_until_it_is_closed(desk: Desk) -> None:
    add(desk, "How do  we\ntest refunds?")
    discuss.show(terminal(desk))
    discuss.close(terminal(desk), 1, result="with a stub", by="Ana")
    discuss.show(terminal(desk))
    texts = [text for text, _ in desk.printed]

    assert texts == [
        "recorded as number 1: Payments, 10 min: How do we test refunds? (Bo, 2 March 2026)",
        "1  Payments, 10 min: How do we test refunds? (Bo, 2 March 2026)",
        "closed: Payments, 10 min: How do we test refunds? (Bo, 2 March 2026); closed by Ana: with a stub",
        "nothing to discuss",
    ]
    document = desk.printed[2][1]
    assert isinstance(document, TopicsDocument)
    assert document.topics[0].result == "with a stub"


@pytest.mark.parametrize(
    ("text", "meeting", "team", "error"),
    [
        ("x", TopicMeeting.PLANNING, "Payments", "leave --team out"),
        ("x", TopicMeeting.TEAM, "Nowhere", "Nowhere"),
        ("x" * 301, TopicMeeting.PLANNING, "", "301 characters; at most 300"),
    ],
)
def test_a_topic_that_has_no_place_is_refused(
    desk: Desk, text: str, meeting: TopicMeeting, team: str, error: str
) -> None:
    with pytest.raises(UsageError, match=error):
        add(desk, text, meeting, team)
    assert desk.place.store.topics.all() == ()


def test_only_an_open_topic_is_closed(desk: Desk) -> None:
    with pytest.raises(UsageError, match="there is no open topic 7; nothing was recorded; the open ones are: none"):
        discuss.close(terminal(desk), 7, result="", by="Ana")


def test_a_topic_of_the_planning_is_the_first_decision_of_part_one(desk: Desk) -> None:
    add(desk, "Who is on call", TopicMeeting.PLANNING)
    add(desk, "Not for the planning")
    decisions = [one.text for one in part_one_page(plan_run(desk.place)).whole.decisions]

    assert decisions[0] == "Who is on call. Asked for by Bo on 2 March 2026."
    assert not any("Not for the planning" in text for text in decisions)


def test_a_team_says_that_it_has_seen_its_next_sprints(desk: Desk) -> None:
    refinement.keep_seen(terminal(desk), "", by="Bo")

    assert desk.place.store.seen_ahead.all() == {"Payments": Seen(at=NOW, by="Bo")}
    assert desk.printed[0][0] == "Payments saw its next sprints (Bo)"
    assert plan_run(desk.place).seen_ahead == {"Payments": Seen(at=NOW, by="Bo")}
