"""A run keeps when an issue on the agenda of a past session was settled."""

from datetime import timedelta
from pathlib import Path

from rules.refinement.layers import Layer
from rules.refinement.sessions import PlannedItem
from sync.run.run import execute_run
from sync.trackers.memory import MemoryTracker
from tests.factories import NOW
from tests.sync.run_contexts import backlog, context


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
