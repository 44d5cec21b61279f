import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.capacity.model import split_capacity
from rules.capacity.options import CapacityOptions, Work
from rules.model import Kind
from tests.factories import issue
from tests.thorough import scaled

WORK = st.dictionaries(
    st.text(min_size=1, max_size=4), st.floats(0.01, 1).map(lambda share: Work(share=share)), min_size=1, max_size=8
)
USUAL = CapacityOptions().work


def tenths(amount: float) -> int:
    return round(amount * 10)


@settings(deadline=None, max_examples=scaled(30, 100))
@given(total=st.floats(0, 10_000), work=WORK)
def test_shares_add_up_exactly_to_the_whole(total: float, work: dict[str, Work]) -> None:
    split = split_capacity(total, "points", work)

    assert sum(tenths(share.amount) for share in split.shares) == tenths(split.total) == round(total * 10)


@settings(deadline=None, max_examples=scaled(30, 100))
@given(total=st.floats(0, 10_000), work=WORK)
def test_no_share_is_a_tenth_or_more_from_its_exact_part(total: float, work: dict[str, Work]) -> None:
    split = split_capacity(total, "points", work)
    whole = sum(kind.share for kind in work.values())

    for share in split.shares:
        assert abs(share.amount - split.total * work[share.name].share / whole) < 0.1 + 1e-6


def test_the_usual_mix_of_8_4_points() -> None:
    assert [(share.name, share.amount) for share in split_capacity(8.4, "points", USUAL).shares] == [
        ("features", 5.0),
        ("bugs", 1.7),
        ("debt", 1.3),
        ("support", 0.4),
    ]


def test_of_equal_remainders_the_one_named_first_gets_what_is_left() -> None:
    split = split_capacity(1, "points", {name: Work(share=0.3) for name in ("b", "a", "c")})

    assert [(share.name, share.amount) for share in split.shares] == [("b", 0.4), ("a", 0.3), ("c", 0.3)]


@pytest.mark.parametrize("work", [{}, {"features": Work(share=0)}])
def test_without_shares_nothing_is_split(work: dict[str, Work]) -> None:
    split = split_capacity(8.4, "points", work)

    assert split.shares == ()
    assert split.share_of(issue()) is None


@pytest.mark.parametrize(
    ("labels", "kind", "name"),
    [
        ({"debt"}, Kind.STORY, "debt"),
        ({"debt"}, Kind.BUG, "debt"),
        (set(), Kind.BUG, "bugs"),
        ({"checkout"}, Kind.TASK, "features"),
    ],
)
def test_work_is_recognised_by_label_then_by_kind_and_the_rest_is_features(
    labels: set[str], kind: Kind, name: str
) -> None:
    share = split_capacity(8.4, "points", USUAL).share_of(issue(labels=frozenset(labels), kind=kind))

    assert share is not None
    assert share.name == name
