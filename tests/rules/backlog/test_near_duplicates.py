"""Near duplicates are found in time that grows with the backlog and not with its square."""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import combinations, zip_longest
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.backlog import near_duplicates as search
from rules.backlog.near_duplicates import MIN_SIMILARITY, NearDuplicate, Text, find_near_duplicates
from tests.thorough import scaled

ONE = ["pay", "with", "a", "saved", "card", "at", "the", "checkout", "page", "of", "the", "shop"]


def near_duplicates(*texts: list[str], titles: Sequence[str] = ()) -> Mapping[str, NearDuplicate]:
    """The twins among texts that are called K-0, K-1, ..."""
    named = zip_longest(texts, titles, fillvalue="")
    return find_near_duplicates(
        [Text(f"K-{number}", title.split(), partial(iter, words)) for number, (words, title) in enumerate(named)]
    )


def test_the_later_of_two_alike_texts_is_a_near_duplicate_of_the_earlier() -> None:
    """And the earlier has none."""
    found = near_duplicates(ONE, [*ONE, "now"])

    assert set(found) == {"K-1"}
    assert found["K-1"].key == "K-0"
    assert MIN_SIMILARITY <= found["K-1"].similarity < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("android pay fails", "ios pay fails"),
        ("update the shop to 1 2 1", "update the shop to 2 2 0"),
        ("send messages from shop to bank", "send messages from bank to shop"),
        ("renew the card", "renew the test card"),
    ],
)
def test_another_title_distinguishes_them(one: str, other: str) -> None:
    """The same text for two platforms, versions, directions or places is two pieces of work."""
    assert near_duplicates([*ONE, "test"], [*ONE, "test"], titles=(one, other)) == {}


def test_the_same_title_three_times_is_a_series() -> None:
    """One task a person; two of them are a mistake."""
    assert near_duplicates(ONE, ONE, ONE, titles=["test the shop"] * 3) == {}
    assert set(near_duplicates(ONE, ONE, titles=["test the shop"] * 2)) == {"K-1"}


def test_articles_do_not_distinguish_titles() -> None:
    assert set(near_duplicates(ONE, ONE, titles=("pay fails", "the pay fails"))) == {"K-1"}


def test_texts_of_a_few_words_are_alike_by_chance() -> None:
    """So they are nobody's twin."""
    assert near_duplicates(["fix", "it"], ["fix", "it"]) == {}


def test_the_words_of_a_template_do_not_make_near_duplicates() -> None:
    """What a quarter of the issues share is left out."""
    template = [f"template{n}" for n in range(30)]
    texts = [[*template, *(f"own{n}x{i}" for i in range(5))] for n in range(40)]

    assert near_duplicates(*texts) == {}


@pytest.mark.slow
def test_a_backlog_of_equal_texts_takes_bounded_work() -> None:
    """The worst case of a naive comparison: eight million pairs. Measured in seconds of this process alone."""
    started = time.process_time()
    found = near_duplicates(*([f"w{n // 5}a{i}" for i in range(200)] for n in range(4_000)))

    assert len(found) == 4_000 - 800
    assert time.process_time() - started < 20


WORDS = st.lists(st.sampled_from([f"word{n}" for n in range(12)]), min_size=4, max_size=10)


@settings(max_examples=scaled(20, 60), deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=12))
def test_nothing_alike_is_missed_and_nothing_else_is_found(texts: list[list[str]]) -> None:
    """Compared with looking at every pair."""
    alike = set()
    for (first, words), (second, others) in combinations(enumerate(texts), 2):
        one, other = set(words), set(others)
        if min(len(one), len(other)) >= 4 and len(one & other) / len(one | other) >= MIN_SIMILARITY:
            assert first < second
            alike.add(f"K-{second}")
    assert set(near_duplicates(*texts)) == alike


def test_a_title_that_nobody_shares_is_compared_with_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """That is nearly every one: a backlog of 100,000 issues has a few hundred pairs."""
    compare = Mock(return_value=None)
    monkeypatch.setattr(search, "_best", compare)
    near_duplicates(ONE, ONE, titles=("pay by card", "pay by voucher"))
    compare.assert_not_called()
    near_duplicates(ONE, ONE, titles=("pay by card", "pay by card"))
    compare.assert_called()


def test_texts_are_read_only_where_two_titles_are_the_same() -> None:
    read = Mock(side_effect=lambda: iter(ONE))
    find_near_duplicates([Text("K-0", ["pay", "by", "card"], read), Text("K-1", ["pay", "by", "voucher"], read)])
    read.assert_not_called()
    find_near_duplicates([Text("K-0", ["pay", "by", "card"], read), Text("K-1", ["pay", "by", "card"], read)])
    read.assert_called()


def test_of_a_large_backlog_only_the_first_texts_and_those_compared_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "COUNTED", 2)
    reads = [Mock(side_effect=lambda: iter(ONE)) for _ in range(6)]
    titles = ("one", "two", "three", "four", "pay by card", "pay by card")
    found = find_near_duplicates(
        [Text(f"K-{n}", title.split(), read) for n, (title, read) in enumerate(zip(titles, reads, strict=True))]
    )

    assert {key: one.key for key, one in found.items()} == {"K-5": "K-4"}
    assert [read.called for read in reads] == [True, True, False, False, True, True]
