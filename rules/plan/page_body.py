"""The part of the living page that is ours, free of any markup; trackers and Confluence render it in their dialect.

Everything above and below it is people's, and stays as it is.
"""

import hashlib
from dataclasses import dataclass

BEGIN = "▼ readyline"
END = "▲ readyline"
"""What the first and the last line of our part start with."""
FIRST_LINE = f"{BEGIN} keeps this part up to date. Write above or below it."
LAST_LINE = f"{END}: the end of this part."


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Something that a person may decide on the page: a box to tick, or a command to comment on the issue `key`."""

    text: str
    key: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBody:
    """What our part says: a title, lines without markup, and what people may decide.

    `link` is the address of the reports, "" for none. `links`
    has the address of each issue that the texts name by its key.

    A body without a title has no content: writing it removes our part.
    """

    title: str
    lines: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    link: str = ""
    links: tuple[tuple[str, str], ...] = ()

    @property
    def digest(self) -> str:
        """A short name for the content, "" for none."""
        if not self.title:
            return ""
        parts = "\n".join((self.title, *self.lines, *(box.text for box in self.boxes), self.link))
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


NO_PAGE = PageBody(title="")
