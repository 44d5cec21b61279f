"""A preview says which issues another configuration gives another verdict, and what it would write and mail."""

from pathlib import Path

import pytest

from rules.plan.preview import Preview
from rules.verdict import State
from sync.errors import UsageError
from sync.run.preview import preview
from tests.sync.run.test_as_of import CHANGES, CONFIG, MONDAY, Shop

pytestmark = pytest.mark.slow

SMALLER = CONFIG + "[rules.ready.small_enough]\nmax_points = 2\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def previewed(shop: Shop, config: str = CONFIG) -> Preview:
    shop.configure(config)
    return preview(shop.settings, None)


def test_the_same_configuration_changes_nothing_on_any_day(shop: Shop) -> None:
    """What the run of the day itself wrote is not due to the configuration."""
    for change in CHANGES:
        change(shop)
        shop.run()
        same = previewed(shop)
        assert (same.day, same.flips) == (shop.clock.now.date(), ())
        assert (same.writes.labels, same.writes.comments, same.writes.moves, same.writes.mails) == (0, 0, 0, {})
        shop.clock.move(days=1)


def test_a_threshold_lists_exactly_the_issues_above_it(shop: Shop) -> None:
    """SHOP-1 and SHOP-2 have 3 points and were ready; SHOP-3 and SHOP-4 were not, and have the same verdict still."""
    shop.run()
    other = previewed(shop, SMALLER)
    assert [(flip.key, flip.before, flip.after, flip.fails, flip.passes) for flip in other.flips] == [
        (key, State.READY, State.NOT_READY, ("ready.small_enough",), ()) for key in ("SHOP-1", "SHOP-2")
    ]
    assert (other.issues, other.run[:8]) == (4, "20260302")


def test_the_writes_are_those_that_the_flips_cause(shop: Shop) -> None:
    """Labels and a first comment on both issues; the comment of SHOP-4 (8 points) gets one line more. One mail each.

    Label edits are silent here, and Bo is the assignee of all issues.
    """
    shop.run()
    writes = previewed(shop, SMALLER).writes
    assert (writes.labels, writes.comments, writes.moves, writes.mails) == (2, 3, 0, {"acc-bo": 3})


def test_a_rule_that_is_off_makes_issues_ready(shop: Shop) -> None:
    shop.configure(SMALLER)
    shop.run()
    back = previewed(shop)
    assert {(flip.key, flip.after, flip.passes) for flip in back.flips} == {
        (key, State.READY, ("ready.small_enough",)) for key in ("SHOP-1", "SHOP-2")
    }


def test_nothing_is_written_and_an_unknown_day_is_refused(shop: Shop) -> None:
    shop.run()
    issues, comments = dict(shop.tracker._issues), dict(shop.tracker.comments)
    assert previewed(shop, SMALLER).flips == previewed(shop, SMALLER).flips
    assert (shop.tracker._issues, shop.tracker.comments) == (issues, comments)
    with pytest.raises(UsageError, match="nothing to compare with"):
        preview(shop.settings, MONDAY.replace(day=1))


def test_what_could_not_be_read_is_named(shop: Shop) -> None:
    shop.run()
    assert "board" in previewed(shop, CONFIG.replace("board = 12", "board = 13")).unknown[0]
