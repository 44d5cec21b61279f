"""The exact test against its published example and counting all cases, and the correction against Holm's rule."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.learning.exact_test import Group, chance, corrected


def test_the_lady_tasting_tea() -> None:
    """Fisher 1935: of eight cups, four had the milk first. All four named rightly: 1 of 70. Three of them: 17 of 70."""
    assert chance([Group(failed_hit=4, failed=4, passed_hit=0, passed=4)]) == pytest.approx(1 / 70)
    assert chance([Group(failed_hit=3, failed=4, passed_hit=1, passed=4)]) == pytest.approx(17 / 70)


groups = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)).map(
    lambda counts: Group(counts[0], counts[0] + counts[1], counts[2], counts[2] + counts[3])
)


@given(groups)
def test_one_group_is_what_counting_all_cases_says(group: Group) -> None:
    """The first ones failed. Every way to choose who had trouble is as likely as any other."""
    hits, total = group.failed_hit + group.passed_hit, group.failed + group.passed
    cases = list(combinations(range(total), hits))
    extreme = sum(sum(one < group.failed for one in case) >= group.failed_hit for case in cases)

    assert chance([group]) == pytest.approx(extreme / len(cases))


def test_groups_are_compared_within_themselves() -> None:
    """In the bad sprint all had trouble, in the good one none: that the failed ones were in the bad one proves nothing.

    Added up they would be 8 of 8 against 2 of 12.
    """
    bad, good = Group(8, 8, 2, 2), Group(0, 0, 0, 10)

    assert chance([bad, good]) == 1
    assert chance([Group(8, 8, 2, 12)]) < 0.001


def test_two_groups_add_up() -> None:
    """In each group one of two failed and one had trouble. Both times the failed one: 1/2 × 1/2."""
    assert chance([Group(1, 1, 0, 1)] * 2) == pytest.approx(1 / 4)
    assert chance([Group(1, 1, 0, 1), Group(0, 1, 1, 1)]) == pytest.approx(3 / 4)
    assert chance([]) == 1


def test_the_correction_steps_down() -> None:
    """Holm 1979: the smallest of three times three, the next times two; none is below the one before it."""
    assert corrected([0.03, 0.01, 0.02]) == pytest.approx((0.04, 0.03, 0.04))
    assert corrected([0.9, 0.8]) == (1, 1)
    assert corrected([]) == ()


@given(st.lists(st.floats(0, 1), max_size=8))
def test_a_correction_never_makes_a_chance_smaller_and_keeps_their_order(chances: list[float]) -> None:
    made = corrected(chances)

    assert all(one >= other for one, other in zip(made, chances, strict=True))
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    assert [made[place] for place in order] == sorted(made)
