"""Active content in an output: for each format a reader that is independent of our writers.

Each function hands back the signs it found, none for what is inert.
"""

import csv
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.policy import default
from functools import cache
from io import StringIO
from typing import Any

import jsonschema

from sync.markup import wiki
from tests.external_data import SHARED
from tests.hostile.texts import EVIL
from tests.sync.reports.page import Page

# What steers a terminal, a viewer or a log: controls, direction and invisible marks. A line break is listed apart.
STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
    "|[\U000e0000-\U000e007f]"
)
ADF_NODES = {"doc", "paragraph", "text", "bulletList", "listItem", "expand"}
ADF_SCHEMA = SHARED / "openapi" / "adf-document-v1.schema.json"
_OUR_PAGE = re.compile(r"(index|readyline(-[a-z0-9-]+)?)\.html")
ACTIVE_TAGS = {"script", "iframe", "object", "embed", "form", "link", "img", "base", "image", "foreignobject", "input"}
_ACTIVE_ATTRIBUTES = {"src", "style", "srcdoc", "action", "formaction", "background", "poster", "xlink:href"}
_FORMULA = re.compile(r"[\s\"]*[=+\-@＝＋－＠|%]")
_WIKI = re.compile(
    r"[\\{}\[\]|!~^@]|\?\?|\+|://|www\.|(?:^|\s)[(:;][-)(/!*xyi?]|(?<![\w&])#|\w@\w|^\s*(?:h[1-6]|bq|fn\d)\.|^-|--",
    re.MULTILINE,
)
_OURS_IN_WIKI = re.compile(r"^(?:\* )?\*([^*\n]+)\*|^\* |^_\d+ [^\W\d_]+ [^\W\d_]+:_", re.MULTILINE)
# The word joiner that our own writers put where a site or a chat would begin a mention, a link or a reference.
_OUR_JOINER = re.compile(r"(?<=[@#!%:{])\u2060|(?<=www)\u2060|(?<=mailto)\u2060|\u2060(?=[-+=\d])", re.IGNORECASE)
_MARKDOWN = re.compile(r"[\[\]{}`]|@\w|\w://\w|www\.|<\w|</|#\d", re.IGNORECASE)


def steering(text: str) -> list[str]:
    """Characters that control a terminal or an editor."""
    return [f"U+{ord(sign):04X}" for sign in STEERING.findall(text)]


def in_adf(node: Any) -> list[str]:
    """Nodes, marks and attributes beyond plain text in lists; what the official schema refuses."""
    found = [f"node {each['type']}" for each in _nodes(node) if each["type"] not in ADF_NODES]
    found += [
        f"mark {mark['type']}" for each in _nodes(node) for mark in each.get("marks", ()) if mark["type"] != "strong"
    ]
    found += [f"attribute {name}" for each in _nodes(node) for name in each.get("attrs", {}) if name != "title"]
    found += [sign for each in _nodes(node) for sign in steering(each.get("text", ""))]
    return found + [error.message[:60] for error in _schema().iter_errors(node)] if _schema() else found


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.get("content", ()):
            yield from _nodes(child)


@cache
def _schema() -> Any:
    if not ADF_SCHEMA.is_file():
        return None
    return jsonschema.Draft4Validator(json.loads(ADF_SCHEMA.read_text(encoding="utf-8")))


def in_wiki(text: str) -> list[str]:
    """Signs of wiki markup that are not our own bold, bullets and one italic; blocks other than plain text."""
    plain = re.sub(r"&#\d+;", "e", _OURS_IN_WIKI.sub(r"\1", text))
    found = [f"sign {sign!r}" for sign in _WIKI.findall(plain)]
    found += [f"entity {name}" for name in re.findall(r"&(?!#\d+;)\w*;?", text)]
    blocks = wiki.read(text).blocks
    found += [
        f"block {block.kind.value}" for block in blocks if block.kind.value not in {"paragraph", "item", "heading"}
    ]
    found += [f"heading {block.level}" for block in blocks if block.kind == "heading" and block.level < 7]
    return found + steering(text)


def in_html(source: str, tame: str, site: str) -> list[str]:
    """Elements that the page of a harmless text does not have, and what `in_elements` finds.

    The key of an issue of the run may be a link to it wherever it is, as in Markdown.
    """
    page, expected = Page(source), _page(tame)
    found = [] if _tags(page) == _tags(expected) and page.faults == expected.faults else ["other elements"]
    return found + in_elements(page, site) + steering(source)


def _tags(page: Page) -> list[str]:
    """The tags in order, without the links from keys to issues; `in_elements` checks their addresses."""
    return [one.tag for one in page.elements if (one.tag, one.attributes.get("class")) != ("a", "key")]


def in_elements(page: Page, site: str) -> list[str]:
    """Active elements, handlers, and addresses that are not the site's."""
    found = [f"tag {tag}" for tag in page.shape if tag in ACTIVE_TAGS]
    for element in page.elements:
        names = element.attributes
        found += [f"attribute {name}" for name in names if name.startswith("on") or name in _ACTIVE_ATTRIBUTES]
        address = names.get("href", "")
        is_known = address.startswith((f"{site}/browse/", "#")) or _OUR_PAGE.fullmatch(address)
        found += [f"address {address[:40]}"] if address and not is_known else []
    return found


@cache
def _page(source: str) -> Page:
    return Page(source)


def in_markdown(made: str, tame: str, site: str) -> list[str]:
    """Headings, tables and list items that a harmless text does not make, and what `in_marks` finds."""
    lines, expected = ([line[:2] for line in text.splitlines() if line[:1] in "#|-"] for text in (made, tame))
    return ([] if lines == expected else ["other lines"]) + in_marks(made, site)


def in_marks(made: str, site: str) -> list[str]:
    """Markup, mentions, macros and links of Markdown that are not links to the site's issues."""
    host = re.escape(site)
    ours = re.sub(rf"\[[\w-]+\]\({host}/browse/[\w-]+\)", "", made)
    literal = re.sub(r"\\[\\`*_{}\[\]#|~$!^]", " ", ours)
    return _MARKDOWN.findall(literal) + steering(_OUR_JOINER.sub("", made))


def in_csv(made: str) -> list[str]:
    """Cells that begin like a formula, with a comma or a semicolon between cells; rows of another length."""
    rows = list(csv.reader(StringIO(made)))
    found = [] if len({len(row) for row in rows}) == 1 else ["rows of different lengths"]
    cells = (part for row in rows for whole in row for part in whole.split(";"))
    return found + [f"cell {cell[:20]!r}" for cell in cells if _FORMULA.match(cell)] + steering(made)


def in_json(made: str, expected: Any) -> list[str]:
    """Invalid JSON, control characters, and keys that a harmless text does not make."""
    try:
        parsed = json.loads(made)
    except ValueError as error:
        return [f"no JSON: {error}"]
    found = [] if _shape(parsed) == _shape(expected) else ["another shape"]
    return found + steering(made)


def _shape(value: Any) -> Any:
    match value:
        case dict():
            return {key: _shape(part) for key, part in value.items()}
        case list():
            return [_shape(part) for part in value]
        case str():
            return str
        case _:
            return None  # a text that an issue had before may have a number of days, where another has none


def in_lines(made: str, count: int) -> list[str]:
    """Extra lines, and characters that control a terminal."""
    found = [] if made.count("\n") == count and made.endswith("\n") else [f"{made.count(chr(10))} lines, not {count}"]
    return found + steering(made)


def in_slack(document: Any) -> list[str]:
    """Mentions, links and entities in any text; text in which Slack would still look for them."""
    found: list[str] = []
    for block in document["blocks"]:
        found += ["not verbatim"] if block["text"].get("verbatim", True) is not True else []
    shown = [document["text"], *(block["text"]["text"] for block in document["blocks"])]
    for text in shown:
        found += re.findall(r"@\w", text) + steering(_OUR_JOINER.sub("", text))
    for text in shown[:1] + shown[2:]:  # the title is plain text, where Slack gives no sign a meaning
        found += re.findall(r"[<>]|&(?!amp;|lt;|gt;)", text)
    return found + [name for name in ("unfurl_links", "unfurl_media", "link_names") if document[name] is not False]


def in_teams(document: Any) -> list[str]:
    """Texts where Teams gives signs a meaning, mentions, functions, and buttons."""
    (card,) = document["attachments"]
    content = card["content"]
    found = [f"block {block['type']}" for block in content["body"] if block["type"] != "RichTextBlock"]
    runs = [run for block in content["body"] for run in block["inlines"]]
    found += [f"inline {run['type']}" for run in runs if run["type"] != "TextRun"]
    found += [f"key {key}" for run in runs for key in run if key not in {"type", "text", "weight", "size"}]
    for run in runs:
        found += re.findall(r"@\w|\{\{", run["text"]) + steering(_OUR_JOINER.sub("", run["text"]))
    return found + [f"button {button['url']}" for button in content["actions"]]


def in_mail(sent: bytes, headers: Sequence[str]) -> list[str]:
    """Extra headers, extra recipients, and parts other than one plain text."""
    mail = message_from_bytes(sent, policy=default)
    found = [f"header {name}" for name in mail if name not in headers]
    found += (
        [f"type {mail.get_content_type()}"] if mail.get_content_type() != "text/plain" or mail.is_multipart() else []
    )
    found += ["another recipient"] if EVIL in f"{mail['To']} {mail['From']}" else []
    return found + steering(str(mail["Subject"])) + steering(mail.get_content().replace("\r\n", "\n"))


def in_toml(made: str, tables: set[str]) -> list[str]:
    """What is not TOML, tables that nobody asked for, and writing switched on."""
    try:
        parsed = tomllib.loads(made)
    except tomllib.TOMLDecodeError as error:
        return [f"no TOML: {error}"]
    found = [f"table {name}" for name in parsed.keys() - tables]
    found += ["writing is on"] if parsed["write_back"]["enabled"] else []
    return found + steering(made)
