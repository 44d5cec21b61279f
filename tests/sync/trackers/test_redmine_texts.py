"""A text in our comment on Redmine is shown and never read; and what Redmine's requests and answers mean."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests import Request

from rules.plan.comment import CommentBody, Fix
from sync.errors import Forbidden, LoggedOut, Rejected
from sync.trackers.http import Transport
from sync.trackers.note_text import JOINER
from sync.trackers.redmine.dialect import REDMINE
from sync.trackers.redmine.texts import inert, read_text, write_note
from tests.contract.redmine_place import settings
from tests.sync.trackers.http_stub import FakeClock, Script, answer, caller

TEXTILE, MARKDOWN = settings(markup="textile"), settings(markup="common_mark")
HOSTILE = (
    "@bob {{include(Page)}} #12 user:bob version:S1 r12 !http://x.example/y.png! <pre> h1. x [a](http://b.example)"
)


@given(st.text())
def test_textile_gets_no_sign_that_it_would_read(text: str) -> None:
    assert re.sub(r"&#\d+;", "", inert(text, TEXTILE)).isascii() is inert(text, TEXTILE).isascii()
    assert not re.search(r"[!-%'-/:-@\[-`{-~]", re.sub(r"&#\d+;", "", inert(text, TEXTILE)))


@given(st.text())
def test_markdown_gets_no_sign_that_it_would_read(text: str) -> None:
    shown = inert(text, MARKDOWN)
    assert not re.search(r"(?<!\\)[!-/:-@\[\]-`{-~]", re.sub(r"\\\\", "", shown))
    assert not re.search(r"[@#!~%&$:{.][^\s\u2060\\]", shown)


@pytest.mark.parametrize("own", [TEXTILE, MARKDOWN], ids=["textile", "markdown"])
def test_a_revision_is_no_reference(own: object) -> None:
    assert f"r{JOINER}12" in inert("see r12", MARKDOWN if own is MARKDOWN else TEXTILE)


def test_our_own_words_are_read_as_they_are_meant() -> None:
    note = CommentBody(
        headline="Not ready", fixes=(Fix("no criteria", "add two", must=True, link="https://d.example/x.md"),)
    )
    assert write_note(note, TEXTILE) == '*Not ready*\n\n* *no criteria* – add two "Details":https://d.example/x.md'
    assert write_note(note, MARKDOWN) == (
        "**Not ready**\n\n* **no criteria** – add two [Details](<https://d.example/x.md>)"
    )


def test_a_comment_with_hostile_text_stays_on_its_lines() -> None:
    note = CommentBody(headline=HOSTILE, fixes=(Fix(f"a\n{HOSTILE}", "b", must=False),))
    assert len(write_note(note, MARKDOWN).splitlines()) == 3


def test_texts_are_read_in_the_sites_markup() -> None:
    assert [block.text for block in read_text("h2. Why\n\n* one", TEXTILE).blocks] == ["Why", "one"]
    assert [block.text for block in read_text("## Why\n\n- one", MARKDOWN).blocks] == ["Why", "one"]


def test_a_put_with_a_note_creates_and_one_without_does_not() -> None:
    note = Request("PUT", "https://r.example/redmine/issues/12.json", json={"issue": {"notes": "x"}}).prepare()
    fields = Request("PUT", "https://r.example/issues/12.json", json={"issue": {"subject": "x"}}).prepare()
    journal = Request("PUT", "https://r.example/journals/3.json", json={"journal": {"notes": "x"}}).prepare()
    assert REDMINE.call(note).creates
    assert (REDMINE.call(note).endpoint, REDMINE.call(note).issue) == ("issues/{}", "12")
    assert (REDMINE.call(fields).creates, REDMINE.call(fields).writes) == (False, True)
    assert (REDMINE.call(journal).creates, REDMINE.call(journal).endpoint) == (False, "journals/{}")
    assert not REDMINE.call(Request("GET", "https://r.example/issues.json").prepare()).writes


def test_an_answer_says_what_is_wrong_and_never_repeats_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock()
    call = caller(Transport(REDMINE, clock=clock))
    key = {"X-Redmine-API-Key": "planted-key"}
    Script(monkeypatch, clock, answer(422, {"errors": ["Subject is wrong: planted-key"]}))
    with pytest.raises(Rejected, match="Subject is wrong") as refused:
        call("PUT", "/issues/1.json", headers=key)
    assert "planted-key" not in str(refused.value)
    Script(monkeypatch, clock, answer(401))
    with pytest.raises(LoggedOut):
        call("GET", "/users/current.json", headers=key)
    Script(monkeypatch, clock, answer(403))
    with pytest.raises(Forbidden, match="archived"):
        call("GET", "/projects/2.json", headers=key)
