"""Our comment as GitHub's Markdown shows it: whatever is in an issue, the page has our own marks and no others.

Mentions and references are looked for in the text of the page, after Markdown, as GitHub does.
"""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rules.plan.comment import CommentBody, Fix
from sync.trackers.note_text import MARKDOWN, write_note
from sync.trackers.signed_comments import signed

PAGE = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {"p", "strong", "em", "ul", "li"}
LIVE = re.compile(
    r"(?<![\w`])@[a-z\d]"  # a mention of a person or team
    r"|#\d|\bGH-\d"  # an issue
    r"|\b[0-9a-f]{7,40}\b"  # a commit
    r"|(?:https?:|ftp:)//\w|www\.\w|[\w.+-]+@[\w-]+\.\w"  # an address
    r"|:[a-z+\d][\w+-]*:"  # a picture
    r"|\[[ xX]\]",  # a box to tick
    re.IGNORECASE,
)
HOSTILE = (
    "@ana @acme/team cc @readyline-bot",
    "closes #12, fixes acme/shop#12, GH-12, https://github.com/acme/shop/issues/12",
    "deadbeef deadbeefdeadbeefdeadbeefdeadbeefdeadbeef :tada: :+1:",
    "- [ ] tick\n- [x] ticked",
    "<img src=x onerror=alert(1)> <!-- hidden --> <details open><summary>x",
    "[a](https://evil.example) ![b](https://evil.example/c.png) <https://evil.example> www.evil.example",
    "`code` ```fence``` **bold** ~~struck~~ | a | b |\n|---|---|",
    "\\@ana \\#12 &#64;ana &lt;b&gt;",
    "1. one\n> quote\n# head\n---\n[^1]: note",
)


def page_of(text: str) -> str:
    fix = Fix(text, text, must=True, name="described", link="https://docs.example/described.md")
    note = CommentBody(headline=text, summary=text, fixes=(fix,), passed=(text,), footer=text, answers=(text,))
    return str(PAGE.render(signed(write_note(note, MARKDOWN), note.digest)))


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@example("\\")
def test_the_page_has_only_our_own_marks(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_read(text: str) -> None:
    check(text)


def check(text: str) -> None:
    page, _, sign = page_of(text).rpartition("<!--")
    assert sign.startswith(" readyline ")
    assert page.count("<a ") == page.count('<a href="https://docs.example/described.md">') <= 1
    page = re.sub(r"</?a\b[^>]*>", "", page)
    assert set(re.findall(r"</?(\w+)", page)) <= OURS
    assert not LIVE.search(html.unescape(re.sub(r"<[^>]+>", " ", page)))
