"""One issue of a local file."""

from collections.abc import Iterable
from dataclasses import dataclass

from sync.sanitize import printable

STORY = "Story"
"""The type of an issue without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LintText:
    """The text of one issue, without a tracker.

    `id` names it in findings, `type` is the name a tracker would show, `markup` a key of `sync.markup.READERS`, or
    `None` if unknown. `acceptance` is the text of a separate field for acceptance criteria,
    `None` where the file has none. `line` is the 1-based line of the file at which the issue begins. `is_whole_file`
    says that the lines of the text are those of the file, as in Markdown; in a table or JSON they are not.
    """

    id: str
    title: str
    text: str
    type: str = STORY
    markup: str | None = None
    acceptance: str | None = None
    line: int = 1
    is_whole_file: bool = False


def cleaned(text: str) -> str:
    """The text without lone surrogates, which JSON can contain but no output can print."""
    return text.encode("utf-8", "replace").decode("utf-8")


def listed(names: Iterable[str]) -> str:
    """Names from a file for a sentence: the first twelve, on one line, or "none"."""
    plain = (printable(name.strip(), "?")[:40] for name in list(names)[:12])
    return ", ".join(plain) or "none"
