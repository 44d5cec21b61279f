"""Topics keep their numbers and their results, and each team its latest look at its next sprints."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from rules.refinement.look_ahead import Seen
from rules.refinement.topics import TopicMeeting
from sync.store import Store
from tests.factories import NOW


def test_a_topic_is_read_back_with_its_number_and_its_result(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "readyline.db")) as store:
        first = store.topics.add(NOW, TopicMeeting.TEAM, "Web", "How do we test refunds?", minutes=15, by="Bo")
        second = store.topics.add(NOW, TopicMeeting.PLANNING, "", "Who is on call?", minutes=5, by="Di")
        assert (first.number, second.number) == (1, 2)
        assert store.topics.all() == (first, second)

        store.topics.close(1, NOW + timedelta(days=1), by="Ana", result="with a stub")
        closed, open_ = store.topics.all()
        assert (closed.closed_by, closed.result, closed.is_open(NOW + timedelta(days=1))) == (
            "Ana",
            "with a stub",
            False,
        )
        assert open_ == second


def test_the_latest_look_of_a_team_counts(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "readyline.db")) as store:
        store.seen_ahead.keep("Web", Seen(at=NOW, by="Bo"))
        store.seen_ahead.keep("Web", Seen(at=NOW + timedelta(days=1), by="Di"))

        assert store.seen_ahead.all() == {"Web": Seen(at=NOW + timedelta(days=1), by="Di")}
