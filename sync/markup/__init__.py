"""Markup dialects: each reader turns a text into a `Document`, each writer a `CommentBody` into a comment.

One dialect a file (`wiki`, `html`, `adf`; Markdown is in `block_reader`), and files for what they share. `READERS` is
the table of names, `detect` finds the dialect of a text without a hint.
"""

import json
from collections.abc import Callable, Mapping

from rules.document import Document
from sync.markup import adf, html, wiki
from sync.markup.block_reader import read_markdown
from sync.markup.dialects import detect

__all__ = ["READERS", "detect", "read"]


def _read_adf_text(text: str) -> Document:
    try:
        return adf.read(json.loads(text))
    except (ValueError, RecursionError):
        return read_markdown(text)


READERS: Mapping[str, Callable[[str], Document]] = {
    "adf": _read_adf_text,
    "html": html.read,
    "markdown": read_markdown,
    "wiki": wiki.read,
}


def read(text: str, markup: str | None = None) -> Document:
    """The text as blocks, in the named dialect (a key of `READERS`), otherwise in the one that `detect` finds.

    Raises `KeyError` for an unknown name: check names against `READERS` where they come in.
    """
    return READERS[markup or detect(text)](text)
