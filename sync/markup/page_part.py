"""Where our part of the living page is among the blocks or lines of a text that people write, too."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from rules.plan.page_body import BEGIN, END

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
