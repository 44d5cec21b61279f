"""Any text gives a document, in work that grows with its length."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.document import BlockKind, Document
from rules.model import Kind
from rules.text import read_issue
from sync.markup import READERS, adf, detect
from sync.markup import block_reader as lines
from sync.markup import preprocess as source

_SIGNS = """
* # - _ + | || { } [ ] ( ) ! < > ` ``` ~~~ = --- h1. bq. {code} {quote} {html} {panel:title=x} <!-- --> --->
<pre> </pre> <li> <br> <b> </b> <td> [x] (/) As a user I want so that Given When Then Expected: Steps: TBD ...
? &amp; &#x1F600; \\ 1. a)
"""
SIGNS = st.sampled_from([*_SIGNS.split(), "\n", "\r\n", "\n\n", " ", "  ", "\t", "\u00a0", "\u200b", "- [ ] "])
HOSTILE = st.lists(st.one_of(SIGNS, st.text(max_size=6)), max_size=60).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "content", "attrs", "marks", "text", "level", "state", "title"]), inner, max_size=5
        )
    ),
    max_leaves=30,
)


@given(HOSTILE)
@settings(deadline=None)
def test_any_text_gives_the_same_document_twice_in_every_dialect(text: str) -> None:
    detect(text)
    for read in READERS.values():
        document = read(text)
        assert document == read(text)
        _is_sound(document, text)


@given(HOSTILE, st.sampled_from(sorted(READERS)), st.sampled_from(Kind))
@settings(deadline=None)
def test_any_document_gives_the_same_reading_twice(text: str, dialect: str, kind: Kind) -> None:
    document = READERS[dialect](text)

    assert read_issue(text[:80], document, kind, document) == read_issue(text[:80], document, kind, document)


@given(JSON)
@settings(deadline=None)
def test_any_json_gives_a_document(value: Any) -> None:
    document = adf.read(value)

    assert all(isinstance(block.text, str) for block in document.blocks)


def _is_sound(document: Document, text: str) -> None:
    last = source.tidy(text).count("\n") + 1
    for block in document.blocks:
        assert 0 <= block.line <= last
        assert (block.ticked is None) == (block.kind is not BlockKind.TICK)
        assert source.SOFT_BREAK not in block.text
        assert source.SILENT_LINE not in block.text


def _work(function: Callable[[], object]) -> int:
    """How many lines of Python run: a measure of work that does not depend on the machine."""
    count = 0

    def tracer(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        function()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "sign", ["{code}", "<!--", "```\n", "- x\n", "* ", "|a", "As a user, ", "{quote}", "a: b\n", "# x\n\n"]
)
def test_work_grows_no_faster_than_the_text(sign: str) -> None:
    def read(times: int) -> None:
        document = lines.read(sign * times, lines.WIKI)
        read_issue("title", document, Kind.STORY)

    read(10)  # what is compiled or remembered once is not counted
    small, large = _work(lambda: read(200)), _work(lambda: read(800))

    assert large <= 5 * small


def test_a_text_beyond_the_limit_is_cut_and_says_so() -> None:
    document = lines.read("word " * (source.MAX_CHARS // 5 + 10), lines.MARKDOWN)

    assert document.blocks[-1].text == source.CUT_NOTE
