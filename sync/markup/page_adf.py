"""Our part of the living page in an ADF document: from one marker line to the other, among the people's blocks."""

from collections.abc import Mapping

from rules.plan.page_body import FIRST_LINE, LAST_LINE, PageBody
from sync.markup.adf_writer import Node, bullets, one_line, paragraph, text
from sync.markup.page_part import pieces, place_of

LIST_ID = "readyline"
TO_DECIDE = "To decide: tick a box, and the next run acts on it."


def replaced(document: object, body: PageBody) -> Node:
    """The document with our part as `body` says, at its place or at the end; everything else is what it was."""
    present = list(document.get("content") or ()) if isinstance(document, Mapping) else []
    first, behind = place_of(present, _starts)
    content = [*present[:first], *_part(body), *present[behind:]]
    return {"type": "doc", "version": 1, "content": content}


def _starts(node: object, marker: str) -> bool:
    """Whether a block is a paragraph that starts with a marker."""
    if not isinstance(node, Mapping) or node.get("type") != "paragraph":
        return False
    texts = (str(inline.get("text", "")) for inline in node.get("content") or () if isinstance(inline, Mapping))
    return "".join(texts).lstrip().startswith(marker)


def _part(body: PageBody) -> list[Node]:
    if not body.title:
        return []
    link = {"type": "text", "text": "Open the page", "marks": [_link(body.link)]}
    return [
        *paragraph([_marker(FIRST_LINE)]),
        *paragraph(text(body.title, strong=True)),
        *bullets([_line(line, body) for line in body.lines]),
        *_boxes(body),
        *paragraph([link] if body.link else []),
        *paragraph([_marker(LAST_LINE)]),
    ]


def _boxes(body: PageBody) -> list[Node]:
    if not body.boxes:
        return []
    items = [
        {
            "type": "taskItem",
            "attrs": {"localId": f"{LIST_ID}-{box.key}", "state": "TODO"},
            "content": _line(box.text, body),
        }
        for box in body.boxes
    ]
    return [*paragraph(text(TO_DECIDE)), {"type": "taskList", "attrs": {"localId": LIST_ID}, "content": items}]


def _line(line: str, body: PageBody) -> list[Node]:
    """A line in which the keys of issues are links."""
    return [
        {"type": "text", "text": piece, **({"marks": [_link(address)]} if address else {})}
        for piece, address in pieces(one_line(line), body)
    ]


def _link(address: str) -> Node:
    return {"type": "link", "attrs": {"href": address}}


def _marker(line: str) -> Node:
    return {"type": "text", "text": line, "marks": [{"type": "em"}]}
