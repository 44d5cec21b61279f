"""Long lists of words as patterns for a whole text, tried by the sign with which the text begins."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from rules.lazy_regex import regex

# What a pattern begins with: groups that may be left out, and the first thing that may not. A match may begin with any
# sign of a class in it, and with a sign at its start, after a bar or after what may be left out.
_BEGINNING = regex(r"(?:\(\?:[^()\\.]*\)[?*])*(?:\(\?:[^()\\.]*\)|\[[^\]]*\]|\w)(?![?*{])")
_FIRST = regex(r"\[([^\]]*)\]|(?<![^:|?*])([^()\[\]?*:|])")


class ByBeginning:
    """Patterns of many alternatives for a whole text, of which those are tried that may begin with the same sign.

    The engine tries alternatives one after the other, and a list of words in sixteen languages is long.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = tuple(patterns)
        self._compiled: dict[str, re.Pattern[str]] = {}

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text."""
        pattern = self._compiled.get(text[:1]) or self._compile(text[:1])
        return pattern.fullmatch(text)

    @cached_property
    def alternatives(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Each alternative with the signs that it may begin with; none where that is not easy to see."""
        return tuple((one, beginnings_of(one)) for pattern in self._patterns for one in _alternatives_of(pattern))

    def _compile(self, first: str) -> re.Pattern[str]:
        known = [one for one, beginnings in self.alternatives if first in beginnings]
        if first and not known:
            pattern = self._compiled.get("") or self._compile("")
        else:
            others = [one for one, beginnings in self.alternatives if not beginnings]
            pattern = re.compile("|".join((*known, *others)) or "(?!)")
        self._compiled[first] = pattern
        return pattern


def _alternatives_of(pattern: str) -> Iterator[str]:
    """What is between the bars of a pattern, but for bars within a group."""
    group: list[str] = []
    for piece in pattern.split("|"):
        group.append(piece)
        alternative = "|".join(group)
        if alternative.count("(") - alternative.count(r"\(") == alternative.count(")") - alternative.count(r"\)"):
            yield alternative
            group = []


def beginnings_of(pattern: str) -> frozenset[str]:
    """The signs that a match of a pattern may begin with; none where that is not easy to see."""
    beginning = _BEGINNING.match(pattern)
    return frozenset("".join(map("".join, _FIRST.findall(beginning[0])))) if beginning is not None else frozenset()
