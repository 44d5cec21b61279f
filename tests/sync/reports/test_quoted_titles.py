from hypothesis import given
from hypothesis import strategies as st

from sync.reports.quoted_titles import START, QuotedTitles

LETTERS = st.text("ab", min_size=1, max_size=2 * START)


@given(titles=st.frozensets(LETTERS, max_size=6), text=st.text("ab", max_size=6 * START))
def test_it_answers_what_asking_for_each_title_answers(titles: frozenset[str], text: str) -> None:
    assert QuotedTitles(titles).any_in(text) is any(title in text for title in titles)


@given(title=LETTERS, before=st.text(max_size=START), after=st.text(max_size=START))
def test_a_title_is_found_wherever_it_stands(title: str, before: str, after: str) -> None:
    assert QuotedTitles(frozenset({title, "another title"})).any_in(before + title + after)


def test_no_title_is_quoted_by_any_text() -> None:
    assert not QuotedTitles(frozenset()).any_in("Pay by invoice")
