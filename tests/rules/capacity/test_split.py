import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.capacity.split import split_capacity

WEIGHTS = st.dictionaries(st.text(min_size=1, max_size=4), st.floats(0.01, 100), min_size=1, max_size=8)


def tenths(amount: float) -> int:
    return round(amount * 10)


@given(total=st.floats(0, 10_000), weights=WEIGHTS)
def test_shares_add_up_exactly_to_the_whole(total: float, weights: dict[str, float]) -> None:
    split = split_capacity(total, "points", weights)

    assert sum(tenths(share.amount) for share in split.shares) == tenths(split.total) == round(total * 10)


@given(total=st.floats(0, 10_000), weights=WEIGHTS)
def test_no_share_is_a_tenth_or_more_from_its_exact_part(total: float, weights: dict[str, float]) -> None:
    split = split_capacity(total, "points", weights)

    for share in split.shares:
        assert abs(share.amount - split.total * weights[share.name] / sum(weights.values())) < 0.1 + 1e-6


def test_the_usual_mix_of_8_4_points() -> None:
    split = split_capacity(8.4, "points", {"features": 0.60, "bugs": 0.20, "debt": 0.15, "support": 0.05})

    assert [(share.name, share.amount) for share in split.shares] == [
        ("features", 5.0),
        ("bugs", 1.7),
        ("debt", 1.3),
        ("support", 0.4),
    ]


def test_of_equal_remainders_the_one_named_first_gets_what_is_left() -> None:
    split = split_capacity(1, "points", {"b": 1, "a": 1, "c": 1})

    assert [(share.name, share.amount) for share in split.shares] == [("b", 0.4), ("a", 0.3), ("c", 0.3)]


@pytest.mark.parametrize("weights", [{}, {"features": 0.0}])
def test_without_shares_nothing_is_split(weights: dict[str, float]) -> None:
    assert split_capacity(8.4, "points", weights).shares == ()
