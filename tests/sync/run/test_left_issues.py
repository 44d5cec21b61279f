"""An issue that leaves the backlog loses our labels at the next run, wherever it went."""

from collections.abc import Callable, Iterator

import pytest

from rules.model import NO_MARKS, OwnMarks
from sync.fake_jira.records import Record
from sync.run.left_issues import with_left, without_lost
from sync.trackers.memory import MemoryTracker
from tests.factories import issue, snapshot
from tests.journeys.model import ACTIVE, ANA, OURS, Workplace
from tests.thorough import in_turn

pytestmark = pytest.mark.journey


@pytest.fixture(params=in_turn("cloud", "datacenter"))
def place(request: pytest.FixtureRequest) -> Iterator[Workplace]:
    workplace = Workplace(request.param)
    yield workplace
    workplace.close()


def labelled(place: Workplace) -> Record:
    """An issue with a label of ours, in no sprint that a pull would bring it from."""
    record = next(one for one in place.state.issues.values() if set(OURS) & set(one.labels))
    place.state.move_to_sprint(record.key, None, by=ANA.id)
    return record


def done(place: Workplace, record: Record) -> None:
    place.state.transition(record.key, "Done", by=ANA.id)


def moved(place: Workplace, record: Record) -> None:
    place.state.rename(record.key, "OPS-1", by=ANA.id)


def moved_and_done(place: Workplace, record: Record) -> None:
    moved(place, record)
    done(place, record)


@pytest.mark.parametrize("leave", [done, moved, moved_and_done])
def test_it_loses_our_labels_at_the_next_run_also_with_no_past_sprint(
    place: Workplace, leave: Callable[[Workplace, Record], None]
) -> None:
    place.run()
    record = labelled(place)
    leave(place, record)
    place.state.add_label(record.key, "urgent", by=ANA.id)
    place.run()
    assert record.labels == ["urgent"]
    assert place.plan().plan.changes == ()


def test_a_label_of_a_person_stays_on_it(place: Workplace) -> None:
    record = next(one for one in place.state.issues.values() if one.summary.startswith("Pay"))
    for label in OURS:
        place.state.add_label(record.key, label, by=ANA.id)
    place.run()
    moved(place, record)
    place.run()
    assert set(record.labels) == set(OURS)


def test_a_deleted_issue_is_forgotten_and_fails_nothing(place: Workplace) -> None:
    place.run()
    record = labelled(place)
    place.state.delete(record.key)
    assert record.id not in {outcome.change.issue for outcome in place.run().outcomes}
    with place.context() as context:
        assert context.store.journal.memory().get(record.id, NO_MARKS).labels == frozenset()


def test_what_a_running_sprint_holds_keeps_its_labels(place: Workplace) -> None:
    place.run()
    record = labelled(place)
    before = list(record.labels)
    place.state.move_to_sprint(record.key, ACTIVE, by=ANA.id)
    place.run()
    assert record.labels == before


def test_an_issue_that_comes_back_gets_its_label_again(place: Workplace) -> None:
    place.run()
    record = labelled(place)
    key, before = record.key, list(record.labels)
    moved(place, record)
    place.run()
    place.state.rename(record.key, key, by=ANA.id)
    place.run()
    assert record.labels == before


def test_an_issue_whose_only_label_of_ours_says_that_it_is_released_is_not_read() -> None:
    """It would cost one request in each run for as long as the label is there."""
    world, other = snapshot(issue("SHOP-1")), issue("SHOP-9")
    tracker = MemoryTracker(snapshot(other))
    released = {other.id: OwnMarks(labels=frozenset({"readyline-released"}))}
    assert with_left(world, released, tracker, stays="readyline-released") == world
    assert without_lost(world, released, stays="readyline-released") == {}
    assert tracker.requests == 0
    both = {other.id: OwnMarks(labels=frozenset({"readyline-released", "readyline-ready"}))}
    assert with_left(world, both, tracker, stays="readyline-released").left == (other,)
