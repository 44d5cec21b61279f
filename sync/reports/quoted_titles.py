"""Whether a text quotes any of many titles, found by reading the text once.

Asking for one title after the other takes titles times texts: a backlog with a thousand restricted issues has a million
such questions.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

START = 10
"""Characters by which a title is looked for first: few other texts begin like it."""


class QuotedTitles:
    """Titles that a text may quote, none of them empty."""

    def __init__(self, titles: AbstractSet[str]) -> None:
        self._titles = titles
        self._starts = {title[:START] for title in titles}
        self._start_lengths = _lengths(self._starts)
        self._lengths = _lengths(titles)

    def any_in(self, text: str) -> bool:
        """Whether one of the titles is part of the text."""
        return any(
            text[place : place + length] in self._titles
            for start in self._start_lengths
            for place in range(len(text))
            if text[place : place + start] in self._starts
            for length in self._lengths
        )


def _lengths(texts: Iterable[str]) -> list[int]:
    return sorted({len(text) for text in texts})
