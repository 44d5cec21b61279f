"""The Atlassian Document Format of Jira Cloud's version 3 interface: a tree of typed nodes in JSON.

The tree is walked without recursion and without trust: an unknown node is searched for text, and a value of a wrong
type counts as absent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from rules.document import CODE, HEADING, ITEM, PARAGRAPH, QUOTE, ROW, TICK, Block, Document
from sync.markup.adf_writer import write
from sync.markup.inline_html import names

__all__ = ["read", "write"]

# No description has a larger tree; the rest is not read.
MAX_NODES = 200_000

_LISTS = names("bulletList orderedList taskList decisionList")
_ITEMS = names("listItem taskItem blockTaskItem decisionItem")
_TITLED = names("expand nestedExpand panel extension bodiedExtension")
_INLINE = names(
    "text hardBreak mention emoji date status inlineCard placeholder mediaInline inlineExtension media blockCard"
    " embedCard"
)


_PICTURES = names("media mediaInline")


@dataclass(frozen=True, slots=True)
class _Where:
    """The surroundings of a node: depth of lists, kind of list, quotation."""

    depth: int = 0
    ordered: bool = False
    quoted: bool = False


def read(node: object) -> Document:
    """An ADF document as blocks. Anything else, `None` and broken trees included, gives the text that it contains.

    ADF has no lines, so `line` counts the blocks: the first is 1.
    """
    blocks: list[Block] = []
    todo: list[tuple[Any, _Where]] = [(node, _Where())]
    visited = 0
    while todo and visited < MAX_NODES:
        current, where = todo.pop()
        visited += 1
        own, inside = _visit(current, where, len(blocks) + 1)
        blocks.extend(own)
        todo.extend(reversed(inside))
    return Document(tuple(blocks))


def _visit(node: Any, where: _Where, line: int) -> tuple[list[Block], list[tuple[Any, _Where]]]:
    """The blocks of a node itself, from this line on, and the nodes in it that are still to be walked."""
    if isinstance(node, str):
        return _paragraph(node, where, line), []
    if isinstance(node, list):
        return [], [(child, where) for child in node]
    if not isinstance(node, dict):
        return [], []
    return _visit_node(node, _kind(node), where, line)


def _visit_node(
    node: dict[str, Any], kind: str, where: _Where, line: int
) -> tuple[list[Block], list[tuple[Any, _Where]]]:
    if kind in _ITEMS:
        return _item(node, where, line)
    if kind in _WHOLE:
        return _WHOLE[kind](node, line), []
    if kind == "paragraph" or kind in _INLINE or _holds_only_inline(_content(node)):
        return _paragraph_or_heading(node, where, line), []
    inside = _inside(kind, where)
    return _title(node, line) if kind in _TITLED else [], [(child, inside) for child in _content(node)]


def _inside(kind: str, where: _Where) -> _Where:
    """The surroundings of a node's children."""
    if kind in _LISTS:
        return replace(where, depth=where.depth + 1, ordered=kind == "orderedList")
    return replace(where, quoted=True) if kind == "blockquote" else where


def _kind(node: Any) -> str:
    kind = node.get("type") if isinstance(node, dict) else None
    return kind if isinstance(kind, str) else ""


def _content(node: dict[str, Any]) -> list[Any]:
    content = node.get("content")
    return content if isinstance(content, list) else []


def _attributes(node: dict[str, Any]) -> dict[str, Any]:
    attributes = node.get("attrs")
    return attributes if isinstance(attributes, dict) else {}


def _holds_only_inline(content: list[Any]) -> bool:
    return bool(content) and all(_kind(child) in _INLINE for child in content)


def _heading(node: dict[str, Any], line: int) -> list[Block]:
    level = _attributes(node).get("level")
    valid_level = level if isinstance(level, int) and 1 <= level <= 6 else 1
    text = _title_text(_content(node))
    return [Block(kind=HEADING, text=text, level=valid_level, line=line)] if text else []


def _code(node: dict[str, Any], line: int) -> list[Block]:
    return [Block(kind=CODE, text=_text(node), line=line)]


def _row(node: dict[str, Any], line: int) -> list[Block]:
    cells = tuple("\n".join(filter(None, map(str.strip, _text(cell).split("\n")))) for cell in _content(node))
    heads = tuple(place for place, cell in enumerate(_content(node)) if _kind(cell) == "tableHeader")
    text = " | ".join(" ".join(cell.split()) for cell in cells)
    return [Block(kind=ROW, text=text, cells=cells, heads=heads, line=line)]


# Nodes that are one block, whatever their content.
_WHOLE: Mapping[str, Callable[[dict[str, Any], int], list[Block]]] = {
    "heading": _heading,
    "codeBlock": _code,
    "tableRow": _row,
}


def _title(node: dict[str, Any], line: int) -> list[Block]:
    title = _attributes(node).get("title")
    if not isinstance(title, str) or not title.strip():
        return []
    return [Block(kind=HEADING, text=title.strip(), level=7, line=line)]


def _item(node: dict[str, Any], where: _Where, line: int) -> tuple[list[Block], list[tuple[Any, _Where]]]:
    """An item's own first text; the rest of its content follows, deeper lists included."""
    content = _content(node)
    ticked = (
        _attributes(node).get("state") in ("DONE", "DECIDED") if _kind(node) in ("taskItem", "blockTaskItem") else None
    )
    if content and isinstance(content[0], dict) and _kind(content[0]) not in _INLINE:
        own, rest = content[0], content[1:]
        if _kind(own) in _LISTS or _kind(own) == "codeBlock":
            own, rest = {}, content
    else:
        own, rest = {"type": "paragraph", "content": content}, []
    text = _text(own).strip()
    if not text and _is_struck(own):
        return [], [(child, where) for child in rest]
    block = Block(
        kind=ITEM if ticked is None else TICK,
        text=text,
        level=max(1, where.depth),
        ordered=where.ordered,
        ticked=ticked,
        line=line,
        only_pictures=_shows_only_pictures(own),
    )
    return [block], [(child, where) for child in rest]


def _paragraph(text: str, where: _Where, line: int, *, only_pictures: bool = False) -> list[Block]:
    kind = QUOTE if where.quoted else PARAGRAPH
    return [Block(kind=kind, text=text.strip(), line=line, only_pictures=only_pictures)] if text.strip() else []


def _paragraph_or_heading(node: dict[str, Any], where: _Where, line: int) -> list[Block]:
    """A paragraph; a short one that is bold or underlined as a whole and not a sentence is a heading of level 7.

    So is the first line of a paragraph with line breaks.
    """
    title, rest = _content(node), []
    if not where.depth and (breaks := [place for place, child in enumerate(title) if _kind(child) == "hardBreak"]):
        title, rest = title[: breaks[0]], title[breaks[0] + 1 :]
    text = _text(title).strip()
    if text and not where.depth and _is_emphasised(title) and _could_be_heading(text):
        below = _paragraph(_text(rest), where, line + 1)
        return [Block(kind=HEADING, text=_title_text(title), level=7, line=line), *below]
    return _paragraph(_text(node), where, line, only_pictures=_shows_only_pictures(node))


def _title_text(content: list[Any]) -> str:
    """A heading's text on one line; a link behind its words follows in brackets."""
    last = len(content)
    while last and (_is_link(content[last - 1]) or not _text(content[last - 1]).strip()):
        last -= 1
    words, links = (" ".join(_text(part).split()) for part in (content[:last], content[last:]))
    return f"{words} ({links})" if words and links else words or links


def _is_link(node: Any) -> bool:
    return _kind(node) == "inlineCard" or (isinstance(node, dict) and "link" in _marks(node))


def _is_struck(node: Any) -> bool:
    return any(isinstance(child, dict) and "strike" in _marks(child) for child in _content(node))


def _shows_only_pictures(node: dict[str, Any]) -> bool:
    """Whether a paragraph or a group of media holds pictures and no words."""
    children = _content(node) or [node]
    if not any(_kind(child) in _PICTURES for child in children):  # as nearly everywhere
        return False
    shown = [child for child in children if _text(child).strip()]
    return bool(shown) and all(_kind(child) in _PICTURES for child in shown)


def _could_be_heading(text: str) -> bool:
    return len(text) <= 120 and len(text.split()) <= 14 and "\n" not in text and not text.endswith((".", "!"))


def _is_emphasised(content: list[Any]) -> bool:
    texts = [child for child in content if isinstance(child, dict) and str(child.get("text") or "").strip(" :")]
    words = [child for child in texts if not _is_link(child)] or texts
    return bool(words) and all(_marks(child) & {"strong", "underline"} for child in words)


def _marks(node: dict[str, Any]) -> set[str]:
    marks = node.get("marks")
    return {str(mark.get("type")) for mark in marks if isinstance(mark, dict)} if isinstance(marks, list) else set()


def _text(node: Any) -> str:
    """All text in a node in reading order, with line breaks where ADF has them; bounded like `read`."""
    if isinstance(node, dict) and node.keys() == {"type", "text"}:  # as most are, and their text is all
        return _own_text(node).strip("\n")
    parts: list[str] = []
    todo: list[Any] = [node]
    visited = 0
    while todo and visited < MAX_NODES:
        current = todo.pop()
        visited += 1
        if isinstance(current, list):
            todo.extend(reversed(current))
        elif isinstance(current, str):
            parts.append(current)
        elif isinstance(current, dict):
            parts.append(_own_text(current))
            if _kind(current) in ("paragraph", "listItem", "taskItem"):
                todo.append("\n")
            todo.extend(reversed(_content(current)))
    return "".join(parts).strip("\n")


def _own_text(node: dict[str, Any]) -> str:
    """The text of a leaf: plain text, a mention's name, a card's address, a picture's name."""
    kind = _kind(node)
    if kind == "text":
        text = node.get("text")
        return text if isinstance(text, str) and "strike" not in _marks(node) else ""
    attributes = _attributes(node)
    if kind == "hardBreak":
        return "\n"
    if kind == "media" and not attributes.get("alt"):
        return "image"
    if kind == "date":
        return _day(attributes.get("timestamp"))
    if kind in _INLINE:
        shown = (attributes.get(name) for name in ("text", "shortName", "url", "alt"))
        return next((value for value in shown if isinstance(value, str) and value), "")
    return ""


def _day(timestamp: object) -> str:
    """The day of a date node, which holds milliseconds since 1970 in UTC."""
    try:
        return datetime.fromtimestamp(int(str(timestamp)) / 1000, tz=UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
