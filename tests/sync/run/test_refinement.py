"""A run keeps when an issue on the agenda of a past session was settled."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rules.refinement.layers import Layer
from rules.refinement.options import Cadence, RefinementOptions
from rules.refinement.sessions import PlannedItem
from sync.run.run import execute_run
from sync.trackers.memory import MemoryTracker
from tests.factories import NOW
from tests.sync.run_contexts import Clock, backlog, context


def test_what_is_ready_after_its_session_is_settled_and_the_rest_stays_open(tmp_path: Path) -> None:
    before, after = NOW - timedelta(days=1), NOW + timedelta(days=1)
    items = [
        PlannedItem(at=at, layer=Layer.TEAM, team="Payments", issue=issue, key="", base=5, minutes=5, points=3)
        for at, issue in ((before, "1"), (before, "3"), (after, "2"))
    ]
    with context(tmp_path, MemoryTracker(backlog())) as place:
        for at in {item.at for item in items}:
            place.store.refinements.keep(Layer.TEAM, "Payments", at, [item for item in items if item.at == at])
        execute_run(place)
        settled = {item.issue: item.settled for item in place.store.refinements.all()}

    assert settled == {"1": NOW, "3": None, "2": None}


def test_each_run_of_the_day_before_a_session_keeps_its_agenda_so_that_the_last_one_counts(tmp_path: Path) -> None:
    clock = Clock()
    often = RefinementOptions(cadence={"Payments": Cadence.DAILY})
    with context(tmp_path, MemoryTracker(backlog()), clock, refinement=often) as place:
        execute_run(place)
        first = place.store.refinements.all()
        clock.move(minutes=5)
        execute_run(place)
        again = place.store.refinements.all()

    assert {item.key for item in first} == {"SHOP-3", "SHOP-4"}
    assert len({item.at for item in first}) == 1
    assert again == first


def test_an_agenda_that_a_person_asked_for_is_left_as_it_is(tmp_path: Path) -> None:
    soon = NOW + timedelta(hours=3)
    item = PlannedItem(at=soon, layer=Layer.TEAM, team="Payments", issue="9", key="A-9", base=5, minutes=5, points=3)
    often = RefinementOptions(cadence={"Payments": Cadence.DAILY})
    with context(tmp_path, MemoryTracker(backlog()), refinement=often) as place:
        place.store.refinements.keep(Layer.TEAM, "Payments", soon, [item])
        execute_run(place)

        assert place.store.refinements.all() == (item,)


def test_without_a_calendar_or_a_cadence_no_agenda_is_kept(tmp_path: Path) -> None:
    with context(tmp_path, MemoryTracker(backlog())) as place:
        execute_run(place)

        assert place.store.refinements.all() == ()


def test_a_run_escalates_what_its_sessions_left_open(tmp_path: Path) -> None:
    item = PlannedItem(at=NOW, layer=Layer.TEAM, team="Payments", issue="3", key="SHOP-3", base=5, minutes=5, points=3)
    with context(tmp_path, MemoryTracker(backlog())) as place:
        for days in (3, 2, 1):
            at = NOW - timedelta(days=days)
            place.store.refinements.keep(Layer.TEAM, "Payments", at, [replace(item, at=at)])
        report = execute_run(place)

    assert [(one.what, one.sessions) for one in report.escalated] == [("SHOP-3", 3)]
