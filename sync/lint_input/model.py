"""One issue as a local file holds it."""

from collections.abc import Iterable
from dataclasses import dataclass

STORY = "Story"
"""The type of an issue that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LintText:
    """An issue's text with no tracker behind it.

    `id` names it in findings, `type` is the name a tracker would show, `markup` a key of `sync.markup.READERS` or
    `None` where nothing tells the dialect. `acceptance` is the text of a field of its own for acceptance criteria,
    `None` where the file has none. `line` is the 1-based line of the file at which the issue begins.
    """

    id: str
    title: str
    text: str
    type: str = STORY
    markup: str | None = None
    acceptance: str | None = None
    line: int = 1


def cleaned(text: str) -> str:
    """The text without halves of characters: JSON can spell them, but nothing could print them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def listed(names: Iterable[str]) -> str:
    """Names from a file as they fit into a sentence: the first dozen, on one line, "none" if there are none."""
    plain = ("".join(sign if sign.isprintable() else "?" for sign in name.strip())[:40] for name in list(names)[:12])
    return ", ".join(plain) or "none"
