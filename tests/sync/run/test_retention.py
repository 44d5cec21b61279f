"""What a run kept goes once it is older than its retention; `python -m tests.benchmarks.day` measures whole days."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rules.model import Snapshot
from sync.run.run import execute_run
from sync.trackers.base import Scope
from sync.trackers.memory import MemoryTracker
from tests.benchmarks.day import LONG, rows
from tests.sync.run_contexts import Clock, backlog, context


class Site(MemoryTracker):
    """A tracker whose time goes on with the clock."""

    clock: Clock

    def pull(self, scope: Scope) -> Snapshot:
        return replace(super().pull(scope), taken_at=self.clock())


@pytest.mark.parametrize(("span", "is_there"), [(timedelta(days=99), True), (LONG, False)])
def test_rows_are_there_within_their_retention_and_gone_after_it(
    tmp_path: Path, span: timedelta, *, is_there: bool
) -> None:
    clock, tracker = Clock(), Site(backlog())
    tracker.clock = clock
    with context(tmp_path, tracker, clock) as place:
        execute_run(place)
        later = clock.now + timedelta(minutes=1)
        clock.now += span
        execute_run(place)
    old = {table for table, (_, before) in rows(tmp_path, later).items() if before}
    assert old == ({"run_log", "run_figures", "backlogs", "shown_findings"} if is_there else set())
