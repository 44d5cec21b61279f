import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.deep.scoring import band, letter_score, spearman, weighted


@pytest.mark.parametrize(
    ("value", "score"),
    [(-1, 0), (0, 0), (0.75, 0.5), (1.5, 1), (3, 1), (4.5, 0.75), (6, 0.5), (60, 0.5)],
)
def test_a_band_rises_stays_and_falls_to_its_floor(value: float, score: float) -> None:
    assert band(value, (0.0, 1.5, 3.0, 6.0), floor=0.5) == pytest.approx(score)


def test_what_could_not_be_measured_leaves_its_weight_to_the_rest() -> None:
    assert weighted(((0.5, 1.0), (0.25, None), (0.25, 0.4))) == pytest.approx(0.8)


def test_nothing_measured_is_no_score() -> None:
    assert weighted(((0.5, None), (0.5, None))) is None


def test_a_letter_that_rests_on_less_than_a_quarter_of_its_weights_has_no_score() -> None:
    assert letter_score(((0.8, None), (0.2, 1.0))) is None
    assert letter_score(((0.75, None), (0.25, 1.0))) == pytest.approx(100.0)


def test_a_rank_correlation_with_ties_is_that_of_the_textbook() -> None:
    """Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 over the root of 4.5 times 5."""
    assert spearman([1, 2, 2, 3], [10, 20, 30, 40]) == pytest.approx(4.5 / (4.5 * 5.0) ** 0.5)


def test_a_correlation_with_what_never_changes_is_undefined() -> None:
    assert spearman([1, 1, 1], [1, 2, 3]) is None


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), min_size=2))
def test_a_correlation_lies_between_minus_one_and_one(pairs: list[tuple[float, float]]) -> None:
    found = spearman([a for a, _ in pairs], [b for _, b in pairs])

    assert found is None or -1.000001 <= found <= 1.000001
