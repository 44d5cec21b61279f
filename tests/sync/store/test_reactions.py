"""Findings that people were shown are kept, and dropped after 400 days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from rules.learning.reactions import Reaction, ShownFinding
from sync.store import Store
from sync.store.database import Place
from tests.factories import NOW

SHOWN = ShownFinding(issue="1", rule="ready.estimated", first=NOW)


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    opened = Store.open(place)
    yield opened
    opened.close()


def test_a_finding_waits_until_it_ended(store: Store) -> None:
    other = replace(SHOWN, issue="2")
    store.reactions.keep([SHOWN, other], NOW)
    ended = replace(SHOWN, reaction=Reaction.WAIVED, at=NOW + timedelta(days=1))

    store.reactions.keep([ended], NOW + timedelta(days=1))

    assert store.reactions.waiting() == (other,)
    assert store.reactions.all() == (ended, other)


def test_the_same_finding_may_come_again(store: Store) -> None:
    again = replace(SHOWN, first=NOW + timedelta(days=9))
    store.reactions.keep([replace(SHOWN, reaction=Reaction.FIXED, at=NOW + timedelta(days=1))], NOW)
    store.reactions.keep([again], NOW)

    assert store.reactions.waiting() == (again,)
    assert len(store.reactions.all()) == 2


def test_what_is_older_than_400_days_is_dropped(store: Store) -> None:
    store.reactions.keep([SHOWN, replace(SHOWN, issue="2", first=NOW + timedelta(days=2))], NOW)

    store.reactions.keep([], NOW + timedelta(days=401))

    assert [one.issue for one in store.reactions.all()] == ["2"]
