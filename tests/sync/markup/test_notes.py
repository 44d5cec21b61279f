"""Whatever an issue says, our comment about it is inert."""

import html
import json
import re
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.plan.comment import CommentBody, Fix
from sync.markup import adf, wiki
from sync.markup.adf_writer import MAX_CHARS, one_line
from sync.markup.wiki import inert
from tests.external_data import SHARED, skip_without
from tests.hostile.texts import SEEDS
from tests.thorough import scaled

SCHEMA = SHARED / "openapi" / "adf-document-v1.schema.json"

TRICKY = [*SEEDS, ""]
WORDS = st.one_of(
    st.sampled_from(TRICKY), st.text(max_size=80), st.lists(st.sampled_from(TRICKY), max_size=5).map(" ".join)
)
FIXES = st.builds(Fix, WORDS, WORDS, st.booleans(), st.sampled_from(["", "acceptance", "[~admin]"]))
NOTES = st.builds(
    CommentBody,
    headline=WORDS,
    summary=WORDS,
    fixes=st.lists(FIXES, max_size=5).map(tuple),
    passed=st.lists(WORDS, max_size=5).map(tuple),
    footer=WORDS,
)
LONG = CommentBody(
    headline="🙂" * 5000,
    summary="{" * 5000,
    fixes=tuple(Fix(f"message {number} " + "[" * 400, "hint " * 200, number % 2 == 0) for number in range(60)),
    passed=tuple(f"rule {number}" * 50 for number in range(200)),
    footer="🙂" * 5000,
)


@cache
def schema() -> Any:
    skip_without(SCHEMA)
    return jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@given(NOTES)
@settings(deadline=None, max_examples=scaled(20, 60))
def test_every_note_is_valid_adf(note: CommentBody) -> None:
    schema().validate(adf.write(note))


def test_the_longest_note_is_valid_adf_within_the_budget() -> None:
    document = adf.write(LONG)

    schema().validate(document)
    assert len(json.dumps(document)) <= MAX_CHARS


@given(NOTES)
def test_adf_holds_only_text_lists_and_one_fold(note: CommentBody) -> None:
    allowed = {"doc", "paragraph", "text", "bulletList", "listItem", "expand", "strong"}

    assert set(re.findall(r'"type": "(\w+)"', json.dumps(_without_texts(adf.write(note))))) <= allowed


def _without_texts(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: "" if key in ("text", "title") else _without_texts(value) for key, value in node.items()}
    return [_without_texts(child) for child in node] if isinstance(node, list) else node


@given(NOTES)
def test_adf_says_all_of_a_short_note(note: CommentBody) -> None:
    said = [block.text for block in adf.read(adf.write(note)).blocks]

    for words in (note.headline, note.summary, note.footer):
        assert not one_line(words) or one_line(words) in said


# What Jira's parser reads, pattern by pattern, after its notation guide and its published renderer.
def _phrase(sign: str) -> str:
    """What could open or close a phrase: such a sign neither behind nor in front of a letter or digit."""
    return rf"(?<![^\W_]){sign}[^\s{sign}]|[^\s{sign}]{sign}(?![^\W_])"


MARKUP = {
    **{f"phrase {sign}": _phrase(re.escape(sign)) for sign in "*_-+^~"},
    "citation": r"\?\?",
    "braces, brackets, images, cells, escapes": r"[{}\[\]!|\\]",
    "address": r"(?:https?|ftps?|file|mailto|irc|news|nntp|javascript|skype|callto|tel|git)s?:\S|://|//|www\.",
    "mail address": r"\w@\w",
    "smiley": r":[-']?[)(DPpO]|;-?\)|\((?:y|n|i|x|/|!|\+|-|\?|on|off|\*[rgby]?|flag|flagoff)\)",
    "key of an issue": r"\b[A-Z][A-Z0-9_]+-\d",
    "heading, quote or footnote": r"^(?:h[1-6]|bq|fn\d)\.",
    "item or rule": r"^[*#-]",
    "dash": r"--",
    "HTML": r"[<>]",
    "entity": r"&(?!#\d+;)",
    "hash": r"(?<!&)#",
}


@pytest.mark.parametrize("what", MARKUP)
@given(WORDS)
def test_no_wiki_markup_survives_in_words_of_an_issue(what: str, words: str) -> None:
    shown = inert(words)

    assert not re.search(MARKUP[what], shown), shown
    assert html.unescape(shown) == one_line(words)


@pytest.mark.parametrize(
    "words",
    [
        "readyline updates this comment. To opt out, add the label readyline-hands-off.",
        'Add one: "As a ..., I want ... so that ...".',
        "To accept a finding for some time, comment: /ready waive RULE until YYYY-MM-DD because REASON",
        "The description is only 3 words long (template text not counted).",
        "50 % of 20 points; is that enough? It isn't.",
        "has_team, end-to-end, and/or, 2026-12-01",
    ],
)
def test_plain_sentences_need_no_entities(words: str) -> None:
    assert inert(words) == words


def test_the_key_of_an_issue_is_no_link() -> None:
    assert inert("SHOP-12 and AB1-2") == "SHOP&#45;12 and AB1&#45;2"


@given(NOTES)
def test_wiki_has_no_markup_but_our_own_bold_list_signs_and_one_italic(note: CommentBody) -> None:
    for line in wiki.write(note).split("\n"):
        ours = re.fullmatch(r"(?:\* )?(?:\*[^*]+\*)?(?: – )?[^*]*|_\d+ checks? passed:_ [^*]*", line)
        assert ours is not None, line


@given(NOTES)
def test_wiki_read_back_has_no_heading_link_code_or_quote_from_an_issue(note: CommentBody) -> None:
    document = wiki.read(wiki.write(note))

    assert {block.kind.value for block in document.blocks} <= {"heading", "paragraph", "item"}
    assert all(block.level == 7 for block in document.blocks if block.kind == "heading")


def test_the_longest_note_fits_the_limit_in_wiki_markup() -> None:
    text = wiki.write(LONG)

    assert len(text) <= MAX_CHARS
    assert "more." in text


def test_a_healed_note_is_one_line() -> None:
    note = CommentBody(headline="Ready for a sprint")

    assert wiki.write(note) == "*Ready for a sprint*"
    assert [block.text for block in adf.read(adf.write(note)).blocks] == ["Ready for a sprint"]


def test_a_line_ends_with_the_name_that_a_command_speaks_of_it_by() -> None:
    note = CommentBody(headline="Not ready", fixes=(Fix("No estimate", "Size it", must=True, name="has_team"),))

    assert wiki.write(note).endswith("* *No estimate* – Size it (has_team)")
    assert [block.text for block in adf.read(adf.write(note)).blocks][-1] == "No estimate – Size it (has_team)"


def test_a_note_reads_as_it_was_meant() -> None:
    note = CommentBody(
        headline="Not ready",
        summary="Add criteria",
        fixes=(Fix("No acceptance criteria", "Add two", must=True), Fix("No estimate", "Size it", must=False)),
        passed=("description", "title"),
        footer="Waive it in the configuration",
    )

    assert wiki.write(note) == (
        "*Not ready*\n\nAdd criteria\n\n* *No acceptance criteria* – Add two\n* No estimate – Size it\n\n"
        "_2 checks passed:_ description, title\n\nWaive it in the configuration"
    )


def test_a_line_links_to_the_page_of_its_rule() -> None:
    page = "https://example.com/docs/rules/estimated.md"
    note = CommentBody(headline="Not ready", fixes=(Fix("No estimate", "Estimate it", must=False, link=page),))

    assert wiki.write(note).endswith(f"* No estimate – Estimate it [Details|{page}]")
    document = adf.write(note)
    schema().validate(document)
    assert [mark["attrs"]["href"] for mark in _marks(document) if mark["type"] == "link"] == [page]


def _marks(node: Any) -> list[Any]:
    if isinstance(node, list):
        return [mark for child in node for mark in _marks(child)]
    return [*node.get("marks", ()), *_marks(node.get("content", []))]
