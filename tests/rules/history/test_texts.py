"""What a text was, and how much of it changed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.document import EMPTY
from rules.history.texts import issue_at, reading_at, rewritten_since, texts_at, word_change
from rules.model import EditField
from rules.text import read_issue
from tests.factories import NOW, comment, document, edit, issue

A, B, C = document("one"), document("one two"), document("one two three")
LATE = NOW - timedelta(days=100)


def test_a_text_is_the_former_one_of_the_next_edit() -> None:
    """A until day 20, B until day 10, C since."""
    now = issue(document=C)
    edits = (
        edit(EditField.DESCRIPTION, days_ago=20, former=A),
        edit(EditField.DESCRIPTION, days_ago=10, former=B),
    )

    found = [texts_at(now, edits, NOW - timedelta(days=day)) for day in (25, 15, 5)]

    assert found == [(A, None), (B, None), (C, None)]


def test_the_field_for_criteria_has_a_past_of_its_own() -> None:
    now = issue(document=A, acceptance=document("- two is hidden"))
    edits = (edit(EditField.ACCEPTANCE, days_ago=5, former=EMPTY),)

    assert texts_at(now, edits, NOW - timedelta(days=9)) == (A, EMPTY)
    then = reading_at(now, edits, NOW - timedelta(days=9))
    assert then is not None
    assert then.facts.acceptance == "absent"


def test_a_text_that_was_too_long_to_be_kept_is_not_known() -> None:
    edits = (edit(EditField.DESCRIPTION, days_ago=5),)

    assert texts_at(issue(), edits, LATE) is None
    assert reading_at(issue(), edits, LATE) is None


@pytest.mark.parametrize(
    ("before", "after", "share"),
    [
        ("a b c d", "a b c d", 0.0),
        ("a b c d", "d c b a", 0.0),
        ("a b c d", "a b c x", 0.25),
        ("a b c", "a b c d", 0.25),
        ("a b c d", "a b c", 0.25),
        ("", "a", 1.0),
        ("A B", "a b", 0.0),
        ("", "", 0.0),
    ],
)
def test_the_changed_share_is_over_the_longer_text(before: str, after: str, share: float) -> None:
    assert word_change((document(before),), (document(after), None)) == pytest.approx(share)


words = st.lists(st.sampled_from("abcdef"), max_size=12).map(" ".join).map(document)


@given(words, words)
def test_the_changed_share_is_the_same_in_both_directions(one: object, other: object) -> None:
    there, back = word_change((one,), (other,)), word_change((other,), (one,))  # type: ignore[arg-type]

    assert there == back
    assert 0 <= there <= 1
    assert word_change((one,), (one,)) == 0  # type: ignore[arg-type]


def test_a_new_title_or_label_rewrites_no_text() -> None:
    now = issue()
    edits = (edit(EditField.TITLE, days_ago=1, before="Pay"), edit(EditField.LABELS, days_ago=1))

    assert not rewritten_since(now, edits, LATE, read_issue(now.title, now.document, now.kind), least=0.15)


def test_nothing_is_claimed_where_the_text_of_then_was_not_kept() -> None:
    now = issue()
    edits = (edit(EditField.DESCRIPTION, days_ago=1),)

    assert not rewritten_since(now, edits, LATE, read_issue(now.title, now.document, now.kind), least=0.15)


def test_an_issue_of_an_earlier_day_has_the_title_labels_estimate_and_comments_of_that_day() -> None:
    """Five days ago it was renamed, labelled and estimated again; the comment is of yesterday."""
    now = issue(title="Pay with a card", labels=frozenset({"web"}), points=8.0, comments=(comment(),))
    edits = (
        edit(EditField.TITLE, days_ago=5, before="Pay", after="Pay with a card"),
        edit(EditField.LABELS, days_ago=5, before="app ui", after="web"),
        edit(EditField.ESTIMATE, days_ago=5, before="3", after="8"),
    )

    then = issue_at(now, edits, NOW - timedelta(days=6))

    assert then == replace(now, title="Pay", labels=frozenset({"app", "ui"}), points=3.0, comments=())
    assert issue_at(now, edits, NOW) == now


def test_an_issue_with_a_text_that_was_not_kept_is_not_known() -> None:
    edits = (edit(EditField.DESCRIPTION, days_ago=5, former=None),)

    assert issue_at(issue(), edits, NOW - timedelta(days=6)) is None
