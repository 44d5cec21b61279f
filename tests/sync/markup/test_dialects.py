import json

import pytest

from sync.markup import READERS, detect, read
from tests.sync.markup.shapes import shapes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("h3. Why\n\nbecause {{x}}", "wiki"),
        ("# one\n# two\n# three", "wiki"),
        ("*Steps:*\nopen it", "wiki"),
        ("Users pay.    Acceptance criteria:  # a card is taken  # a receipt is sent", "wiki"),
        ("## Why\n\n- [ ] because", "markdown"),
        ("# Why\n\nbecause", "markdown"),
        ("Goal\n===\nsee `x`", "markdown"),
        ("nothing but words", "markdown"),
        ("", "markdown"),
        ("<p>one</p><ul><li>two</li></ul>", "html"),
        (json.dumps({"type": "doc", "version": 1, "content": []}), "adf"),
        ('{"type": "story"}', "markdown"),
        ("{not json", "markdown"),
    ],
)
def test_the_signs_tell_the_dialect(text: str, name: str) -> None:
    assert detect(text) == name
    assert name in READERS


def test_a_hint_outranks_the_signs() -> None:
    assert shapes(read("# one", "wiki")) == [("item", "one")]
    assert shapes(read("# one", "markdown")) == [("heading", "one")]


def test_a_serialised_adf_document_is_read_as_one() -> None:
    text = json.dumps({"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "a"}]}]})

    assert shapes(read(text)) == [("paragraph", "a")]
    assert shapes(read("no json", "adf")) == [("paragraph", "no json")]


def test_a_flattened_export_numbers_its_items_with_a_hash() -> None:
    text = "We need it.  Acceptance Criteria:  # Add two files,  ## and start them  # See both  "

    assert detect(text) == "wiki"
    assert [block.kind.value for block in read(text).blocks][-3:] == ["item", "item", "item"]
