"""Our part of the living page among people's text, in both dialects."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.document import BlockKind
from rules.plan.page_body import BEGIN, END, NO_PAGE, Box, PageBody
from sync.markup import adf, page_adf, page_wiki, wiki
from tests.hostile import detectors
from tests.hostile.texts import SEEDS

BODY = PageBody(
    title="Shop: 1.4 sprints of ready work",
    lines=("3 of 5 issues are ready.", "What to do first:"),
    boxes=(Box(text="Accept SHOP-2 for Payments (Sprint 5)", key="SHOP-2", command="/ready accept"),),
    link="https://reports.example.com/readyline.html",
)
LATER = PageBody(title="Shop: 2 sprints of ready work")


def paragraph(text: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": "text", "text": text}]}


def doc(*content: dict[str, Any]) -> dict[str, Any]:
    return {"type": "doc", "version": 1, "content": list(content)}


PANEL = {"type": "panel", "attrs": {"panelType": "info"}, "content": [paragraph("Our working agreement")]}


def test_in_adf_it_comes_behind_what_is_there_and_is_replaced_in_place() -> None:
    first = page_adf.replaced(doc(PANEL), BODY)
    assert first["content"][0] == PANEL
    edited = doc(*first["content"], paragraph("Ana: see you on Monday."))
    second = page_adf.replaced(edited, LATER)
    assert [second["content"][0], second["content"][-1]] == [PANEL, paragraph("Ana: see you on Monday.")]
    text = [block.text for block in adf.read(second).blocks]
    assert LATER.title in text
    assert BODY.title not in text
    assert page_adf.replaced(second, NO_PAGE) == doc(PANEL, paragraph("Ana: see you on Monday."))


def test_in_adf_a_decision_is_a_box_that_is_read_back() -> None:
    made = page_adf.replaced(None, BODY)
    (box,) = (block for block in adf.read(made).blocks if block.kind is BlockKind.TICK)
    assert (box.text, box.ticked) == (BODY.boxes[0].text, False)
    schema = detectors._schema()
    assert schema is None or [error.message for error in schema.iter_errors(made)] == []


def test_in_wiki_markup_it_comes_behind_what_is_there_and_is_replaced_in_place() -> None:
    first = page_wiki.replaced("h2. Agreement\r\n* be kind", BODY)
    assert first.startswith("h2. Agreement\n* be kind\n\n_▼ readyline")
    second = page_wiki.replaced(f"{first}\n\nAna: see you on Monday.", LATER)
    assert second.startswith("h2. Agreement\n* be kind\n")
    assert second.endswith("\n\nAna: see you on Monday.")
    assert "1.4" not in second
    assert page_wiki.replaced(second, NO_PAGE).split() == [
        "h2.",
        "Agreement",
        "*",
        "be",
        "kind",
        "Ana:",
        "see",
        "you",
        "on",
        "Monday.",
    ]


def test_in_wiki_markup_a_decision_names_its_command() -> None:
    texts = [block.text for block in wiki.read(page_wiki.replaced("", BODY)).blocks]
    assert "Accept SHOP-2 for Payments (Sprint 5): comment /ready accept on SHOP-2" in texts


NAMING = PageBody(
    title="Shop",
    lines=("Make SHOP-1, SHOP-12 ready (not XSHOP-1).",),
    links=(("SHOP-1", "https://x.example/browse/SHOP-1"), ("SHOP-12", "https://x.example/browse/SHOP-12")),
)


def test_the_keys_of_issues_are_links_in_both_dialects() -> None:
    (items,) = (node for node in page_adf.replaced(None, NAMING)["content"] if node["type"] == "bulletList")
    inline = items["content"][0]["content"][0]["content"]
    linked = [(one["text"], one["marks"][0]["attrs"]["href"]) for one in inline if "marks" in one]
    assert linked == list(NAMING.links)
    assert "".join(one["text"] for one in inline) == NAMING.lines[0]

    line = next(line for line in page_wiki.replaced("", NAMING).split("\n") if line.startswith("* "))
    assert line.count("|https://x.example/browse/SHOP-1]") == line.count("|https://x.example/browse/SHOP-12]") == 1
    assert "[X" not in line


@pytest.mark.parametrize("marker", [BEGIN, END])
def test_where_a_person_removed_one_marker_nothing_is_lost_and_a_new_part_is_added(marker: str) -> None:
    made = page_adf.replaced(doc(PANEL), BODY)
    cut = doc(*(node for node in made["content"] if marker not in str(node)))
    again = page_adf.replaced(cut, LATER)
    assert again["content"][: len(cut["content"])] == cut["content"]
    assert page_adf.replaced(again, LATER) == again

    lines = page_wiki.replaced("Ours", BODY).split("\n")
    cut_text = "\n".join(line for line in lines if marker not in line)
    assert page_wiki.replaced(cut_text, LATER).startswith(cut_text)


@given(st.text(), st.text(min_size=1))
def test_whatever_people_wrote_in_wiki_markup_stays_and_a_second_time_changes_nothing(text: str, title: str) -> None:
    body = PageBody(title=title, lines=(title,))
    once = page_wiki.replaced(text, body)
    assert once.startswith(text.replace("\r\n", "\n").replace("\r", "\n"))
    assert page_wiki.replaced(once, body) == once


@pytest.mark.parametrize("hostile", SEEDS)
def test_no_text_becomes_markup(hostile: str) -> None:
    body = PageBody(title=hostile or "x", lines=(hostile,))
    part = page_wiki.replaced("", body).split("\n")[1:-1]
    assert detectors.in_wiki("\n".join(part)) == []
    nodes = [
        node for node in page_adf.replaced(None, body)["content"] if BEGIN not in str(node) and END not in str(node)
    ]
    assert detectors.in_adf(doc(*nodes)) == []
