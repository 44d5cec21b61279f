"""What the dialects of the living page have in common: where our part is, and where it names issues."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from rules.plan.page_body import BEGIN, END, PageBody

T = TypeVar("T")


def place_of(parts: Sequence[T], starts: Callable[[T, str], bool]) -> tuple[int, int]:
    """Where our part begins, and where what is behind it does; both are the end where there is none.

    Only the last complete pair of markers counts: where a person removed one of them, nothing of theirs is lost.
    `starts` is whether a part starts with a marker.
    """
    ends = [place for place, part in enumerate(parts) if starts(part, END)]
    for end in reversed(ends):
        begins = [place for place, part in enumerate(parts[:end]) if starts(part, BEGIN)]
        if begins:
            return begins[-1], end + 1
    return len(parts), len(parts)


def pieces(shown: str, body: PageBody, show: Callable[[str], str] = str) -> Iterator[tuple[str, str]]:
    """A text cut where it names an issue, each piece with the issue's address, "" for the text between.

    `show` is how the dialect writes a key.
    """
    addresses = {show(key): address for key, address in body.links}
    keys = "|".join(sorted(map(re.escape, addresses), key=len, reverse=True))
    parts = re.split(rf"(?<![\w-])({keys})(?![\w-])", shown) if addresses else [shown]
    return ((part, addresses[part] if place % 2 else "") for place, part in enumerate(parts) if part)
