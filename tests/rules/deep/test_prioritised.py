from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.deep.measure import DeepLetter
from rules.deep.measures.priority_inversions import inversion_share, worst_inversions
from rules.deep.model import Letter
from rules.deep.scorecard import letter_of
from rules.deep.view import View
from rules.model import Issue, Priority
from tests.factories import issue, link
from tests.rules.deep.backlog import measure, stories, view

LEVELS = ("Highest", "High", "Medium", "Low", "Lowest")


def prioritised(seen: View) -> Letter:
    return letter_of(seen, DeepLetter.PRIORITISED)


def ranked(*orders: int | None, points: float = 3.0, **overrides: Any) -> list[Issue]:
    """Issues with these priorities in rank order, 0 is the most urgent."""
    return [
        issue(
            f"SHOP-{n}",
            title=f"Story {n}",
            points=points,
            priority=None if order is None else Priority(LEVELS[order], order, len(LEVELS)),
            **overrides,
        )
        for n, order in enumerate(orders, 1)
    ]


def by_hand(seen: View) -> float | None:
    """The same share by looking at every pair, straight from the formula."""
    inverted = comparable = 0.0
    for above, below in combinations([one for one in seen.issues if one.priority is not None], 2):
        assert above.priority is not None
        assert below.priority is not None
        if above.priority.order == below.priority.order:
            continue
        apart = abs(seen.away[below.key] - seen.away[above.key])
        counted = 2 ** (-seen.away[above.key] / 2) * (1 - 2**-apart)
        comparable += counted
        inverted += counted if below.priority.order < above.priority.order else 0.0
    return inverted / comparable if comparable > 1e-12 else None


def test_a_low_above_five_highest_is_listed_with_both_keys() -> None:
    letter = prioritised(view(ranked(0, 3, 0, 0, 0, 0, 0)))

    found = measure(letter, "priority inversions")

    assert found.keys == ("SHOP-2", "SHOP-3")
    assert "SHOP-2 (Low) is ranked above SHOP-3 (Highest) and 4 more of this priority" in found.text


def test_the_worst_pair_is_the_one_furthest_apart_in_priority_and_nearest_to_the_top() -> None:
    found = worst_inversions(view(ranked(2, 4, 1, 0)))

    assert [(pair.above.key, pair.below.key) for pair in found] == [
        ("SHOP-2", "SHOP-4"),
        ("SHOP-1", "SHOP-4"),
        ("SHOP-3", "SHOP-4"),
    ]


def test_an_order_by_priority_has_no_inversions() -> None:
    assert measure(prioritised(view(ranked(0, 0, 1, 2, 4))), "priority inversions").value == 0


def test_an_order_against_the_priorities_is_all_inverted() -> None:
    assert inversion_share(view(ranked(4, 3, 2, 1, 0))) == pytest.approx(1.0)


def test_equal_priorities_say_nothing() -> None:
    assert inversion_share(view(ranked(1, 1, None))) is None


def test_without_a_pace_every_pair_counts_the_same() -> None:
    assert inversion_share(view(ranked(1, 0, 2), pace=None)) == pytest.approx(1 / 3)


@given(st.lists(st.tuples(st.none() | st.integers(0, 4), st.sampled_from([0, 1, 3, 8, 40])), min_size=1, max_size=25))
def test_one_walk_finds_what_looking_at_every_pair_finds(rows: list[tuple[int | None, float]]) -> None:
    issues = [ranked(order, points=points)[0] for order, points in rows]
    named = [issue(f"SHOP-{n}", points=one.points, priority=one.priority) for n, one in enumerate(issues)]
    seen = view(named)

    expected = by_hand(seen)

    if expected is None:
        assert inversion_share(seen) is None
    else:
        assert inversion_share(seen) == pytest.approx(expected, abs=1e-6)


def test_a_backlog_thousands_of_sprints_deep_is_still_counted() -> None:
    found = inversion_share(view(ranked(*[4, 0] * 50, points=1000.0)))

    assert found is not None
    assert 0 < found < 1


def test_a_blocker_below_the_issue_that_waits_is_named() -> None:
    issues = [issue("SHOP-1", links=(link("SHOP-2"),)), issue("SHOP-2"), issue("SHOP-3", links=(link("SHOP-2"),))]

    found = measure(prioritised(view(issues)), "dependency inversions")

    assert found.keys == ("SHOP-1", "SHOP-2")
    assert "SHOP-1 is blocked by SHOP-2, which comes later" in found.text


def test_must_work_is_measured_against_the_next_sprint() -> None:
    """Two Musts of 5 and one Could of 5 at 12 points a sprint: 83 % Must."""
    issues = [
        issue("SHOP-1", points=5.0, labels=frozenset({"Must"})),
        issue("SHOP-2", points=5.0, labels=frozenset({"must-have"})),
        issue("SHOP-3", points=5.0, labels=frozenset({"could"})),
        issue("SHOP-4", points=5.0, labels=frozenset({"must"})),
    ]

    assert measure(prioritised(view(issues)), "must").value == pytest.approx(100 * 10 / 12)


def test_a_backlog_without_moscow_labels_is_not_measured_by_them() -> None:
    assert "must" not in {found.name for found in prioritised(view(stories(3, 3))).measures}


def test_where_most_is_urgent_urgent_means_little() -> None:
    found = measure(prioritised(view(ranked(0, 1, 0, 1, 4))), "urgent")

    assert found.value == pytest.approx(80.0)
    assert "urgent means little" in found.text


def test_issues_without_a_priority_are_named() -> None:
    assert measure(prioritised(view(ranked(0, None, 1))), "priority set").keys == ("SHOP-2",)


def test_a_site_without_priorities_and_links_has_no_score() -> None:
    seen = view(ranked(0, 3, 0), unavailable=frozenset({"priority", "links"}))

    assert prioritised(seen).score is None
