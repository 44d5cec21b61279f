"""References in our comment that begin with a letter or digit are shown and never read."""

import pytest

from sync.trackers.note_text import JOINER, inert_markdown

HOSTILE = ("GH-12", "gh-12", "r12", "0a1b2c3", "deadbeef" * 5, "@ana", "@acme/team", "#1", "acme/shop#1", "- [ ] do")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_reference_is_broken_by_an_invisible_sign(text: str) -> None:
    shown = inert_markdown(f"see {text} now")
    assert JOINER in shown
    assert text not in shown.replace("\\", "")


def test_a_word_of_letters_and_a_short_number_stay() -> None:
    assert inert_markdown("A facade of 123456 stays") == "A facade of 123456 stays"
