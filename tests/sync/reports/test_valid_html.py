"""Every kind of page against the parsing rules of HTML: https://html.spec.whatwg.org/multipage/parsing.html."""

from collections import Counter
from pathlib import Path

import html5lib
import pytest

from tests.sync.reports.every_page import KINDS, write_every_page
from tests.sync.reports.page import Page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pages")
    write_every_page(made)
    return made


def errors(source: str) -> list[tuple[object, ...]]:
    """What a parser that follows the standard finds wrong: the place, the kind of error, and its details."""
    parser = html5lib.HTMLParser()
    parser.parse(source)
    return list(parser.errors)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_valid_and_names_no_place_twice(kind: str, folder: Path) -> None:
    source = (folder / f"{kind}.html").read_text(encoding="utf-8")
    assert errors(source) == []
    names = Counter(one.attributes["id"] for one in Page(source).elements if "id" in one.attributes)
    assert [name for name, count in names.items() if count > 1] == []


def test_what_is_wrong_is_found() -> None:
    assert errors("<!doctype html><title>T</title><p><table><p>x</table></p>") != []
