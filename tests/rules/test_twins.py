"""Near duplicates are found in time that grows with the backlog and not with its square."""

import time
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.twins import LIKENESS, twins_of

ONE = ["pay", "with", "a", "saved", "card", "at", "the", "checkout", "page", "of", "the", "shop"]


def test_the_later_of_two_alike_texts_has_the_earlier_as_its_twin() -> None:
    """And the earlier has none."""
    twins = twins_of([("A", ONE), ("B", [*ONE, "now"])])

    assert set(twins) == {"B"}
    assert twins["B"].key == "A"
    assert LIKENESS <= twins["B"].likeness < 1


def test_texts_of_a_few_words_are_alike_by_chance() -> None:
    """So they are nobody's twin."""
    assert twins_of([("A", ["fix", "it"]), ("B", ["fix", "it"])]) == {}


def test_the_words_of_a_template_do_not_make_twins() -> None:
    """What a quarter of the issues share is left out."""
    template = [f"template{n}" for n in range(30)]
    texts = [(f"K-{n}", [*template, *(f"own{n}x{i}" for i in range(5))]) for n in range(40)]

    assert twins_of(texts) == {}


def test_a_backlog_of_equal_texts_takes_bounded_time() -> None:
    """The worst case of a naive comparison: eight million pairs."""
    started = time.perf_counter()
    twins = twins_of([(f"K-{n}", [f"w{n // 5}a{i}" for i in range(200)]) for n in range(4_000)])

    assert len(twins) == 4_000 - 800
    assert time.perf_counter() - started < 20


WORDS = st.lists(st.sampled_from([f"word{n}" for n in range(12)]), min_size=4, max_size=10)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=12))
def test_nothing_alike_is_missed_and_nothing_else_is_found(texts: list[list[str]]) -> None:
    """Compared with looking at every pair."""
    named = [(f"K-{number}", words) for number, words in enumerate(texts)]
    found = twins_of(named)
    alike = set()
    for (_, first), (key, second) in combinations(named, 2):
        one, other = set(first), set(second)
        if min(len(one), len(other)) >= 4 and len(one & other) / len(one | other) >= LIKENESS:
            alike.add(key)
    assert set(found) == alike
