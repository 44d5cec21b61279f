"""Rich text in both dialects: wiki markup to ADF and back, so that one source fills either kind of Jira.

Only what the invented company and real descriptions use becomes structure: headings, lists, code, quotes, rules,
links and bold. Everything else stays text: nothing is lost.
"""

import re
from collections.abc import Iterator
from typing import Any

from sync.fake_jira.records import Body

Node = dict[str, Any]

_HEADING = re.compile(r"^h([1-6])\.\s*(\S.*)$")
_ITEM = re.compile(r"^\s*([*#-]+)\s+(\S.*)$")
_FENCE = re.compile(r"^\s*\{(code|noformat)(?::([^}]*))?\}\s*(.*)$")
_QUOTE = re.compile(r"^bq\.\s+(.*)$")
_INLINE = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])|\[([^\]|\n]+)\|(https?://[^\]\s|]+)\]")


def as_adf(body: Body) -> Node | None:
    """The text as an ADF document, `None` where there is none."""
    if body.adf is not None:
        return dict(body.adf)
    if not body.wiki:
        return None
    return {"type": "doc", "version": 1, "content": list(_blocks(body.wiki))}


def as_wiki(body: Body) -> str:
    """The text as wiki markup, "" where there is none."""
    return _write(dict(body.adf)) if body.adf is not None else body.wiki


def _blocks(text: str) -> Iterator[Node]:
    lines = re.split(r"\r\n|\r|\n", text)
    at, run = 0, list[str]()
    while at < len(lines):
        taken, node = _special(lines, at)
        if node is None and lines[at].strip():
            run.append(lines[at])
            at += 1
            continue
        if run:
            yield {"type": "paragraph", "content": _lines(run)}
            run = []
        if node is not None:
            yield node
        at += taken
    if run:
        yield {"type": "paragraph", "content": _lines(run)}


def _special(lines: list[str], at: int) -> tuple[int, Node | None]:
    """How many lines the block at this line takes, and the block when it is more than a paragraph."""
    line = lines[at]
    if (match := _HEADING.match(line)) is not None:
        content = _inline(match[2])
        return 1, {"type": "heading", "attrs": {"level": int(match[1])}, "content": content}
    if (match := _FENCE.match(line)) is not None and f"{{{match[1]}}}" not in match[3]:
        return _fenced(lines, at, match)
    if (match := _QUOTE.match(line)) is not None:
        paragraph = {"type": "paragraph", "content": _inline(match[1])}
        return 1, {"type": "blockquote", "content": [paragraph]}
    if line.strip() == "----":
        return 1, {"type": "rule"}
    if _ITEM.match(line) is not None:
        return _list(lines, at, depth=1)
    return 1, None


def _fenced(lines: list[str], at: int, opening: re.Match[str]) -> tuple[int, Node | None]:
    closing = f"{{{opening[1]}}}"
    rest = [opening[3]] if opening[3] else []
    for ahead in range(at + 1, len(lines)):
        if closing in lines[ahead]:
            rest.append(lines[ahead].replace(closing, ""))
            code = "\n".join(rest).rstrip("\n")
            return ahead - at + 1, {"type": "codeBlock", "content": [_text(code)] if code else []}
        rest.append(lines[ahead])
    return 1, None


def _list(lines: list[str], at: int, *, depth: int) -> tuple[int, Node]:
    first = _ITEM.match(lines[at])
    assert first is not None
    kind = "orderedList" if first[1][depth - 1 : depth] == "#" else "bulletList"
    items: list[Node] = []
    start = at
    while at < len(lines) and (match := _ITEM.match(lines[at])) is not None and len(match[1]) >= depth:
        if len(match[1]) > depth and items:
            taken, nested = _list(lines, at, depth=len(match[1]))
            items[-1]["content"].append(nested)
            at += taken
            continue
        if items and (match[1][depth - 1] == "#") is not (kind == "orderedList"):
            break
        items.append({"type": "listItem", "content": [{"type": "paragraph", "content": _inline(match[2])}]})
        at += 1
    return at - start, {"type": kind, "content": items}


def _lines(run: list[str]) -> list[Node]:
    nodes: list[Node] = []
    for line in run:
        if nodes:
            nodes.append({"type": "hardBreak"})
        nodes.extend(_inline(line))
    return nodes


def _inline(line: str) -> list[Node]:
    nodes: list[Node] = []
    at = 0
    for match in _INLINE.finditer(line):
        if match.start() > at:
            nodes.append(_text(line[at : match.start()]))
        if match[1] is not None:
            nodes.append(_text(match[1], {"type": "strong"}))
        else:
            nodes.append(_text(match[2], {"type": "link", "attrs": {"href": match[3]}}))
        at = match.end()
    if line[at:]:
        nodes.append(_text(line[at:]))
    return nodes


def _text(text: str, *marks: Node) -> Node:
    return {"type": "text", "text": text, **({"marks": list(marks)} if marks else {})}


def _write(node: Node, bullets: str = "") -> str:  # noqa: C901, PLR0911 - one return a node type
    """An ADF node as wiki markup: what Cloud's v2 shows of a v3 text."""
    inner = node.get("content") or []
    match node.get("type"):
        case "text":
            return _marked(node)
        case "hardBreak":
            return "\n"
        case "heading":
            return f"h{node['attrs']['level']}. " + "".join(_write(child) for child in inner)
        case "codeBlock":
            return "{code}\n" + "".join(str(child.get("text", "")) for child in inner) + "\n{code}"
        case "blockquote":
            return "\n".join("bq. " + _write(child) for child in inner)
        case "rule":
            return "----"
        case "bulletList" | "orderedList":
            sign = bullets + ("#" if node["type"] == "orderedList" else "*")
            return "\n".join(_write_item(child, sign) for child in inner)
        case "taskItem":
            tick = "x" if node["attrs"].get("state") == "DONE" else " "
            return f"* [{tick}] " + "".join(_write(child) for child in inner)
        case "paragraph":
            return "".join(_write(child) for child in inner)
        case "mention":
            return f"[~accountid:{node['attrs'].get('id', '')}]"
        case _:
            return "\n\n".join(_write(child) for child in inner)


def _write_item(item: Node, sign: str) -> str:
    parts = []
    for child in item.get("content") or []:
        nested = child.get("type") in {"bulletList", "orderedList"}
        parts.append(_write(child, sign) if nested else f"{sign} {_write(child)}")
    return "\n".join(parts)


def _marked(node: Node) -> str:
    text = str(node.get("text", ""))
    for mark in node.get("marks") or []:
        match mark.get("type"):
            case "strong":
                text = f"*{text}*"
            case "em":
                text = f"_{text}_"
            case "code":
                text = f"{{{{{text}}}}}"
            case "link":
                text = f"[{text}|{mark['attrs'].get('href', '')}]"
    return text
