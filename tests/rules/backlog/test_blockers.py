"""What blocks an issue is found once, from both ends of a link, for every state that a link can have."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import product as every_pair
from typing import Any

import pytest

from rules.backlog.blockers import Timing
from rules.backlog.index import Backlog
from rules.model import Category, LinkKind, Snapshot, SprintState
from tests.factories import NOW, issue, link, snapshot, sprint

SPRINTS = (
    sprint("1", SprintState.ACTIVE, start=NOW - timedelta(days=7)),
    sprint("2", SprintState.FUTURE, start=NOW + timedelta(days=7)),
    sprint("3", SprintState.FUTURE, start=NOW + timedelta(days=21)),
    sprint("4", SprintState.FUTURE, start=None, end=None),
)


def timings(world: Snapshot, key: str = "SHOP-1") -> dict[str, Timing]:
    """When each open blocker of the issue comes."""
    return {blocker.key: blocker.timing for blocker in Backlog.of(world).blockers_of(key)}


def pair(blocked: Mapping[str, Any], blocker: Mapping[str, Any], *, above: bool = False) -> Snapshot:
    """SHOP-1 is blocked by SHOP-2, which is ranked below it, or above."""
    first = issue("SHOP-1", links=(link("SHOP-2"),), **blocked)
    second = issue("SHOP-2", **blocker)
    return snapshot(*((second, first) if above else (first, second)), sprints=SPRINTS)


def test_a_link_that_both_ends_hold_counts_once() -> None:
    first = issue("SHOP-1", links=(link("SHOP-2"),))
    second = issue("SHOP-2", links=(link("SHOP-1", LinkKind.BLOCKS),))

    assert timings(snapshot(first, second)) == {"SHOP-2": Timing.LATE}


def test_a_link_that_only_the_blocker_holds_is_found() -> None:
    second = issue("SHOP-2", links=(link("SHOP-1", LinkKind.BLOCKS),))

    assert timings(snapshot(issue("SHOP-1"), second)) == {"SHOP-2": Timing.LATE}


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        (Category.TODO, {"PAY-9": Timing.OUTSIDE}),
        (Category.DOING, {"PAY-9": Timing.OUTSIDE}),
        (Category.DONE, {}),
        (None, {"PAY-9": Timing.OUTSIDE}),
    ],
)
def test_a_blocker_outside_the_backlog_counts_until_it_is_done(
    category: Category | None, expected: dict[str, Timing]
) -> None:
    assert timings(snapshot(issue("SHOP-1", links=(link("PAY-9", category=category),)))) == expected


@pytest.mark.parametrize(
    ("blocked", "blocker", "rank", "expected"),
    [
        ("", "", "below", Timing.LATE),
        ("", "", "above", Timing.ABOVE),
        ("", "1", "below", Timing.PLANNED),
        ("", "4", "below", Timing.PLANNED),
        ("2", "", "above", Timing.LATE),
        ("2", "1", "below", Timing.PLANNED),
        ("2", "2", "below", Timing.PLANNED),
        ("2", "3", "above", Timing.LATE),
        ("2", "4", "above", Timing.LATE),
        ("4", "4", "below", Timing.PLANNED),
        ("4", "3", "below", Timing.PLANNED),
    ],
)
def test_sprint_and_rank_say_when_a_blocker_comes(blocked: str, blocker: str, rank: str, expected: Timing) -> None:
    world = pair({"sprint": blocked or None}, {"sprint": blocker or None}, above=rank == "above")

    assert timings(world) == {"SHOP-2": expected}


def test_what_is_done_neither_blocks_nor_is_blocked() -> None:
    done = {"category": Category.DONE}

    assert timings(pair({}, done)) == {}
    assert timings(pair(done, {})) == {}


def test_a_known_issue_outranks_what_the_link_says_of_it() -> None:
    first = issue("SHOP-1", links=(link("SHOP-2", category=Category.TODO),))

    assert timings(snapshot(first, issue("SHOP-2", category=Category.DONE))) == {}


def test_every_pair_of_open_issues_is_seen_from_both_sides() -> None:
    """Who is blocked and who blocks are two views of the same pairs."""
    kinds = (LinkKind.BLOCKED_BY, LinkKind.BLOCKS, LinkKind.RELATES)
    for one, other in every_pair(kinds, kinds):
        issues = [
            issue("SHOP-1", links=(link("SHOP-2", one),)),
            issue("SHOP-2", links=(link("SHOP-1", other),)),
        ]
        backlog = Backlog.of(snapshot(*issues))
        ahead = {(key, blocker.key) for key, blockers in backlog.blockers.items() for blocker in blockers}
        behind = {(blocked, key) for key, waiting in backlog.blocks.items() for blocked in waiting}
        assert ahead == behind
