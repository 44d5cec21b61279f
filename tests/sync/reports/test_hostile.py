"""A hundred hostile texts in every place of a report: in no format does any of them become active."""

import csv
import json
import random
import re
from functools import cache
from io import StringIO

import pytest

from sync.reports import RENDERERS, as_text
from tests.sync.reports.page import Page
from tests.sync.reports.sample import hostile

SEEDS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload='alert(1)'>",
    "' onmouseover='alert(1)",
    "</style><script>1</script>",
    "</title></svg><iframe src=//evil.example>",
    "&lt;script&gt;",
    "<!-- --><![CDATA[ <b>",
    "javascript:alert(1)",
    "[click](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "[x]: https://evil.example",
    "<https://evil.example>",
    "https://evil.example www.evil.example a@evil.example",
    "{html}<b>{html} {include:Page} {code:title=x}",
    "[~ana] @ana [^file] !image.png!",
    "@everyone @here #12 !34 GH-5",
    "{{ 7*7 }} {% raw %} {# x #} ${7*7} <%= 1 %>",
    "{{ ''.__class__.__mro__ }}",
    "%(run)s {run} {0.__class__}",
    '=HYPERLINK("https://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r\n=1+1",
    ";=1+1",
    '"\n=1+1',
    "＝1+1",
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07x\x1b]8;;\x07",
    "\x1b[2J\x1b[H \x9b31m \x90 \x00 \x08\x08\x08 \x7f",
    "\u202eevil\u202c \u2066x\u2069 \u200b\ufeff\u00ad",
    "\U000e0041\U000e0042 tags",
    "\ud800 half a pair",
    "[bold red]x[/] [link=https://evil.example]y[/link] [/]",
    ":bomb: :smile:",
    "a | b\n| c | d |\n|---|---|",
    "\n# Heading\n\n- item\n\n1. one\n\n> quote\n\n```\ncode",
    "\u2028\u2029\x85\x0b\x0c lines",
    "$x$ ~~y~~ **z** _w_ `v` ^u^",
    "<details open ontoggle=alert(1)>",
    "x" * 5000,
    "Z\u0351\u0352" * 200,
)  # fmt: skip


def _texts(count: int = 100) -> list[str]:
    """Each seed alone, then pairs of them put together."""
    chance = random.Random(7)
    pairs = [chance.choice(SEEDS) + chance.choice(("", " ", "\n")) + chance.choice(SEEDS) for _ in range(count)]
    return [*SEEDS, *pairs][:count]


@cache
def _made(text: str) -> dict[str, str]:
    """Every kind of report with the text everywhere."""
    report = hostile(text)
    return {kind: renderer.render(report) for kind, renderer in RENDERERS.items()}


TEXTS = _texts()
TAME = "a b"
ACTIVE = {"script", "iframe", "object", "embed", "form", "link", "img", "base", "image", "foreignobject"}
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]")


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_every_format(text: str) -> None:
    """No renderer fails, none lets a character through that steers a terminal, and each can be written as UTF-8."""
    for kind, made in _made(text).items():
        assert not STEERING.search(made), kind
        assert made.encode()


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_html(text: str) -> None:
    """The page has the same elements as with harmless words: nothing active, no address but the site's."""
    page = Page(_made(text)["html"])
    assert page.shape == Page(_made(TAME)["html"]).shape
    assert not ACTIVE & set(page.shape)
    for element in page.elements:
        assert not [name for name in element.attributes if name.startswith("on") or name in {"src", "style"}]
        address = element.attributes.get("href", "")
        assert not address or address.startswith("https://shop.example.net/browse/SHOP-")


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_csv(text: str) -> None:
    """No cell begins like a formula, read with a comma or with a semicolon, and every row has every cell."""
    made = _made(text)["csv"]
    rows = list(csv.reader(StringIO(made)))
    assert len({len(row) for row in rows}) == 1
    for row in rows:
        for cell in (part for whole in row for part in whole.split(";")):
            assert not re.match(r"[\s\"]*[=+\-@＝＋－＠]", cell)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_json(text: str) -> None:
    """The document is read back with the very text in it, and nothing else has moved."""
    found = json.loads(_made(text)["json"])
    sound = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert found["product"] == sound
    assert len(found["issues"]) == 25


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_markdown(text: str) -> None:
    """Lines, headings and tables are ours; nothing in a text is markup, a mention, a macro or a link."""
    made = _made(text)["markdown"]
    tame = _made(TAME)["markdown"]
    assert [line[:2] for line in made.splitlines() if line[:1] in "#|-"] == [
        line[:2] for line in tame.splitlines() if line[:1] in "#|-"
    ]
    ours = re.sub(r"\[SHOP-\d+\]\(https://shop\.example\.net/browse/SHOP-\d+\)", "", made)
    literal = re.sub(r"\\[\\`*_{}\[\]#|~$!^]", "", ours)
    assert not re.search(r"[\[\]{}`]|@\w|\w://\w|www\.|<\w|</|#\d", literal, re.IGNORECASE)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_text(text: str) -> None:
    """Each page of the terminal prints the words as words."""
    report = hostile(text)
    pages = (as_text.summary(report), as_text.capacity(report), as_text.why(report.judgement.verdicts[5]))
    for page in pages:
        assert not STEERING.search(as_text.plain(page))
