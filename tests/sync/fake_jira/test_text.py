"""Wiki markup to ADF and back: structure where there is some, and no word lost."""

import gzip
import json
import re
from typing import Any

import jsonschema
import pytest

from sync.fake_jira.records import Body
from sync.fake_jira.text import as_adf, as_wiki
from tests.external_data import SHARED, needs

ADF_SCHEMA = SHARED / "openapi" / "adf-document-v1.schema.json"
RAW = SHARED / "data" / "jira-raw" / "MOD" / "issues.jsonl.gz"
MARKUP = re.compile(r"^\s*(h[1-6]\.|bq\.)|\{(code|noformat)[^}]*\}", re.MULTILINE)

WIKI = [
    ("one line", ["paragraph"]),
    ("two\nlines\n\nand more", ["paragraph", "paragraph"]),
    ("h3. Goal\ntext", ["heading", "paragraph"]),
    ("h5.No space", ["heading"]),
    ("* a\n* b\n# one\n# two", ["bulletList", "orderedList"]),
    ("- dash\n- dash", ["bulletList"]),
    ("* a\n** nested\n* b", ["bulletList"]),
    ("{code:java}\nx = 1;\n{code}\nafter", ["codeBlock", "paragraph"]),
    ("{noformat}\nlog\n{noformat}", ["codeBlock"]),
    ("{code} never closed", ["paragraph"]),
    ("bq. said she", ["blockquote"]),
    ("a\n----\nb", ["paragraph", "rule", "paragraph"]),
    ("crlf\r\n\r\nh2. Title\r\n", ["paragraph", "heading"]),
]


@pytest.mark.parametrize(("wiki", "kinds"), WIKI)
def test_wiki_becomes_blocks(wiki: str, kinds: list[str]) -> None:
    document = as_adf(Body(wiki))

    assert document is not None
    assert [node["type"] for node in document["content"]] == kinds


def test_no_text_is_no_document() -> None:
    assert (as_adf(Body()), as_wiki(Body())) == (None, "")


def test_bold_and_links_become_marks_and_nothing_else_does() -> None:
    document = as_adf(Body("a *bold* word, [a link|https://x.example/y], 2*3*4 and [~admin] {html}"))

    assert document is not None
    texts = document["content"][0]["content"]
    assert [(node["text"], [mark["type"] for mark in node.get("marks", [])]) for node in texts] == [
        ("a ", []),
        ("bold", ["strong"]),
        (" word, ", []),
        ("a link", ["link"]),
        (", 2*3*4 and [~admin] {html}", []),
    ]


@pytest.mark.parametrize(
    "wiki", ["h3. Goal", "* a\n** b\n* c", "# one\n# two", "{code}\nx\n{code}", "a *b* c", "bq. x", "one\ntwo"]
)
def test_there_and_back_is_the_same(wiki: str) -> None:
    assert as_wiki(Body(adf=as_adf(Body(wiki)))) == wiki


@needs(ADF_SCHEMA)
@pytest.mark.parametrize(("wiki", "kinds"), WIKI)
def test_what_comes_out_is_valid_adf(wiki: str, kinds: list[str]) -> None:
    jsonschema.Draft4Validator(json.loads(ADF_SCHEMA.read_text())).validate(as_adf(Body(wiki)))


@needs(RAW)
def test_no_word_of_a_real_description_is_lost() -> None:
    with gzip.open(RAW, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["fields"].get("description") or "" for line in lines]

    assert len(texts) > 300
    lost = [
        number for number, text in enumerate(texts) if letters(text) != letters("\n".join(said(as_adf(Body(text)))))
    ]
    assert lost == []


def letters(text: str) -> str:
    """All letters and digits in their order, without the words that are markup."""
    return re.sub(r"\W+", "", MARKUP.sub("", text))


def said(node: Any) -> list[str]:
    """All texts of a document in reading order, and the addresses of its links."""
    if not isinstance(node, dict):
        return []
    links = [mark["attrs"]["href"] for mark in node.get("marks", []) if mark["type"] == "link"]
    own = [node["text"], *links] if node.get("type") == "text" else []
    return own + [text for child in node.get("content", []) for text in said(child)]
