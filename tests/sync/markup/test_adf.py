from typing import Any

import pytest

from sync.markup import adf
from tests.sync.markup.shapes import shapes


def text(words: str, *marks: str) -> dict[str, Any]:
    return {"type": "text", "text": words, "marks": [{"type": mark} for mark in marks]}


def node(kind: str, *content: Any, **attributes: Any) -> dict[str, Any]:
    return {"type": kind, "content": list(content), "attrs": attributes}


def paragraph(words: str) -> dict[str, Any]:
    return node("paragraph", text(words))


def nested() -> dict[str, Any]:
    inner = node("orderedList", node("listItem", paragraph("b")))
    return node("bulletList", node("listItem", paragraph("a"), inner))


def test_every_kind_of_node_gives_its_text() -> None:
    cells = node("tableHeader", paragraph("h")), node("tableCell", paragraph("c"))
    inline = node("inlineCard", url="https://example.org"), node("status", text="DONE"), node("emoji", shortName=":a:")
    document = adf.read(
        node(
            "doc",
            node("heading", text("Why"), level=2),
            node("paragraph", text("one"), {"type": "hardBreak"}, text("two "), node("mention", text="@Ana", id="1")),
            nested(),
            node("taskList", node("taskItem", text("t"), state="DONE"), node("taskItem", text("u"), state="TODO")),
            node("decisionList", node("decisionItem", text("d"), state="DECIDED")),
            node("codeBlock", text("x = 1"), language="python"),
            node("blockquote", paragraph("said")),
            node("panel", paragraph("in a panel"), panelType="info"),
            node("expand", paragraph("folded"), title="More"),
            node("table", node("tableRow", *cells)),
            node("rule"),
            node("mediaSingle", node("media", type="file", id="1")),
            node("paragraph", *inline),
        )
    )

    assert shapes(document) == [
        ("heading", "Why"),
        ("paragraph", "one\ntwo @Ana"),
        ("item", "a"),
        ("item", "b"),
        ("tick", "t"),
        ("tick", "u"),
        ("item", "d"),
        ("code", "x = 1"),
        ("quote", "said"),
        ("paragraph", "in a panel"),
        ("heading", "More"),
        ("paragraph", "folded"),
        ("row", "h | c"),
        ("paragraph", "image"),
        ("paragraph", "https://example.orgDONE:a:"),
    ]


def test_lists_know_their_depth_order_and_ticks() -> None:
    document = adf.read(node("doc", nested(), node("taskList", node("taskItem", text("c"), state="DONE"))))

    assert [(block.level, block.ordered, block.ticked) for block in document.blocks] == [
        (1, False, None),
        (2, True, None),
        (1, False, True),
    ]


def test_a_paragraph_in_bold_is_a_heading_of_level_seven() -> None:
    document = adf.read(
        node("doc", node("paragraph", text("Steps"), text(":")), node("paragraph", text("Expected", "strong")))
    )

    assert [(block.kind.value, block.level) for block in document.blocks] == [("paragraph", 0), ("heading", 7)]


def test_an_unknown_node_is_looked_through() -> None:
    document = adf.read(node("doc", node("hologram", node("paragraph", text("seen"))), node("sparkle", text("too"))))

    assert shapes(document) == [("paragraph", "seen"), ("paragraph", "too")]


def test_what_is_no_document_gives_what_text_it_holds() -> None:
    assert adf.read(None).blocks == ()
    assert shapes(adf.read("plain")) == [("paragraph", "plain")]
    assert adf.read({"type": ["odd"], "content": {"not": "a list"}, "attrs": 7}).blocks == ()


def test_a_very_deep_tree_needs_no_stack() -> None:
    tree: Any = node("paragraph", text("deep"))
    for _ in range(5_000):
        tree = node("layoutSection", tree)

    assert shapes(adf.read(tree)) == [("paragraph", "deep")]


def test_lines_count_the_blocks() -> None:
    document = adf.read(node("doc", node("paragraph", text("a")), node("paragraph", text("b"))))

    assert [block.line for block in document.blocks] == [1, 2]


def test_a_heading_in_the_first_line_of_a_paragraph_counts_as_one_block() -> None:
    lines = text("Acceptance:", "strong"), {"type": "hardBreak"}, text("- one")
    document = adf.read(node("doc", paragraph("a"), node("paragraph", *lines), paragraph("b")))
    assert [(block.text, block.line) for block in document.blocks] == [
        ("a", 1),
        ("Acceptance:", 2),
        ("- one", 3),
        ("b", 4),
    ]


def test_a_row_keeps_its_cells_their_lines_and_which_are_headers() -> None:
    items = node("bulletList", node("listItem", paragraph("one")), node("listItem", paragraph("two")))
    row = node("tableRow", node("tableHeader", paragraph("Acceptance")), node("tableCell", items))
    (block,) = adf.read(node("doc", node("table", row))).blocks

    assert (block.text, block.cells, block.heads) == ("Acceptance | one two", ("Acceptance", "one\ntwo"), (0,))


def test_a_bold_first_line_of_a_paragraph_is_a_heading() -> None:
    lines = text("Acceptance:", "strong"), {"type": "hardBreak"}, text("- one"), {"type": "hardBreak"}, text("- two")

    assert shapes(adf.read(node("doc", node("paragraph", *lines)))) == [
        ("heading", "Acceptance:"),
        ("paragraph", "- one\n- two"),
    ]


def test_a_bold_line_of_a_quotation_is_a_heading() -> None:
    quoted = node("blockquote", node("paragraph", text("Acceptance", "strong")), paragraph("one"))

    assert shapes(adf.read(node("doc", quoted))) == [("heading", "Acceptance"), ("quote", "one")]


def test_what_is_struck_out_is_not_there() -> None:
    struck = node("listItem", node("paragraph", text("gone", "strike")))
    partly = node("listItem", node("paragraph", text("keep "), text("not this", "strike")))

    assert shapes(adf.read(node("doc", node("bulletList", struck, partly)))) == [("item", "keep")]


@pytest.mark.parametrize(("timestamp", "day"), [("1796083200000", "2026-12-01"), ("soon", ""), ("9" * 30, "")])
def test_a_date_is_a_day(timestamp: str, day: str) -> None:
    line = node("paragraph", text("By "), node("date", timestamp=timestamp))

    assert shapes(adf.read(node("doc", line))) == [("paragraph", f"By {day}".strip())]


def test_pictures_alone_are_known_as_such() -> None:
    document = adf.read(
        node("doc", node("mediaSingle", node("media", type="file", id="1", alt="a.png")), paragraph("words"))
    )

    assert [block.only_pictures for block in document.blocks] == [True, False]


def test_a_link_behind_a_heading_is_put_in_brackets() -> None:
    heading = node("heading", text("Acceptance "), text("guide", "link"), level=2)

    assert shapes(adf.read(node("doc", heading))) == [("heading", "Acceptance (guide)")]
    assert shapes(adf.read(node("doc", node("heading", text("Acceptance", "link"), level=2)))) == [
        ("heading", "Acceptance")
    ]
