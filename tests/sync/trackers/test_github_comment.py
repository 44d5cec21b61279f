"""Our comment in Markdown: whatever is in an issue, the page has our own marks and no others."""

from hypothesis import example, given
from hypothesis import strategies as st

from rules.plan.comment import CommentBody, Fix
from sync.trackers.note_text import MARKDOWN, write_note
from sync.trackers.signed_comments import signed
from tests.contract.markdown_page import live_in

PAGE_OF_RULE = "https://docs.example/described.md"


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@example("\\")
def test_the_page_has_only_our_own_marks(text: str) -> None:
    fix = Fix(text, text, must=True, name="described", link=PAGE_OF_RULE)
    note = CommentBody(headline=text, summary=text, fixes=(fix,), passed=(text,), footer=text, answers=(text,))
    assert live_in(signed(write_note(note, MARKDOWN), note.digest), PAGE_OF_RULE) == []
