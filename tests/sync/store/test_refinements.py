"""Agendas are kept by session, replaced by a newer one for the same session, and settled item by item."""

from contextlib import closing
from dataclasses import replace

from rules.refinement.layers import Layer
from rules.refinement.sessions import PlannedItem
from sync.store import Store
from sync.store.database import Place
from tests.factories import NOW


def test_an_agenda_is_read_back_in_its_order_and_replaced_by_a_newer_one(place: Place) -> None:
    first = PlannedItem(at=NOW, layer=Layer.TEAM, team="Web", issue="2", key="A-2", base=12, minutes=15, points=3)
    second = replace(first, issue="1", key="A-1")
    overall = replace(first, layer=Layer.OVERALL, team="")
    with closing(Store.open(place)) as store:
        store.refinements.keep(Layer.OVERALL, "", NOW, [overall])
        store.refinements.keep(Layer.TEAM, "Web", NOW, [second])
        store.refinements.keep(Layer.TEAM, "Web", NOW, [first, second])
        team = [item for item in store.refinements.all() if item.layer is Layer.TEAM]
        assert team == [first, second]

        store.refinements.settle([replace(first, settled=NOW), second])
        assert {(item.layer, item.issue): item.settled for item in store.refinements.all()} == {
            (Layer.OVERALL, "2"): None,
            (Layer.TEAM, "2"): NOW,
            (Layer.TEAM, "1"): None,
        }
