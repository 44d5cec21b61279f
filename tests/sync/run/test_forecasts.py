"""A run keeps the forecast of the next sprint, and a later one compares it with what came."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rules.model import Category, Snapshot, SprintState
from sync.run.run import execute_run, plan_run
from sync.trackers.memory import MemoryTracker
from tests.factories import NOW, finished, issue, snapshot, sprint
from tests.sync.run_contexts import context

NEXT = sprint("99", name="Sprint 99", start=NOW + timedelta(days=1), end=NOW + timedelta(days=15))


def before() -> Snapshot:
    sprints, done = finished(5)
    return snapshot(issue("SHOP-1"), sprints=(*sprints, NEXT), history=tuple(done))


def after() -> Snapshot:
    """The sprint is over: 13 points were finished in it."""
    there, end = before(), NOW + timedelta(days=15)
    closed = replace(NEXT, state=SprintState.CLOSED, completed=end)
    done = issue("SHOP-900", points=13.0, category=Category.DONE, sprints=("99",), resolved=end - timedelta(days=1))
    return replace(
        there,
        taken_at=end + timedelta(days=1),
        sprints=(*there.sprints[:-1], closed, sprint("100", name="Sprint 100")),
        history=(*there.history, done),
    )


def test_the_forecast_of_a_run_is_kept_and_compared_with_what_came(tmp_path: Path) -> None:
    with context(tmp_path, MemoryTracker(before())) as place:
        (capacity,) = execute_run(place).capacities
        (kept,) = place.store.forecasts.all()
    assert (kept.name, kept.expected, kept.came) == ("Sprint 99", capacity.points, None)

    with context(tmp_path, MemoryTracker(after())) as place:
        (capacity,) = plan_run(place).capacities
        assert [one.came for one in place.store.forecasts.all()] == [None]  # a plan keeps nothing
        execute_run(place)
        was, coming = place.store.forecasts.all()
    assert [(one.name, one.came) for one in capacity.record] == [("Sprint 99", 13.0)]
    assert (was.expected, was.made, was.came) == (kept.expected, kept.made, 13.0)
    assert (coming.name, coming.came) == ("Sprint 100", None)


def test_what_came_is_known_when_the_tracker_has_forgotten_the_sprint(tmp_path: Path) -> None:
    for there in (before(), after()):
        with context(tmp_path, MemoryTracker(there)) as place:
            execute_run(place)
    forgotten = replace(after(), sprints=(sprint("100", name="Sprint 100"),), history=())
    with context(tmp_path, MemoryTracker(forgotten)) as place:
        (capacity,) = execute_run(place).capacities

    assert [(one.name, one.came) for one in capacity.record] == [("Sprint 99", 13.0)]
