"""References in our comment that begin with a letter or digit are shown and never read."""

import pytest

from sync.trackers.note_text import JOINER, inert_markdown

HOSTILE = (
    "SHOP-12",
    "^alert#1",
    "[+x+]",
    "GH-12",
    "gh-12",
    "r12",
    "0a1b2c3",
    "deadbeef" * 5,
    "SHOP-12",
    "^alert#1",
    "[+x+]",
    "@ana",
    "@acme/team",
    "#1",
    "acme/shop#1",
    "- [ ] do",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_reference_is_broken_by_an_invisible_sign(text: str) -> None:
    shown = inert_markdown(f"see {text} now")
    assert JOINER in shown
    assert text not in shown.replace("\\", "")


def test_no_part_of_the_name_of_a_commit_is_one() -> None:
    assert max(map(len, inert_markdown("deadbeef" * 5).split(JOINER))) < 7


def test_a_word_of_letters_and_a_short_number_stay() -> None:
    assert inert_markdown("A facade of 123456 stays") == "A facade of 123456 stays"
