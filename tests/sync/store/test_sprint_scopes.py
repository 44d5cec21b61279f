"""The starts of sprints are kept as they were first seen."""

from contextlib import closing
from dataclasses import replace

from rules.planning.scope import ScopeAtStart, StartedIssue
from sync.store import Store
from sync.store.database import Place
from tests.factories import NOW


def test_a_start_is_read_back_as_it_was_first_kept(place: Place) -> None:
    issues = (StartedIssue("1", "A-1", 3.0), StartedIssue("2", "A-2", None))
    start = ScopeAtStart(sprint="4", seen=NOW, goal="Pay by card", issues=issues, rebuilt=False)
    with closing(Store.open(place)) as store:
        store.sprint_scopes.add([start])
        store.sprint_scopes.add([replace(start, goal="Another goal", issues=())])

        assert store.sprint_scopes.all() == {"4": start}
