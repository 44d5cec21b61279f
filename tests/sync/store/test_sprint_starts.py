"""What a run knew before a sprint is read as it was kept, and the last run counts."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from rules.learning.trends import SprintStart
from sync.store import Store
from sync.store.database import Place
from sync.store.history import KEEP_FIGURES
from tests.factories import NOW

START = SprintStart(team="Payments", sprint="12", at=NOW, near=4, ready=2, runway=None, accepted=1)
OTHER = replace(START, sprint="13", runway=2.5)


def test_the_last_run_before_each_sprint_is_kept(place: Place) -> None:
    later = replace(START, at=NOW + timedelta(days=1), ready=3)
    with closing(Store.open(place)) as store:
        store.sprint_starts.keep([START, OTHER], NOW)
        store.sprint_starts.keep([later], NOW)
        assert set(store.sprint_starts.all()) == {OTHER, later}


def test_what_is_too_old_is_dropped(place: Place) -> None:
    with closing(Store.open(place)) as store:
        store.sprint_starts.keep([START], NOW)
        store.sprint_starts.keep([], NOW + KEEP_FIGURES + timedelta(days=1))
        assert store.sprint_starts.all() == ()
