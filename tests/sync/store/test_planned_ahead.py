"""The last look-ahead that people saw is read as it was kept."""

from contextlib import closing
from datetime import date

from rules.planning.look_ahead import PlannedBefore
from sync.store import Store
from sync.store.database import Place

ONE, OTHER = PlannedBefore("10001", "Payments", date(2026, 3, 23)), PlannedBefore("10002", "Search", date(2026, 4, 6))


def test_the_last_look_ahead_replaces_the_one_before(place: Place) -> None:
    with closing(Store.open(place)) as store:
        store.planned_ahead.keep([OTHER])
        store.planned_ahead.keep([OTHER, ONE])
    with closing(Store.open(place)) as store:
        assert store.planned_ahead.all() == (ONE, OTHER)
        store.planned_ahead.keep([ONE])
        assert store.planned_ahead.all() == (ONE,)
